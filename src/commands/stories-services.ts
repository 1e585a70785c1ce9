import {StoryBench} from '../journeys/stories.ts';
import type {StoriesServices} from '../journeys/stories-services.ts';
import {makeBlueprint} from '../pki/blueprint.ts';
import {clusterMapOf} from '../pki/cluster-map.ts';
import type {Context} from './context.ts';
import {comparedPlan} from './plan-source.ts';

/** @param preset left out = the default one */
export function storiesServices(context: Context, preset: string | undefined): StoriesServices {
  const plan = comparedPlan(context, {set: [], ...(preset === undefined ? {} : {preset})});
  const bench = new StoryBench(plan, {now: context.now, signal: context.signal});
  return {
    map: async () => clusterMapOf(makeBlueprint(plan)),
    artefact: (id) => bench.artefact(id),
  };
}

import {keySteps} from './steps-keys.ts';
import {networkSteps} from './steps-network.ts';
import {nodeSteps} from './steps-nodes.ts';
import {peopleSteps} from './steps-people.ts';
import {topologySteps} from './steps-topology.ts';
import type {Step} from './step.ts';

/** Every key of the plan, in walking order. Adding a question is adding one step to one of the pages. */
export const steps: readonly Step[] = [...topologySteps, ...nodeSteps, ...networkSteps, ...keySteps, ...peopleSteps];

const byId: ReadonlyMap<string, Step> = new Map(steps.map((step) => [step.id, step]));

export function stepById(id: string): Step | undefined {
  return byId.get(id);
}

/** The step that a path of the plan belongs to: `nodes[1].addresses[0]` → nodes. */
export function stepOfPath(path: string): Step | undefined {
  for (let rest = path; rest !== ''; rest = rest.slice(0, Math.max(rest.lastIndexOf('.'), rest.lastIndexOf('['), 0))) {
    const step = byId.get(rest);
    if (step !== undefined) {
      return step;
    }
  }
  return undefined;
}

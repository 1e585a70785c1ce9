import {Cancelled, Failure} from '../../../src/base/failure.ts';
import type {LearnServices} from '../../../src/journeys/learn-services.ts';
import type {StoryId} from '../../../src/lessons/stories.ts';
import {failureOf} from '../../run-failure.ts';
import type {Worker, World} from '../room.ts';
import {createSaving} from '../saving.ts';
import type {StoriesAsk, StoriesTell} from './stories-state.ts';

/** Things of several steps may be in the making: who leafs on quickly finds them when coming back. */
export function createStoriesWorker(
  {stories, learnt}: Pick<LearnServices, 'stories' | 'learnt'>,
  world: World<StoriesTell>,
): Worker<StoriesAsk> {
  const {crashed, warn} = world;
  let isStopped = false;
  const running = new Set<Promise<void>>();
  const saving = createSaving((story: StoryId) => learnt.remember({story}), world);
  const tell = (told: StoriesTell): void => {
    if (!isStopped) world.tell(told);
  };
  const draw = async (): Promise<void> => {
    try {
      tell({kind: 'map', map: await stories.map()});
    } catch (error) {
      if (!isStopped && !(error instanceof Cancelled)) crashed(error);
    }
  };
  const make = async (id: Extract<StoriesAsk, {kind: 'make'}>['id']): Promise<void> => {
    try {
      tell({kind: 'made', id, artefact: await stories.artefact(id)});
    } catch (error) {
      if (isStopped || error instanceof Cancelled) return;
      if (error instanceof Failure) tell({kind: 'failed', id, failure: failureOf(error)});
      else crashed(error);
    }
  };
  const recall = async (): Promise<void> => {
    try {
      const kept = await learnt.read();
      if (kept.trouble !== undefined) warn(kept.trouble);
      tell({kind: 'learnt', stories: kept.learnt.stories});
    } catch (error) {
      crashed(error);
    }
  };
  const begin = (doing: Promise<void>): void => {
    const work = doing.finally(() => running.delete(work));
    running.add(work);
  };
  return {
    perform: (ask) => {
      switch (ask.kind) {
        case 'map':
          begin(draw());
          return;
        case 'make':
          begin(make(ask.id));
          return;
        case 'learnt':
          // Nobody waits for it who leaves.
          void recall();
          return;
        case 'remember':
          saving.save(ask.story);
          return;
        default:
          ask satisfies never;
      }
    },
    stop: async () => {
      isStopped = true;
      await Promise.all([...running, saving.settle()]);
    },
  };
}

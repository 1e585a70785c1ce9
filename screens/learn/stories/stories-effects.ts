import {Cancelled, Failure} from '../../../src/base/failure.ts';
import type {StoriesServices} from '../../../src/journeys/stories-services.ts';
import {failureOf} from '../../run-failure.ts';
import type {Worker, World} from '../room.ts';
import type {StoriesAsk, StoriesTell} from './stories-state.ts';

/** Things of several steps may be in the making: who leafs on quickly finds them when coming back. */
export function createStoriesWorker(
  services: StoriesServices,
  {tell, crashed}: World<StoriesTell>,
): Worker<StoriesAsk> {
  let isStopped = false;
  const running = new Set<Promise<void>>();
  const perform = async (ask: StoriesAsk): Promise<void> => {
    try {
      const told = await answer(ask, services);
      if (!isStopped) tell(told);
    } catch (error) {
      if (isStopped || error instanceof Cancelled) return;
      if (ask.kind === 'make' && error instanceof Failure) {
        tell({kind: 'failed', id: ask.id, failure: failureOf(error)});
      } else crashed(error);
    }
  };
  return {
    perform: (ask) => {
      const work = perform(ask).finally(() => running.delete(work));
      running.add(work);
    },
    stop: async () => {
      isStopped = true;
      await Promise.all(running);
    },
  };
}

async function answer(ask: StoriesAsk, services: StoriesServices): Promise<StoriesTell> {
  return ask.kind === 'map'
    ? {kind: 'map', map: await services.map()}
    : {kind: 'made', id: ask.id, artefact: await services.artefact(ask.id)};
}

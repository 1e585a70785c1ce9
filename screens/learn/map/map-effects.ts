import type {LearnServices} from '../../../src/journeys/learn-services.ts';
import {Cancelled, Failure} from '../../../src/base/failure.ts';
import type {MapChoice} from '../../../src/journeys/map-choice.ts';
import type {JudgedConnection} from '../../../src/pki/verdict.ts';
import {gather} from '../../gather.ts';
import {failureOf} from '../../run-failure.ts';
import type {Worker, World} from '../room.ts';
import type {MapAsk, MapTell} from './map-state.ts';

/** Opens one map at a time, and tries its connections; a new one stops the one before. */
export function createMapWorker(
  {openMap}: Pick<LearnServices, 'openMap'>,
  {tell, crashed}: World<MapTell>,
): Worker<MapAsk> {
  let current: AbortController | undefined;
  const stop = (): void => current?.abort();
  const open = async (choice: MapChoice): Promise<void> => {
    stop();
    const controller = new AbortController();
    current = controller;
    const {signal} = controller;
    const say = (told: MapTell): void => {
      if (!signal.aborted) tell(told);
    };
    const judged = gather<JudgedConnection>((some) => {
      if (some.length > 0) say({kind: 'judged', judged: some});
    });
    try {
      const {name, cluster, unread, judge} = await openMap(choice);
      say({kind: 'opened', name, cluster, unread, isTrying: judge !== undefined});
      await judge?.(judged.take, signal);
      judged.flush();
      say({kind: 'tried'});
    } catch (error) {
      if (error instanceof Cancelled) return;
      if (error instanceof Failure) say({kind: 'failed', failure: failureOf(error)});
      else crashed(error);
    } finally {
      judged.stop();
    }
  };
  let opening: Promise<void> = Promise.resolve();
  return {
    perform: (ask) => {
      if (ask.kind === 'open') opening = open(ask.choice);
      else stop();
    },
    stop: async () => {
      stop();
      await opening;
    },
  };
}

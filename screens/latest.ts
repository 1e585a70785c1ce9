import {Cancelled, Failure} from '../src/base/failure.ts';
import type {RunFailure} from '../src/wizard/wizard-state.ts';
import {failureOf} from './run-failure.ts';

/** One question to the world at a time: a new one stops the one before, and only the answer to the last is told. */
export interface Latest<Event> {
  readonly ask: <Answer>(
    work: (signal: AbortSignal) => Promise<Answer>,
    told: (answer: Answer) => Event,
    failed: (failure: RunFailure) => Event,
  ) => Promise<void>;
  /** Whoever stops it knows: nothing is told. */
  readonly stop: () => void;
}

export function createLatest<Event>(
  tell: (event: Event) => void,
  /** For what is neither a failure nor a stop. */
  crashed: (error: unknown) => void,
): Latest<Event> {
  let asking: AbortController | undefined;
  return {
    ask: async (work, told, failed) => {
      asking?.abort();
      const controller = new AbortController();
      asking = controller;
      const isCurrent = (): boolean => asking === controller && !controller.signal.aborted;
      try {
        const answer = await work(controller.signal);
        if (isCurrent()) tell(told(answer));
      } catch (error) {
        if (error instanceof Cancelled) return;
        if (!(error instanceof Failure)) crashed(error);
        else if (isCurrent()) tell(failed(failureOf(error)));
      }
    },
    stop: () => asking?.abort(),
  };
}

import type {KeyAlgorithm} from '../pki/plan.ts';
import {measureKeys, type KeyCost} from '../x509/measure-keys.ts';

/** What keys cost here: measured on this machine in this run, once a kind, and only when somebody asks. */
export interface KeyCosts {
  /** What is known already; undefined = not measured yet. */
  readonly known: (algorithm: KeyAlgorithm) => KeyCost | undefined;
  /**
   * Measures a kind, or gives what is known of it. One kind at a time: those that are asked for meanwhile wait.
   *
   * @throws Cancelled soon after `signal` is aborted; a measurement that others wait for too is not lost to them
   */
  readonly measure: (algorithm: KeyAlgorithm, signal: AbortSignal) => Promise<KeyCost>;
  /** How many keys are made at a time when a plan is issued: threads of libuv's pool, as far as there are processors. */
  readonly parallel: number;
}

export interface KeyCostOptions {
  /** A clock that only goes forward, with parts of a millisecond. */
  readonly milliseconds: () => number;
  readonly parallel: number;
  /** Takes the measure; left out = real keys are made. */
  readonly measure?: typeof measureKeys;
}

export function keyCosts({milliseconds, parallel, measure = measureKeys}: KeyCostOptions): KeyCosts {
  const found = new Map<KeyAlgorithm, KeyCost>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    parallel: Math.max(1, parallel),
    known: (algorithm) => found.get(algorithm),
    measure: (algorithm, signal) => {
      const next = last.then(async (): Promise<KeyCost> => {
        const cost = found.get(algorithm) ?? (await measure(algorithm, {milliseconds, signal}));
        found.set(algorithm, cost);
        return cost;
      });
      // Whoever comes next waits for the end of this one, however it ends.
      last = next.catch(() => undefined);
      return next;
    },
  };
}

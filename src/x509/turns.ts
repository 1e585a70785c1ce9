import {Cancelled} from '../base/failure.ts';

/** Runs a task when its turn comes. */
export type TakeTurn = <Result>(task: () => Promise<Result>) => Promise<Result>;

/**
 * Lets at most `width` tasks run at a time, in the order they were handed in. Once the signal is aborted no further one
 * starts: those that wait are rejected as cancelled.
 */
export function takingTurns(width: number, signal: AbortSignal): TakeTurn {
  const waiting: (() => void)[] = [];
  let next = 0;
  let running = 0;
  const startNext = () => {
    const start = waiting[next];
    if (start === undefined || running >= width) return;
    next += 1;
    running += 1;
    start();
  };
  return async (task) => {
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      startNext();
    });
    try {
      if (signal.aborted) throw new Cancelled();
      return await task();
    } finally {
      running -= 1;
      startNext();
    }
  };
}

/**
 * Runs work that can be called off: the promise is rejected as soon as the signal is aborted, and the work is told by
 * the signal that it gets. The same signal stops the rest of the work when a part of it fails.
 */
export async function unlessCancelled<Result>(
  signal: AbortSignal | undefined,
  work: (stop: AbortSignal) => Promise<Result>,
): Promise<Result> {
  if (signal?.aborted) throw new Cancelled();
  const failed = new AbortController();
  const {promise: cancelled, reject} = Promise.withResolvers<never>();
  const onAbort = () => reject(new Cancelled());
  signal?.addEventListener('abort', onAbort, {once: true});
  try {
    return await Promise.race([
      work(signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal])),
      cancelled,
    ]);
  } catch (error) {
    failed.abort();
    throw error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

import {setTimeout} from 'node:timers/promises';
import {Cancelled} from '../base/failure.ts';

/** Milliseconds. */
export interface Patience {
  /** Until a stopped component's process is gone: a pod is given 30 seconds, and the kubelet looks every 20. */
  readonly stopping: number;
  /** Until a started one is well. */
  readonly starting: number;
  /** Between two looks. */
  readonly pause: number;
}

export const usualPatience: Patience = {stopping: 120_000, starting: 240_000, pause: 500};

/**
 * Looks until it is so, or the time is over.
 *
 * @returns whether it is so
 * @throws Cancelled
 */
export async function comes(
  limit: number,
  pause: number,
  signal: AbortSignal,
  isSo: () => boolean | Promise<boolean>,
): Promise<boolean> {
  const over = AbortSignal.timeout(limit);
  for (;;) {
    if (await isSo()) return true;
    if (over.aborted) return false;
    await rest(pause, signal);
  }
}

/** @throws Cancelled */
export async function rest(pause: number, signal: AbortSignal): Promise<void> {
  await setTimeout(pause, undefined, {signal}).catch(() => {
    throw new Cancelled();
  });
}

import {Cancelled} from '../base/failure.ts';

/** Lets screens paint and signals arrive between two strides of synchronous work. @throws Cancelled */
export async function nextTurn(signal: AbortSignal | undefined): Promise<void> {
  const {promise, resolve} = Promise.withResolvers<void>();
  setImmediate(resolve);
  await promise;
  refuseCancelled(signal);
}

export function refuseCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new Cancelled();
}

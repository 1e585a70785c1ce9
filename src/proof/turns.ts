import {Cancelled} from '../base/failure.ts';

/** As many as are begun before the first of them has to end, and before a screen may paint again. */
const atOnce = 24;

/**
 * Does something with each of many, some at a time, and returns the results in their order. Between the batches the
 * event loop has its turn, and an abort is noticed.
 *
 * @param tell is called for each in order, once its batch is done
 * @throws Cancelled
 */
export async function inTurns<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  signal: AbortSignal | undefined,
  tell: (result: R) => void = () => undefined,
): Promise<readonly R[]> {
  const results: R[] = [];
  for (let index = 0; index < items.length; index += atOnce) {
    if (signal?.aborted === true) throw new Cancelled();
    for (const result of await Promise.all(items.slice(index, index + atOnce).map(work))) {
      results.push(result);
      tell(result);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (signal?.aborted === true) throw new Cancelled();
  return results;
}

/**
 * Turns callbacks into an async iterable: a journey's parts tell what happens by calling, its user reads with
 * `for await`. Events wait in order until they are read.
 */
class EventChannel<T> implements AsyncIterable<T> {
  readonly #waiting: T[] = [];
  #wake: (() => void) | undefined;
  #ended = false;

  /** Callable as a plain function: `{on: channel.tell}`. */
  readonly tell = (event: T): void => {
    this.#waiting.push(event);
    this.#wake?.();
  };

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, void> {
    for (;;) {
      const events = this.#waiting.splice(0);
      yield* events;
      if (events.length > 0) continue;
      if (this.#ended) return;
      const {promise, resolve} = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
    }
  }
}

/**
 * Runs work that tells events, and yields them as they come; what the work returns is yielded back, what it throws is
 * thrown once the events before it were read. A reader that stops early calls the work off through `signal`.
 */
export async function* eventsOf<T, R>(
  work: (tell: (event: T) => void, signal: AbortSignal) => Promise<R>,
  outer?: AbortSignal,
): AsyncGenerator<T, R, void> {
  const channel = new EventChannel<T>();
  const inner = new AbortController();
  const signal = outer === undefined ? inner.signal : AbortSignal.any([outer, inner.signal]);
  const result = work(channel.tell, signal).finally(() => channel.end());
  // The rejection is thrown below; until then it must not count as unhandled.
  result.catch(() => undefined);
  try {
    for await (const event of channel) yield event;
    return await result;
  } finally {
    inner.abort();
    // What was begun cleans up behind itself before the reader goes on.
    await result.catch(() => undefined);
  }
}

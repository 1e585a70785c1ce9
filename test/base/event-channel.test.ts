import {expect, test} from 'vitest';
import {eventsOf} from '../../src/base/event-channel.ts';

async function collect<T, R>(events: AsyncGenerator<T, R, void>): Promise<{events: T[]; result: R}> {
  const seen: T[] = [];
  for (;;) {
    const next = await events.next();
    if (next.done === true) return {events: seen, result: next.value};
    seen.push(next.value);
  }
}

test('events come in the order in which they were told, then the result', async () => {
  const work = async (tell: (event: number) => void) => {
    tell(1);
    await Promise.resolve();
    tell(2);
    tell(3);
    return 'done';
  };
  await expect(collect(eventsOf(work))).resolves.toEqual({events: [1, 2, 3], result: 'done'});
});

test('what the work throws comes after the events before it', async () => {
  const seen: number[] = [];
  const work = async (tell: (event: number) => void) => {
    tell(1);
    throw new RangeError('no');
  };
  await expect(async () => {
    for await (const event of eventsOf(work)) seen.push(event);
  }).rejects.toThrow('no');
  expect(seen).toEqual([1]);
});

test('a reader that stops early calls the work off', async () => {
  const {promise: calledOff, resolve} = Promise.withResolvers<void>();
  const work = async (tell: (event: string) => void, signal: AbortSignal) => {
    signal.addEventListener('abort', () => resolve());
    tell('first');
    await calledOff;
  };
  for await (const event of eventsOf(work)) {
    expect(event).toBe('first');
    break;
  }
  await calledOff;
});

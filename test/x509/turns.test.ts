import {setImmediate} from 'node:timers/promises';
import {describe, expect, test} from 'vitest';
import {Cancelled} from '../../src/base/failure.ts';
import {takingTurns, unlessCancelled} from '../../src/x509/turns.ts';

describe('taking turns', () => {
  test('starts tasks in order, no more at a time than allowed, and hands out each result', async () => {
    const takeTurn = takingTurns(3, new AbortController().signal);
    const started: number[] = [];
    let running = 0;
    let most = 0;
    const results = await Promise.all(
      Array.from({length: 20}, (_, index) =>
        takeTurn(async () => {
          started.push(index);
          running += 1;
          most = Math.max(most, running);
          // Later ones are quicker, so that they would overtake if they could.
          for (let wait = index % 3; wait < 3; wait += 1) await setImmediate();
          running -= 1;
          return index;
        }),
      ),
    );
    expect(results).toEqual(started);
    expect(started).toEqual(Array.from({length: 20}, (_, index) => index));
    expect(most).toBe(3);
  });

  test('goes on after a task that failed', async () => {
    const takeTurn = takingTurns(1, new AbortController().signal);
    const outcomes = await Promise.allSettled([
      takeTurn(() => Promise.reject(new Error('no'))),
      takeTurn(() => Promise.resolve('yes')),
    ]);
    expect(outcomes.map(({status}) => status)).toEqual(['rejected', 'fulfilled']);
  });

  test('starts nothing more once it is stopped', async () => {
    const stop = new AbortController();
    const takeTurn = takingTurns(1, stop.signal);
    let started = 0;
    const tasks = Array.from({length: 5}, () =>
      takeTurn(async () => {
        started += 1;
        await setImmediate();
        stop.abort();
      }),
    );
    const outcomes = await Promise.allSettled(tasks);
    expect(started).toBe(1);
    for (const outcome of outcomes.slice(1)) {
      expect(outcome).toEqual({status: 'rejected', reason: new Cancelled()});
    }
  });
});

describe('work that can be called off', () => {
  test('is rejected at once, even while it hangs', async () => {
    const stop = new AbortController();
    const work = unlessCancelled(stop.signal, () => new Promise(() => {}));
    stop.abort();
    await expect(work).rejects.toBeInstanceOf(Cancelled);
  });

  test('does not begin when it was called off before', async () => {
    let begun = false;
    const work = unlessCancelled(AbortSignal.abort(), async () => {
      begun = true;
    });
    await expect(work).rejects.toBeInstanceOf(Cancelled);
    expect(begun).toBe(false);
  });

  test('tells the rest of itself to stop when a part fails', async () => {
    let inner: AbortSignal | undefined;
    const work = unlessCancelled(undefined, async (stop) => {
      inner = stop;
      await setImmediate();
      throw new Error('a part failed');
    });
    await expect(work).rejects.toThrow('a part failed');
    expect(inner?.aborted).toBe(true);
  });

  test('gives its result when nothing happens', async () => {
    await expect(unlessCancelled(new AbortController().signal, () => Promise.resolve(7))).resolves.toBe(7);
  });
});

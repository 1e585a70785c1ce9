import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {createSaving} from '../../../screens/learn/saving.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('one thing is saved after the other, and what could not be is said', async () => {
  const told: string[] = [];
  const saving = createSaving(
    async (thing: string) => {
      told.push(`saves ${thing}`);
      return thing === 'b' ? 'b is not kept.' : undefined;
    },
    {warn: (sentence) => told.push(sentence), crashed: (error) => told.push(String(error))},
  );
  saving.save('a');
  saving.save('b');
  saving.save('c');
  await saving.settle();
  expect(told).toEqual(['saves a', 'saves b', 'b is not kept.', 'saves c']);
});

test('whoever leaves does not wait for ever for a disk that does not answer, and is told', async () => {
  const told: string[] = [];
  const saving = createSaving(() => Promise.withResolvers<undefined>().promise, {
    warn: (sentence) => told.push(sentence),
    crashed: (error) => told.push(String(error)),
  });
  saving.save('a');
  const settled = saving.settle();
  await vi.advanceTimersByTimeAsync(2000);
  await settled;
  expect(told).toEqual(['The disk did not answer in time: what was learnt last may not be kept.']);
});

test('a bug in what saves is no warning', async () => {
  const crashes: unknown[] = [];
  const saving = createSaving(() => Promise.reject(new TypeError('a bug')), {
    warn: () => undefined,
    crashed: (error) => crashes.push(error),
  });
  saving.save('a');
  await saving.settle();
  expect(crashes).toEqual([new TypeError('a bug')]);
});

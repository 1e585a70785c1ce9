import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {FirstGuess, SetUpEvent} from '../../src/journeys/set-up-events.ts';
import {noStages, stagesAfter, stageUnderWay, timeLeftWords, type Stages} from '../../src/journeys/stages.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {planWith} from '../helpers/plans.ts';

const blueprint = makeBlueprint(planWith());
const key: SetUpEvent = {kind: 'key-made', name: 'x'};

function started(keys: number, guess?: FirstGuess): Stages {
  return stagesAfter(noStages, [{kind: 'started', blueprint, keys, certificates: keys, files: 10, guess}], 0);
}

/** Keys that come at these times. */
function keysAt(stages: Stages, times: readonly number[]): Stages {
  return times.reduce((before, at) => stagesAfter(before, [key], at), stages);
}

const everySecond = (count: number): number[] => Array.from({length: count}, (_, index) => (index + 1) * 1000);

describe('what is left of a stage', () => {
  test('is not said before there is something to go on', () => {
    expect(started(100).keys.left).toBeUndefined();
    expect(keysAt(started(100), everySecond(4)).keys.left).toBeUndefined();
    expect(keysAt(started(100), everySecond(5)).keys.left).toBe(95_000);
  });

  test('is not made of the first moment, however much happens in it', () => {
    expect(keysAt(started(100), [100, 110, 120, 130, 140, 150]).keys.left).toBeUndefined();
  });

  test('begins with what was measured before, and then believes the run itself', () => {
    const guess = {perKey: 100, measured: 20};
    expect(started(100, guess).keys.left).toBe(10_000);
    const slow = keysAt(started(100, guess), everySecond(60));
    expect(slow.keys.left).toBeGreaterThan(34_000);
    expect(slow.keys.left).toBeLessThan(41_000);
  });

  test('grows while nothing comes, so that a run that stands still is not nearly done for ever', () => {
    const stages = keysAt(started(20), everySecond(10));
    const later = stagesAfter(stages, [], 60_000);
    expect(later.keys.left ?? 0).toBeGreaterThan((stages.keys.left ?? 0) * 3);
  });

  test('does not jump when one key takes long', () => {
    const stages = keysAt(started(40), everySecond(20));
    const after = stagesAfter(stages, [key], 20_500);
    expect(Math.abs((after.keys.left ?? 0) - (stages.keys.left ?? 0))).toBeLessThan(1500);
  });

  test('is nothing once all is done', () => {
    expect(keysAt(started(6), everySecond(6)).keys).toMatchObject({done: 6, total: 6, left: undefined});
  });

  test('of files counts from the first file, whatever the keys took', () => {
    const file: SetUpEvent = {kind: 'file-written', path: 'x'};
    const times = [100_000, 100_300, 100_600, 100_900, 101_200, 101_500];
    const stages = times.reduce((before, at) => stagesAfter(before, [file], at), started(5));
    expect(stages.files.left).toBe(1200);
  });

  test('is never negative and never out of its mind, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({min: -5000, max: 20_000}), {maxLength: 60}), (steps) => {
        let at = 0;
        let stages = started(50, {perKey: 500, measured: 3});
        for (const step of steps) {
          at += step;
          stages = stagesAfter(stages, [key], at);
          const {left = 0} = stages.keys;
          expect(Number.isFinite(left) && left >= 0).toBe(true);
        }
      }),
    );
  });
});

test('what the others wait for is under way', () => {
  expect(stageUnderWay(started(2))).toBe('keys');
  expect(stageUnderWay(keysAt(started(2), [1, 2]))).toBe('certificates');
});

test.each([
  [undefined, ''],
  [1500, ''],
  [3000, 'a few seconds left'],
  [12_400, 'about 15 s left'],
  [57_000, 'about 60 s left'],
  [61_000, 'about 1 min left'],
  [200_000, 'about 3 min left'],
  [4_000_000, 'about 1 h 10 min left'],
  [7_100_000, 'about 2 h left'],
])('%s ms read as "%s"', (left, words) => {
  expect(timeLeftWords(left)).toBe(words);
});

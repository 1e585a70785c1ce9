import {expect, test} from 'vitest';
import {ProgressLines} from '../../src/line/progress-lines.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {planWith} from '../helpers/plans.ts';

const blueprint = makeBlueprint(planWith());

function keyLines(keys: number): string[] {
  const progress = new ProgressLines();
  progress.linesOf({kind: 'started', blueprint, keys, certificates: 0, files: 0});
  return Array.from({length: keys}, (_, index) =>
    progress.linesOf({kind: 'key-made', name: `key-${index + 1}`}),
  ).flat();
}

test('a few things get a line each', () => {
  expect(keyLines(3)).toEqual(['Keys made: 1 of 3 (key-1)', 'Keys made: 2 of 3 (key-2)', 'Keys made: 3 of 3 (key-3)']);
});

test('thousands get one every so many, and always the last', () => {
  expect(keyLines(3001)).toEqual([
    'Keys made: 601 of 3001 (key-601)',
    'Keys made: 1202 of 3001 (key-1202)',
    'Keys made: 1803 of 3001 (key-1803)',
    'Keys made: 2404 of 3001 (key-2404)',
    'Keys made: 3001 of 3001 (key-3001)',
  ]);
});

test('the beginning says how much there is to make', () => {
  const started = new ProgressLines().linesOf({kind: 'started', blueprint, keys: 1, certificates: 2, files: 0});
  expect(started).toEqual(['Making 1 key, 2 certificates, 0 files.']);
});

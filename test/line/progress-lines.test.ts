import {expect, test} from 'vitest';
import {ProgressLines} from '../../src/line/progress-lines.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {planWith} from '../helpers/plans.ts';

const blueprint = makeBlueprint(planWith());

/** @param perKey milliseconds from one key to the next */
function keyLines(keys: number, perKey = 0): string[] {
  let milliseconds = 0;
  const progress = new ProgressLines(() => new Date(milliseconds), './demo');
  progress.linesOf({kind: 'started', blueprint, keys, certificates: 0, files: 0});
  return Array.from({length: keys}, (_, index) => {
    milliseconds += perKey;
    return progress.linesOf({kind: 'key-made', name: `key-${index + 1}`});
  }).flat();
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
  const started = new ProgressLines(() => new Date(0), './demo').linesOf({
    kind: 'started',
    blueprint,
    keys: 1,
    certificates: 2,
    files: 0,
  });
  expect(started).toEqual(['Making 1 key, 2 certificates, 0 files.']);
});

test('lines say about how long it still takes, from what this run has measured', () => {
  expect(keyLines(50, 1000)).toEqual([
    'Keys made: 10 of 50 (key-10), about 40 s left',
    'Keys made: 20 of 50 (key-20), about 30 s left',
    'Keys made: 30 of 50 (key-30), about 20 s left',
    'Keys made: 40 of 50 (key-40), about 10 s left',
    'Keys made: 50 of 50 (key-50)',
  ]);
});

test('a connection that fails is told at once with its cause, and after some the proof is left to name them', () => {
  const progress = new ProgressLines(() => new Date(0), './demo');
  progress.linesOf({kind: 'started', blueprint, keys: 0, certificates: 0, files: 0});
  const verdict = {kind: 'failed', side: 'provider', said: 'unknown ca', why: 'it trusts another CA'} as const;
  const told = blueprint.connections
    .flatMap((connection) => progress.linesOf({kind: 'connection-judged', judged: {connection, verdict}}))
    .filter((line) => line.startsWith('FAILED'));
  expect(told).toHaveLength(5);
  expect(told[0]).toBe('FAILED: kube-apiserver on cp-1 → etcd on cp-1: it trusts another CA');
});

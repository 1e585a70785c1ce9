import {describe, expect, test} from 'vitest';
import {Cancelled, Failure, InputFailure} from '../../src/base/failure.ts';
import {problem} from '../../src/base/problem.ts';
import {endingOf} from '../../src/commands/ending.ts';

const situation = {exits: 'usual', debug: false, program: 'certwright 1.2.3, Node.js 26.0.0, linux x64'} as const;

function failure(code: string, cause?: unknown): Failure {
  return new Failure(code, 'it is so', {nextSteps: ['do this'], ...(cause === undefined ? {} : {cause})});
}

describe('exit codes', () => {
  test.each([
    ['could not be done', failure('disk-full'), 1],
    ['wrong input', new InputFailure('the plan has a problem', [problem('p', 'nodes', 'no node')]), 2],
    ['a bug', new TypeError('x is not a function'), 70],
    ['not even an error', 'thrown text', 70],
    ['another run holds the lock', failure('locked'), 75],
    ['not permitted', failure('not-permitted'), 77],
    ['cancelled', new Cancelled(), 130],
  ])('%s', (_, error, exitCode) => {
    expect(endingOf(error, situation).exitCode).toBe(exitCode);
  });

  test('for monitoring everything that keeps it from examining is 3, a signal excepted', () => {
    const monitoring = {...situation, exits: 'monitoring'} as const;
    for (const error of [failure('locked'), new InputFailure('no', []), new TypeError('bug')]) {
      expect(endingOf(error, monitoring).exitCode).toBe(3);
    }
    expect(endingOf(new Cancelled(), monitoring).exitCode).toBe(130);
  });
});

test('a failure says what is wrong and what to do, and with --debug where it comes from', () => {
  expect(endingOf(failure('x'), situation).text).toBe('certwright: it is so\n  What to do: do this\n');
  const {text} = endingOf(failure('x', new Error('deeper')), {...situation, debug: true});
  expect(text).toMatch(/^certwright: it is so\n {2}What to do: do this\n\n/);
  expect(text).toMatch(/ending\.test\.ts:\d+/);
  expect(text).toContain('caused by Error: deeper');
});

test('a bug says that it is one, with versions and stack, and without a secret', () => {
  const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----';
  const {text} = endingOf(new Error(`cannot read ${key} for abcdef.0123456789abcdef`), situation);
  expect(text).toContain('this is a bug in Certwright');
  expect(text).toContain(situation.program);
  expect(text).toMatch(/ending\.test\.ts:\d+/);
  expect(text).toContain('cannot read [private key] for [bootstrap token]');
  expect(text).not.toContain('MIIE');
});

test('a part that an update has moved away is no bug', () => {
  const gone = Object.assign(new Error("Cannot find module '/x/lab.js'"), {code: 'ERR_MODULE_NOT_FOUND'});
  const {exitCode, text} = endingOf(gone, situation);
  expect(exitCode).toBe(1);
  expect(text).toContain('was it updated meanwhile? start it again');
  expect(endingOf(gone, {...situation, debug: true}).text).toContain('/x/lab.js');
});

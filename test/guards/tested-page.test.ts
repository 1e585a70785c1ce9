import {existsSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import type {TestModule} from 'vitest/node';
import {everyEvidence, testedPage} from '../helpers/tested-page.ts';
import {outcomeIn} from '../helpers/tested-reporter.ts';

test('docs/tested.md has a row for everything that is tried, and all of it was seen', () => {
  expect(readFileSync('docs/tested.md', 'utf8')).toBe(testedPage(() => 'passed'));
});

test('what the page rests on is there', () => {
  expect(everyEvidence.filter(({file}) => !existsSync(file))).toEqual([]);
});

test('what a run did not see, or saw fail, is not told as seen', () => {
  const [one] = everyEvidence;
  expect(testedPage((evidence) => (evidence === one ? 'failed' : 'passed'))).toContain('| **no** | yes |');
  expect(testedPage((evidence) => (evidence === one ? 'not run' : 'passed'))).toContain('| not tried | yes |');
});

test('evidence is every test below its names, and all of them must have run', () => {
  const run = (a: string, b: string, kubelet: string) => [
    moduleOf('test/x.test.ts', [
      suiteOf('a cluster', [testOf('a', a), testOf('b', b), suiteOf('kubelet', [testOf('c', kubelet)])]),
    ]),
  ];
  const cluster = {file: 'test/x.test.ts', names: ['a cluster']};
  expect(outcomeIn(run('passed', 'passed', 'passed'), cluster)).toBe('passed');
  expect(outcomeIn(run('passed', 'failed', 'passed'), cluster)).toBe('failed');
  expect(outcomeIn(run('passed', 'failed', 'passed'), {...cluster, names: ['a cluster', 'a']})).toBe('passed');
  expect(outcomeIn(run('passed', 'passed', 'failed'), {...cluster, without: 'kubelet'})).toBe('passed');
  expect(outcomeIn(run('passed', 'passed', 'failed'), {...cluster, names: ['a cluster', 'kubelet']})).toBe('failed');
  expect(outcomeIn(run('passed', 'skipped', 'passed'), cluster)).toBe('not run');
  expect(outcomeIn(run('passed', 'passed', 'passed'), {...cluster, names: ['another']})).toBe('not run');
  expect(outcomeIn([], cluster)).toBe('not run');
});

interface Told {
  readonly type: string;
  readonly name: string;
}

function moduleOf(relativeModuleId: string, children: readonly Told[]): TestModule {
  return {type: 'module', relativeModuleId, children} as unknown as TestModule;
}

function suiteOf(name: string, children: readonly Told[]): Told & {readonly children: readonly Told[]} {
  return {type: 'suite', name, children};
}

function testOf(name: string, state: string): Told & {result(): {readonly state: string}} {
  return {type: 'test', name, result: () => ({state})};
}

import {existsSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {everyEvidence, testedPage} from '../helpers/tested-page.ts';

test('docs/tested.md has a row for everything that is tried, and all of it was seen', () => {
  expect(readFileSync('docs/tested.md', 'utf8')).toBe(testedPage(() => 'passed'));
});

test('what the page rests on is there', () => {
  expect(everyEvidence.filter(({file}) => !existsSync(file))).toEqual([]);
});

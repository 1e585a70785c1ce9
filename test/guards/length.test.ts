import {expect, test} from 'vitest';
import {sourceFiles, textOf} from './source.ts';

const files = sourceFiles('src', 'screens', 'build');

test('a file of more than 250 lines says in its first comment why it is one', () => {
  const long = files.filter((file) => textOf(file).split('\n').length > 251);
  const silent = long.filter((file) => !/because|one (file|table|place)|together/i.test(firstComment(textOf(file))));
  expect(silent).toEqual([]);
});

test('files are named in kebab-case', () => {
  expect(files.filter((file) => !/^(?:[a-z0-9-]+\/)+[a-z0-9-]+(?:\.d)?\.tsx?$/.test(file))).toEqual([]);
});

function firstComment(text: string): string {
  return /\/\*[\s\S]*?\*\/|\/\/[^\n]*(?:\n\/\/[^\n]*)*/.exec(text)?.[0] ?? '';
}

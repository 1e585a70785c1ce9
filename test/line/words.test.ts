import {PassThrough} from 'node:stream';
import {describe, expect, test} from 'vitest';
import {problem, warning} from '../../src/base/problem.ts';
import {printable, problemLines, widthOf, wrapped, wrappedText} from '../../src/line/words.ts';

describe('wrapping', () => {
  test('breaks between words, and a line that fits is left as it is', () => {
    expect(wrapped('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrapped('one two', 7)).toEqual(['one two']);
    expect(wrapped('', 7)).toEqual(['']);
  });

  test('never breaks a word: a path or a command can still be copied', () => {
    expect(wrapped('see /etc/kubernetes/pki/ca.crt now', 10)).toEqual(['see', '/etc/kubernetes/pki/ca.crt', 'now']);
    expect(wrapped('/etc/kubernetes/pki/ca.crt', 10)).toEqual(['/etc/kubernetes/pki/ca.crt']);
  });

  test('goes on under the text of a list item, and under an indentation', () => {
    expect(wrapped('10) one two', 8)).toEqual(['10) one', '    two']);
    expect(wrapped('- one two', 6)).toEqual(['- one', '  two']);
    expect(wrapped('  one two', 6)).toEqual(['  one', '  two']);
  });

  test('stops at 100 columns, however wide the terminal is', () => {
    const text = 'word '.repeat(60).trim();
    expect(wrappedText([text], 300).every((line) => line.length <= 100)).toBe(true);
    expect(wrappedText([text, 'one\ntwo'], 300)).toEqual([...wrapped(text, 100), 'one', 'two']);
  });

  test('takes a terminal that does not know its width for 80 columns', () => {
    const output = new PassThrough();
    expect(widthOf(output)).toBe(80);
    expect(widthOf(Object.assign(output, {columns: 0}))).toBe(80);
    expect(widthOf(Object.assign(output, {columns: 120}))).toBe(120);
  });

  test('leaves the columns of a table alone where they fit', () => {
    expect(wrapped('NAME   WHY   ', 80)).toEqual(['NAME   WHY   ']);
  });
});

describe('what is printed', () => {
  test('has no control character but line breaks', () => {
    expect(printable('a\u001B[2Jb\r\u0000\u007F\u009Bc\td\ne', 'unicode')).toBe('a?[2Jb????c d\ne');
  });

  test('has ASCII twins where there is ASCII alone', () => {
    expect(printable('a → b · c…', 'ascii')).toBe('a -> b - c...');
    expect(printable('a → b · c…', 'unicode')).toBe('a → b · c…');
  });
});

describe('problems', () => {
  test('say what is wrong, and under it what to do', () => {
    expect(problemLines([problem('a', 'x', 'that is wrong', 'do this'), warning('b', 'x', 'that costs')])).toEqual([
      'Not taken: that is wrong',
      '  do this',
      'Warning: that costs',
    ]);
  });

  test('are told up to ten', () => {
    const many = Array.from({length: 14}, (_, index) => problem('a', 'x', `wrong ${index}`));
    expect(problemLines(many)).toHaveLength(11);
    expect(problemLines(many).at(-1)).toBe('... and 4 more of the kind');
  });
});

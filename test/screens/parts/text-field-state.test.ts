import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {textActions} from '../../../screens/keys.ts';
import type {TextFieldState} from '../../../screens/parts/text-field-state.ts';
import {
  caretPlace,
  editText,
  insertText,
  manyLines,
  moveLine,
  oneLine,
  textField,
} from '../../../screens/parts/text-field-state.ts';

/** The field as text with `|` at the caret. */
const shown = ({text, caret}: TextFieldState) => `${text.slice(0, caret)}|${text.slice(caret)}`;
const field = (marked: string): TextFieldState => ({text: marked.replace('|', ''), caret: marked.indexOf('|')});

describe('a text field', () => {
  test('types where the caret is', () => {
    expect(shown(insertText(field('ab|d'), 'c'))).toBe('abc|d');
  });

  test.each([
    ['erase-left', 'ab|c', 'a|c'],
    ['erase-left', '|abc', '|abc'],
    ['erase-right', 'a|bc', 'a|c'],
    ['erase-word', '10.96.0.0/12, fd00::|', '10.96.0.0/12, |'],
    ['erase-word', 'api.demo|', 'api.|'],
    ['erase-to-start', 'abc|d', '|d'],
    ['erase-to-end', 'a|bcd', 'a|'],
    ['line-start', 'abc|', '|abc'],
    ['line-end', '|abc', 'abc|'],
    ['word-left', 'one two|', 'one |two'],
    ['word-right', '|one two', 'one| two'],
  ] as const)('%s: %s becomes %s', (action, before, after) => {
    expect(shown(editText(field(before), action))).toBe(after);
  });

  test('erases a character made of several code points at once', () => {
    expect(shown(editText(textField('e\u0301'), 'erase-left'))).toBe('|');
    expect(shown(editText(textField('a👨‍👩‍👧'), 'erase-left'))).toBe('a|');
  });

  test('in many lines, erasing to the start stays on the line, and moving keeps the column where it can', () => {
    expect(shown(editText(field('ab\ncd|e'), 'erase-to-start'))).toBe('ab\n|e');
    expect(shown(moveLine(field('abcd\nx\nabc|d'), -1))).toBe('abcd\nx|\nabcd');
    expect(shown(moveLine(field('a\n|b'), 1))).toBe('a\n|b');
  });

  test('a single-line field takes a paste of many lines as a list, without control characters', () => {
    expect(oneLine('10.0.0.1\r\n10.0.0.2\n')).toBe('10.0.0.1, 10.0.0.2');
    expect(oneLine('a\u001b[31mb')).toBe('a[31mb');
  });

  test('a field of many lines keeps the lines of a paste and nothing else', () => {
    expect(manyLines('a\tb\r\nc\rd\u0000')).toBe('a b\nc\nd');
  });

  test('no sequence of edits puts the caret outside the text', () => {
    const edits = fc.array(fc.oneof(fc.constantFrom(...textActions), fc.string({unit: 'grapheme'})));
    fc.assert(
      fc.property(fc.string({unit: 'grapheme'}), edits, (start, steps) => {
        let state = textField(start);
        for (const step of steps) {
          const action = textActions.find((id) => id === step);
          state = action === undefined ? insertText(state, step) : editText(state, action);
          expect(state.caret).toBeGreaterThanOrEqual(0);
          expect(state.caret).toBeLessThanOrEqual(state.text.length);
          expect(caretPlace(state).column).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});

import type {TextAction} from '../keys.ts';
import {graphemesOf} from './text.ts';

/** A text and the place in it where the next character goes. */
export interface TextFieldState {
  readonly text: string;
  /** Index into `text`, in UTF-16 units, always between two graphemes. */
  readonly caret: number;
}

export function textField(text: string): TextFieldState {
  return {text, caret: text.length};
}

export function insertText(field: TextFieldState, inserted: string): TextFieldState {
  return {
    text: field.text.slice(0, field.caret) + inserted + field.text.slice(field.caret),
    caret: field.caret + inserted.length,
  };
}

/** One line out of pasted text: line ends become separators, other control characters vanish. */
export function oneLine(pasted: string): string {
  return pasted
    .trim()
    .replaceAll(/\s*[\r\n]+\s*/g, ', ')
    .replaceAll('\t', ' ')
    .replaceAll(/\p{Cc}/gu, '');
}

/** Many lines out of pasted text, with `\n` as line end and no other control character. */
export function manyLines(pasted: string): string {
  return pasted
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/[^\P{Cc}\n]/gu, '');
}

export function editText(field: TextFieldState, action: TextAction): TextFieldState {
  const {text, caret} = field;
  const start = lineStart(text, caret);
  const end = lineEnd(text, caret);
  switch (action) {
    case 'caret-left':
      return {text, caret: before(text, caret)};
    case 'caret-right':
      return {text, caret: after(text, caret)};
    case 'word-left':
      return {text, caret: wordBefore(text, caret)};
    case 'word-right':
      return {text, caret: wordAfter(text, caret)};
    case 'line-start':
      return {text, caret: start};
    case 'line-end':
      return {text, caret: end};
    case 'erase-left':
      return erase(text, before(text, caret), caret);
    case 'erase-right':
      return erase(text, caret, after(text, caret));
    case 'erase-word':
      return erase(text, wordBefore(text, caret), caret);
    case 'erase-to-start':
      return erase(text, start, caret);
    case 'erase-to-end':
      return erase(text, caret, end);
    default:
      return action satisfies never;
  }
}

/** In text of many lines: to the same column of the line above or below, or to the end of a shorter one. */
export function moveLine(field: TextFieldState, by: -1 | 1): TextFieldState {
  const {row, column} = caretPlace(field);
  const lines = field.text.split('\n');
  const goal = Math.max(0, Math.min(row + by, lines.length - 1));
  const above = lines.slice(0, goal).reduce((sum, one) => sum + one.length + 1, 0);
  return {text: field.text, caret: above + Math.min(column, lines[goal]?.length ?? 0)};
}

/** Row and column of the caret, in UTF-16 units. */
export function caretPlace({text, caret}: TextFieldState): {readonly row: number; readonly column: number} {
  const before = text.slice(0, caret).split('\n');
  return {row: before.length - 1, column: before.at(-1)?.length ?? 0};
}

function erase(text: string, from: number, to: number): TextFieldState {
  return {text: text.slice(0, from) + text.slice(to), caret: from};
}

function before(text: string, caret: number): number {
  return caret - (graphemesOf(text.slice(0, caret)).at(-1)?.length ?? 0);
}

function after(text: string, caret: number): number {
  return caret + (graphemesOf(text.slice(caret)).at(0)?.length ?? 0);
}

/** A word ends at a space or at what separates the parts of a list, an address or a path. */
function wordBefore(text: string, caret: number): number {
  const word = /[^\s,./:]*[\s,./:]*$/.exec(text.slice(0, caret).replace(/[\s,./:]+$/, ''))?.[0] ?? '';
  const gap = /[\s,./:]*$/.exec(text.slice(0, caret))?.[0] ?? '';
  return caret - gap.length - word.length;
}

function wordAfter(text: string, caret: number): number {
  return caret + (/^[\s,./:]*[^\s,./:]*/.exec(text.slice(caret))?.[0].length ?? 0);
}

function lineStart(text: string, caret: number): number {
  return caret === 0 ? 0 : text.lastIndexOf('\n', caret - 1) + 1;
}

function lineEnd(text: string, caret: number): number {
  const end = text.indexOf('\n', caret);
  return end === -1 ? text.length : end;
}

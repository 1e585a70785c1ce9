import {cut, graphemesOf, pad, widthOf, wrap} from '../../src/base/cells.ts';
import {sentence} from '../../src/base/sentence.ts';
import type {Glyphs, Role} from '../theme.ts';

export {cut, graphemesOf, pad, sentence, widthOf, wrap};

/** A piece of one line. */
export interface Span {
  readonly text: string;
  readonly as?: Role;
}

/** One terminal line: what views are made of, so that their height is known before they are painted. */
export type Line = readonly Span[];

export const blank: Line = [];

export function span(text: string, as: Role = 'plain'): Span {
  return {text, as};
}

export function line(text: string, as: Role = 'plain'): Line {
  return [span(text, as)];
}

export function lineWidth(spans: Line): number {
  return spans.reduce((sum, {text}) => sum + widthOf(text), 0);
}

/** Text from a person or a file, safe to draw: no control character reaches the terminal, and its twins stand in. */
export function drawable(text: string, {twins}: Glyphs): string {
  return text.replaceAll(/[^\u0020-\u007e]/gu, (character) =>
    /\p{Cc}/u.test(character) ? ' ' : (twins[character] ?? character),
  );
}

/** Cut with an ellipsis where it does not fit. */
export function shorten(text: string, width: number, glyphs: Glyphs): string {
  if (widthOf(text) <= width) return text;
  return width <= 0 ? '' : cut(text, width - 1) + glyphs.ellipsis;
}

/** A cell of a table: exactly `width` wide. */
export function cell(text: string, width: number, glyphs: Glyphs): string {
  return pad(shorten(text, width, glyphs), width);
}

/** The line, made to fit the width; whatever it holds, it stays one line. */
export function fitLine(spans: Line, width: number, glyphs: Glyphs): Line {
  const clean = spans.map((one) => ({...one, text: drawable(one.text, glyphs)}));
  if (lineWidth(clean) <= width) return clean;
  const fitted: Span[] = [];
  let left = width;
  for (const one of clean) {
    const needed = widthOf(one.text);
    if (needed < left) {
      fitted.push(one);
      left -= needed;
      continue;
    }
    fitted.push({...one, text: cut(one.text, Math.max(0, left - 1)) + (left > 0 ? glyphs.ellipsis : '')});
    break;
  }
  return fitted;
}

/** Wrapped, each line after `indent` spaces, in one role. */
export function paragraph(text: string, width: number, as: Role = 'plain', indent = 0): readonly Line[] {
  return wrap(text, width - indent).map((one) => [span(' '.repeat(indent)), span(one, as)]);
}

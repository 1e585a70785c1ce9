import type {Glyphs, Role} from '../theme.ts';

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

const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});

/** ASCII and the screens' own glyphs: one cell a character, and by far the most of what is drawn. */
const plainCells = /^[\u0020-\u007e\u2010-\u2027\u203a\u2190-\u2193\u2500-\u25fc\u2713\u2717\u276f\u2800-\u28ff]*$/;

export function graphemesOf(text: string): readonly string[] {
  return plainCells.test(text) ? text.split('') : Array.from(graphemes.segment(text), ({segment}) => segment);
}

/** Ranges that terminals draw two cells wide: East Asian wide and fullwidth. */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x3fffd],
];

/** Cells that the text takes on screen. */
export function widthOf(text: string): number {
  return plainCells.test(text) ? text.length : graphemesOf(text).reduce((width, one) => width + cellsOf(one), 0);
}

function cellsOf(grapheme: string): 0 | 1 | 2 {
  const code = grapheme.codePointAt(0) ?? 0;
  if (/^[\p{M}\p{Default_Ignorable_Code_Point}]/u.test(grapheme)) return 0;
  const isPicture = /\p{Emoji_Presentation}|\ufe0f/u.test(grapheme);
  return isPicture || wide.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
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

/** The longest beginning that fits. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const grapheme of graphemesOf(text)) {
    used += widthOf(grapheme);
    if (used > width) break;
    kept += grapheme;
  }
  return kept;
}

/** Cut with an ellipsis where it does not fit. */
export function shorten(text: string, width: number, glyphs: Glyphs): string {
  if (widthOf(text) <= width) return text;
  return width <= 0 ? '' : cut(text, width - 1) + glyphs.ellipsis;
}

export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
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

/** Words wrapped into lines of at most `width`; a word that is wider alone is broken. */
export function wrap(text: string, width: number): readonly string[] {
  const room = Math.max(1, width);
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let current = '';
    for (let word of paragraph.split(' ')) {
      const joined = current === '' ? word : `${current} ${word}`;
      if (widthOf(joined) <= room) {
        current = joined;
        continue;
      }
      if (current !== '') lines.push(current);
      while (widthOf(word) > room) {
        const head = cut(word, room);
        if (head === '') break;
        lines.push(head);
        word = word.slice(head.length);
      }
      current = word;
    }
    lines.push(current);
  }
  return lines;
}

/** Wrapped, each line after `indent` spaces, in one role. */
export function paragraph(text: string, width: number, as: Role = 'plain', indent = 0): readonly Line[] {
  return wrap(text, width - indent).map((one) => [span(' '.repeat(indent)), span(one, as)]);
}

/**
 * A reason or a problem as a sentence of its own: they are kept as parts of sentences, because some stand in one. What
 * is a name (`etcd`, `kube-proxy`, `10.0.0.1`) keeps its small letter.
 */
export function sentence(text: string): string {
  const end = /[.!?]$/.test(text) ? '' : '.';
  const isName = /^(?:etcd|kube)|^\S*[^\sa-zA-Z',;]/.test(text);
  return isName ? text + end : `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${end}`;
}

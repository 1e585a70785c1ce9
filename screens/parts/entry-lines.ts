import type {Glyphs} from '../theme.ts';
import type {Line} from './text.ts';
import {blank, pad, paragraph, span} from './text.ts';

/** Something to go into: its name, and what it is for. */
export interface Entry {
  readonly title: string;
  readonly what: string;
}

const titleColumn = 10;
/** Longer lines are hard to read. */
const widest = 76;

/** Names in one column, beside each what it is for, with an empty line after it. */
export function entryLines(entries: readonly Entry[], cursor: number, width: number, glyphs: Glyphs): readonly Line[] {
  return entries.flatMap(({title, what}, index): readonly Line[] => {
    const isHere = index === cursor;
    const [first = blank, ...rest] = paragraph(what, Math.min(width, widest) - titleColumn - 2);
    return [
      [
        span(isHere ? `${glyphs.pointer} ` : '  ', 'accent'),
        span(pad(title, titleColumn), isHere ? 'accent' : 'title'),
        ...first,
      ],
      ...rest.map((one): Line => [span(' '.repeat(titleColumn + 2)), ...one]),
      blank,
    ];
  });
}

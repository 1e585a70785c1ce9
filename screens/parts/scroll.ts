import type {Hint} from '../keys.ts';
import type {Glyphs} from '../theme.ts';
import type {ListMove} from './list-state.ts';
import {placeInList, scrollTo} from './list-state.ts';
import type {Line} from './text.ts';
import {line} from './text.ts';

/** Text that may be longer than its window: where it is, the last row says how much there is above and below. */
export function scrolledLines(lines: readonly Line[], top: number, height: number, glyphs: Glyphs): readonly Line[] {
  if (lines.length <= height) return lines;
  const room = height - 1;
  const first = Math.max(0, Math.min(top, lines.length - room));
  const below = lines.length - first - room;
  const words = [
    ...(first > 0 ? [`${glyphs.above} ${first} above`] : []),
    ...(below > 0 ? [`${glyphs.below} ${below} below`] : []),
  ];
  return [...lines.slice(first, first + room), line(words.join('   '), 'quiet')];
}

/** A list that may be longer than its window, with the row of the cursor in sight. */
export function listWindow(rows: readonly Line[], cursor: number, height: number, glyphs: Glyphs): readonly Line[] {
  const {top} = placeInList({cursor, top: 0}, cursor, rows.length, height - 1);
  return height < 2 ? rows.slice(cursor, cursor + 1) : scrolledLines(rows, top, height, glyphs);
}

/** Lines, and the rows that they have. */
export interface ScrolledPart {
  readonly count: number;
  readonly height: number;
}

/** The keys that scroll, where there is more than its window shows. */
export function scrollHints({count, height}: ScrolledPart): readonly Hint[] {
  return count <= height
    ? []
    : [
        {action: 'up', with: 'down', label: 'scroll'},
        {action: 'page-up', with: 'page-down', quiet: true},
        {action: 'first', with: 'last', quiet: true},
      ];
}

/** The first visible line after a move. */
export function scrollText(top: number, move: ListMove, count: number, height: number): number {
  return count <= height ? 0 : scrollTo(top, move, count, height - 1);
}

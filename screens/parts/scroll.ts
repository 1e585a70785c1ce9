import type {Glyphs} from '../theme.ts';
import type {ListMove} from './list-state.ts';
import {scrollTo} from './list-state.ts';
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

/** The first visible line after a move. */
export function scrollText(top: number, move: ListMove, count: number, height: number): number {
  return count <= height ? 0 : scrollTo(top, move, count, height - 1);
}

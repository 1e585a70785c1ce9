import type {ReactElement} from 'react';
import type {Glyphs} from '../theme.ts';
import {useTheme} from '../theme.ts';
import {Lines} from './lines.tsx';
import type {Line} from './text.ts';
import {blank, cell, shorten, span} from './text.ts';
import type {TreeRow, TreeState} from './tree-state.ts';
import {hasChildren, rowOf} from './tree-state.ts';

interface TreeProps<About> {
  readonly tree: TreeState<About>;
  /** Cells that each column would like to have. */
  readonly widths: readonly number[];
  readonly width: number;
  readonly height: number;
}

/** A window over a tree: only the rows that are seen are painted, however many there are. */
export function Tree<About>({tree, widths, width, height}: TreeProps<About>): ReactElement {
  const {glyphs} = useTheme();
  const columns = shareWidth(widths, width);
  const {top, cursor} = tree.list;
  const lines = Array.from({length: Math.max(0, Math.min(height, tree.rows.length - top))}, (_, index) => {
    const row = rowOf(tree, top + index);
    return row === undefined ? blank : rowSpans(row, top + index === cursor, columns, glyphs);
  });
  return <Lines lines={lines} width={width} height={height} />;
}

function rowSpans<About>(
  {item, depth, isOpen}: TreeRow<About>,
  isHere: boolean,
  columns: readonly number[],
  glyphs: Glyphs,
): Line {
  const mark = hasChildren(item) ? (isOpen ? glyphs.open : glyphs.shut) : ' ';
  const lead = `${'  '.repeat(depth)}${mark} `;
  return [
    span(isHere ? `${glyphs.pointer} ` : '  ', 'accent'),
    span(lead, 'quiet'),
    ...item.cells.map((text, column) => {
      const room = (columns[column] ?? 0) - (column === 0 ? 2 + lead.length : 0) - 2;
      const isLast = column === item.cells.length - 1;
      const shown = isLast ? shorten(text, room + 2, glyphs) : `${cell(text, room, glyphs)}  `;
      return span(shown, isHere ? 'accent' : column === 0 ? (item.as ?? 'plain') : 'quiet');
    }),
  ];
}

const leastWidth = 10;

/** As wide as wanted where there is room; otherwise the widest give first, and the names in the first column last. */
function shareWidth(wanted: readonly number[], width: number): readonly number[] {
  const shares = wanted.map((cells) => cells + 2);
  let excess = shares.reduce((sum, one) => sum + one, 0) - width;
  while (excess > 0) {
    const widest = Math.max(...shares.slice(1), 0);
    const giving = widest > leastWidth ? shares.indexOf(widest, 1) : 0;
    const share = shares[giving] ?? 0;
    if (share <= leastWidth) break;
    shares[giving] = share - 1;
    excess -= 1;
  }
  return shares;
}

/** `3/47`, for the corner of a list that does not fit. */
export function positionWord<About>({list, rows}: TreeState<About>): string {
  return rows.length === 0 ? '' : `${list.cursor + 1}/${rows.length}`;
}

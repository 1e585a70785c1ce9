import type {Layout} from '../layout.ts';
import type {Line} from '../parts/text.ts';
import {blank, line} from '../parts/text.ts';
import type {Glyphs} from '../theme.ts';
import type {ListRow} from './row-list.ts';

interface ListPage {
  readonly head: readonly Line[];
  /** The window over the list, and how many rows it has. */
  readonly shown: readonly Line[];
  readonly height: number;
  /** `3/14`. */
  readonly position: string;
  /** Of the row under the cursor. */
  readonly details: readonly Line[];
}

/** A list, and under it what there is to say about the row under the cursor. */
export function listPage(
  {head, shown, height, position, details}: ListPage,
  layout: Layout,
  glyphs: Glyphs,
): readonly Line[] {
  const room = Math.max(1, layout.height - head.length - height - 1);
  return [
    ...head,
    ...shown,
    ...Array.from({length: height - shown.length}, () => blank),
    ruleLine(position, details.length > room, layout.width, glyphs),
    ...details.slice(0, room),
  ];
}

function ruleLine(position: string, isMore: boolean, width: number, glyphs: Glyphs): Line {
  const label = position === '' ? '' : ` ${position} `;
  const more = isMore ? ' v shows all of it ' : '';
  const rule = glyphs.rule.repeat(Math.max(0, width - label.length - more.length - 4));
  return line([glyphs.rule.repeat(2), label, rule, more, glyphs.rule.repeat(2)].join(''), 'quiet');
}

/** `3/14`, headings not counted. */
export function positionOf(rows: readonly ListRow[], cursor: number): string {
  const of = rows.filter(({isHeading}) => !isHeading).length;
  const at = rows.slice(0, cursor + 1).filter(({isHeading}) => !isHeading).length;
  return of === 0 ? '' : `${at}/${of}`;
}

import type {Line, Span} from '../parts/text.ts';
import {cell, line, shorten, span, widthOf} from '../parts/text.ts';
import type {GlyphName, Glyphs, Role} from '../theme.ts';
import {endWords, shareLeft, type Lifetime} from './lifetime.ts';
import {isOfDates, nameOfRow, shortFinding, type NodeRow, type TableRow} from './node-rows.ts';

/** A row of the inventory: whether it is chosen, how it is, and how long it still holds as a bar and in words. */

export interface Columns {
  readonly name: number;
  readonly bar: number;
  readonly end: number;
  readonly short: number;
}

/** Cells before the name: pointer, whether it is chosen, how it is. */
const leadCells = 6;
/** `ended 59 minutes ago`. */
const endCells = 20;

export function columnsOf(rows: readonly TableRow[], width: number): Columns {
  const widest = rows.reduce(
    (most, row) => (row.isHeading || row.kind === 'problem' ? most : Math.max(most, widthOf(nameOfRow(row)))),
    0,
  );
  const bar = width >= 90 ? 16 : width >= 70 ? 8 : 5;
  const room = width - leadCells - bar - endCells - 4;
  const name = Math.min(widest, Math.max(room - 16, Math.min(room, 24)));
  return {name, bar, end: endCells, short: Math.max(0, room - name)};
}

export function rowLine(
  row: TableRow,
  isHere: boolean,
  chosen: ReadonlySet<string>,
  columns: Columns,
  now: Date,
  glyphs: Glyphs,
): Line {
  if (row.isHeading) return line(row.title, 'title');
  const [glyph, as] = lookOf(row);
  const pointer = span(isHere ? `${glyphs.pointer} ` : '  ', 'accent');
  if (row.kind === 'problem') {
    const [first] = row.findings;
    const width = columns.name + columns.bar + columns.end + columns.short + 4;
    const short = first === undefined ? '' : shortFinding(first);
    const path = shorten(row.path, width - widthOf(short) - 2, glyphs);
    return [
      pointer,
      span('  '),
      span(`${glyphs[glyph]} `, as),
      span(`${path}  `, isHere ? 'accent' : 'plain'),
      span(short, as),
    ];
  }
  return [
    pointer,
    checkSpan(row, chosen, glyphs),
    span(`${glyphs[glyph]} `, as),
    span(`${cell(nameOfRow(row), columns.name, glyphs)} `, isHere ? 'accent' : 'plain'),
    ...lifeBar(row.held, columns.bar, now, glyphs),
    span(' '),
    span(cell(endWords(row.held, now), columns.end, glyphs), endRole(row)),
    span('  '),
    span(shorten(shortWords(row), columns.short, glyphs), as),
  ];
}

function checkSpan(row: NodeRow, chosen: ReadonlySet<string>, glyphs: Glyphs): Span {
  if (row.kind !== 'leaf' || row.item.blocked !== undefined) return span('  ');
  return chosen.has(row.item.name) ? span(`${glyphs.on} `, 'accent') : span(`${glyphs.off} `, 'quiet');
}

/** What is left of its life; in one colour, for the words beside it say how that is. */
export function lifeBar(life: Lifetime, width: number, now: Date, glyphs: Glyphs): Line {
  const share = shareLeft(life, now);
  // Whatever holds still is to be seen.
  const full = share === 0 ? 0 : Math.max(1, Math.round(share * width));
  return [span(glyphs.full.repeat(full), 'key'), span(glyphs.empty.repeat(width - full), 'quiet')];
}

/** How a row is: with a glyph and a colour that say the same. */
function lookOf({findings: [worst]}: NodeRow): readonly [glyph: GlyphName, as: Role] {
  if (worst === undefined) return ['done', 'good'];
  return worst.severity === 'error' ? ['wrong', 'bad'] : ['warning', 'warn'];
}

function endRole({findings}: NodeRow): Role {
  const found = findings.find(isOfDates);
  if (found === undefined) return 'plain';
  return found.severity === 'error' ? 'bad' : 'warn';
}

/** Beside the dates, which have words of their own: the worst that is wrong, and how much more is. */
function shortWords(row: NodeRow): string {
  const [first, ...more] = row.findings.filter((finding) => !isOfDates(finding));
  if (first !== undefined) return more.length === 0 ? shortFinding(first) : `${shortFinding(first)} +${more.length}`;
  return row.kind === 'leaf' && row.item.blocked !== undefined ? 'not renewed here' : '';
}

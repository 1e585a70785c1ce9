import {describeHours, parseHours} from '../../src/base/duration.ts';
import {count} from '../../src/report/words.ts';
import type {Layout} from '../layout.ts';
import {factLines} from '../parts/facts.ts';
import {placeInList} from '../parts/list-state.ts';
import type {Line, Span} from '../parts/text.ts';
import {cell, line, paragraph, sentence, shorten, span, widthOf} from '../parts/text.ts';
import {visibleText} from '../parts/visible-text.ts';
import type {GlyphName, Glyphs, Role} from '../theme.ts';
import {findingLines} from './finding-lines.ts';
import {endWords, shareLeft, type Lifetime} from './lifetime.ts';
import {listPage, positionOf, type Painted} from './list-page.ts';
import {isOfDates, nameOfRow, shortFinding, type NodeRow, type TableRow} from './node-rows.ts';
import type {LookedAtNode, RotateState} from './rotate-state.ts';
import {rowUnderCursor} from './rotate-state.ts';
import {chosenNames} from './wish.ts';

/** State, this node or the filter, and what is chosen. */
const headRows = 3;

function detailRows({height}: Layout): number {
  return height >= 18 ? 5 : 3;
}

export function inventoryListHeight(layout: Layout): number {
  return Math.max(3, layout.height - headRows - 1 - detailRows(layout));
}

export function inventoryLines(rotate: RotateState, layout: Layout, now: Date, glyphs: Glyphs): Painted {
  const {node, list, place} = rotate;
  if (node === undefined) return {lines: []};
  const {width} = layout;
  const height = inventoryListHeight(layout);
  const window = placeInList(list, list.cursor, node.rows.length, height);
  const isFiltering = place.at === 'inventory' && place.isFiltering;
  const second =
    isFiltering || rotate.filter.text !== ''
      ? filterLine(rotate, isFiltering, width, glyphs)
      : nodeLine(node, width, glyphs);
  const columns = columnsOf(node.rows, width);
  const chosen = chosenNames(node.view, rotate.choice);
  const rows = node.rows
    .slice(window.top, window.top + height)
    .map((row, index) => rowLine(row, window.top + index === window.cursor, chosen, columns, now, glyphs));
  const empty = node.rows.length === 0 ? [line('Nothing here has these words. Esc shows all again.', 'quiet')] : [];
  return {
    lines: listPage(
      {
        head: [stateLine(node, glyphs), second.spans, chosenLine(rotate, chosen.size, width, glyphs)],
        shown: [...empty, ...rows],
        height,
        position: positionOf(node.rows, window.cursor),
        details: rowDetails(rowUnderCursor(rotate), width, glyphs),
      },
      layout,
      glyphs,
    ),
    caret: isFiltering ? {row: 1, column: second.caret} : undefined,
  };
}

/** `✗ 2 problems, 1 warning  ·  10 certificates, 3 authorities`. */
function stateLine({view, table}: LookedAtNode, glyphs: Glyphs): Line {
  const {findings, state} = view.diagnosis;
  const errors = findings.filter(({severity}) => severity === 'error').length;
  const warnings = findings.length - errors;
  const wrong = [
    ...(errors === 0 ? [] : [count(errors, 'problem')]),
    ...(warnings === 0 ? [] : [count(warnings, 'warning')]),
  ].join(', ');
  const looks = {
    ok: [glyphs.done, 'good', 'All is well'],
    warning: [glyphs.warning, 'warn', wrong],
    critical: [glyphs.wrong, 'bad', wrong],
  } as const satisfies Record<typeof state, readonly [string, Role, string]>;
  const [glyph, as, words] = looks[state];
  const authorities = table.rows.filter(({kind}) => kind === 'authority').length;
  const leaves = table.rows.filter(({kind}) => kind === 'leaf').length;
  const amounts = `${count(leaves, 'certificate')}, ${count(authorities, 'authority', 'authorities')}`;
  return [span(`${glyph} `, as), span(words, 'title'), span(`  ${glyphs.separator}  ${amounts}`, 'quiet')];
}

function nodeLine(
  {view, table}: LookedAtNode,
  width: number,
  glyphs: Glyphs,
): {readonly spans: Line; readonly caret: number} {
  if (table.unreadable > 0) {
    const what = `${count(table.unreadable, 'file')} may not be read by this user: leave, and start it with sudo`;
    return {spans: [span(`${glyphs.warning} `, 'warn'), span(shorten(what, width - 2, glyphs), 'warn')], caret: 0};
  }
  const where = view.isLive ? 'This machine' : view.root;
  const components = [...new Set(view.diagnosis.inventory.components.map(({component}) => component))].join(', ');
  return {spans: line(`${where}${components === '' ? '' : `: ${components}`}`, 'quiet'), caret: 0};
}

function filterLine(
  {filter, node}: RotateState,
  isTyping: boolean,
  width: number,
  glyphs: Glyphs,
): {readonly spans: Line; readonly caret: number} {
  const found = node?.rows.filter(({isHeading}) => !isHeading).length ?? 0;
  const amount = `${found} of ${node?.table.rows.length ?? 0}`;
  const shown = visibleText(filter, Math.max(10, width - amount.length - 3), glyphs);
  const gap = ' '.repeat(Math.max(1, width - 1 - widthOf(shown.text) - amount.length));
  return {
    spans: [span('/', 'accent'), span(shown.text, isTyping ? 'plain' : 'accent'), span(gap), span(amount, 'quiet')],
    caret: 1 + shown.column,
  };
}

/** What would be renewed, for how long and with which key. */
function chosenLine({node, choice}: RotateState, chosen: number, width: number, glyphs: Glyphs): Line {
  const all = node?.view.items.length ?? 0;
  if (all === 0) return [span(`${glyphs.off} `, 'quiet'), span('There is no certificate here to renew')];
  const names = Object.keys(choice.sans).length;
  const parts = [
    `for ${lengthWords(choice.validity)}`,
    choice.keepsKeys ? 'same keys' : 'new keys',
    ...(names === 0 ? [] : [`other names in ${names}`]),
  ];
  const what = chosen === 0 ? `None of ${all} chosen` : `${chosen} of ${all} chosen`;
  const why =
    choice.names === undefined ? ': nothing needs it. Space chooses, Ctrl-A all' : '. Space chooses, Ctrl-A all';
  const rest = chosen === 0 ? why : `: ${parts.join(', ')}`;
  return [
    span(`${chosen === 0 ? glyphs.off : glyphs.on} `, 'accent'),
    span(what, chosen === 0 ? 'plain' : 'accent'),
    span(shorten(rest, width - 2 - what.length, glyphs), chosen === 0 ? 'quiet' : 'plain'),
  ];
}

/** `1 year (8760h)`. */
export function lengthWords(validity: string): string {
  const hours = parseHours(validity);
  if (hours === undefined) return validity;
  const words = describeHours(hours);
  return words === validity ? words : `${words} (${validity})`;
}

interface Columns {
  readonly name: number;
  readonly bar: number;
  readonly end: number;
  readonly short: number;
}

/** Cells before the name: pointer, whether it is chosen, how it is. */
const leadCells = 6;
/** `ended 59 minutes ago`. */
const endCells = 20;

function columnsOf(rows: readonly TableRow[], width: number): Columns {
  const widest = rows.reduce(
    (most, row) => (row.isHeading || row.kind === 'problem' ? most : Math.max(most, widthOf(nameOfRow(row)))),
    0,
  );
  const bar = width >= 90 ? 16 : width >= 70 ? 8 : 5;
  const room = width - leadCells - bar - endCells - 4;
  const name = Math.min(widest, Math.max(room - 16, Math.min(room, 24)));
  return {name, bar, end: endCells, short: Math.max(0, room - name)};
}

function rowLine(
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

/** What there is to say about the row under the cursor, in few lines: the fault before the file. */
function rowDetails(row: NodeRow | undefined, width: number, glyphs: Glyphs): readonly Line[] {
  if (row === undefined) return [];
  const [worst] = row.findings;
  const told = worst === undefined ? [] : findingLines([worst], width, glyphs);
  const more = row.findings.length > 1 ? [line(`and ${row.findings.length - 1} more`, 'quiet')] : [];
  if (row.kind === 'problem') return [...told, ...more];
  const users = [...new Set(row.held.users.map(({component}) => component))].join(', ');
  const blocked = row.kind === 'leaf' ? row.item.blocked : undefined;
  return [
    ...told,
    ...more,
    ...(blocked === undefined ? [] : paragraph(sentence(`not renewed here: ${blocked.why}`), width, 'plain')),
    ...factLines(
      [
        {label: 'File', text: row.held.at.path},
        {label: 'Used by', text: users === '' ? 'no component' : users},
        {label: 'Subject', text: row.held.subject.text},
      ],
      width,
    ),
  ];
}

import {describeHours, parseHours} from '../../src/base/duration.ts';
import {wellWords} from '../../src/report/diagnosis-text.ts';
import {count} from '../../src/report/words.ts';
import type {Layout} from '../layout.ts';
import {factLines} from '../parts/facts.ts';
import {placeInList} from '../parts/list-state.ts';
import type {Line} from '../parts/text.ts';
import {line, paragraph, sentence, shorten, span, widthOf} from '../parts/text.ts';
import {visibleText} from '../parts/visible-text.ts';
import type {Glyphs, Role} from '../theme.ts';
import {findingLines} from './finding-lines.ts';
import {listPage, positionOf} from './list-page.ts';
import type {Painted} from '../parts/page.tsx';
import type {NodeRow} from './node-rows.ts';
import type {LookedAtNode, RotateState} from './rotate-state.ts';
import {rowUnderCursor} from './rotate-state.ts';
import {columnsOf, rowLine} from './row-lines.ts';
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
  const empty =
    node.rows.length === 0
      ? [
          line(
            rotate.filter.text === ''
              ? 'No certificate, key or kubeconfig was found.'
              : 'Nothing here has these words. Esc shows all again.',
            'quiet',
          ),
        ]
      : [];
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
  const {findings, state, inventory} = view.diagnosis;
  const errors = findings.filter(({severity}) => severity === 'error').length;
  const warnings = findings.length - errors;
  const wrong = [
    ...(errors === 0 ? [] : [count(errors, 'problem')]),
    ...(warnings === 0 ? [] : [count(warnings, 'warning')]),
  ].join(', ');
  const looks = {
    ok: [glyphs.done, 'good', wellWords(inventory)],
    warning: [glyphs.warning, 'warn', wrong],
    critical: [glyphs.wrong, 'bad', wrong],
    // Something may not be read; the line below says how much.
    unknown: [glyphs.wrong, 'bad', wrong],
  } as const satisfies Record<typeof state, readonly [string, Role, string]>;
  if (table.rows.length === 0) return [span(`${glyphs.warning} `, 'warn'), span('Nothing was found here', 'title')];
  const [glyph, as, words] = looks[state];
  const authorities = table.rows.filter(({kind}) => kind === 'authority').length;
  const leaves = table.rows.filter(({kind}) => kind === 'leaf').length;
  const amounts = `${count(leaves, 'certificate')}, ${count(authorities, 'authority', 'authorities')}`;
  return [span(`${glyph} `, as), span(words, 'title'), span(`  ${glyphs.separator}  ${amounts}`, 'quiet')];
}

function nodeLine(
  {root, view, table}: LookedAtNode,
  width: number,
  glyphs: Glyphs,
): {readonly spans: Line; readonly caret: number} {
  if (table.unreadable > 0) {
    const what = `${count(table.unreadable, 'file')} may not be read by this user: leave, and start it with sudo`;
    return {spans: [span(`${glyphs.warning} `, 'warn'), span(shorten(what, width - 2, glyphs), 'warn')], caret: 0};
  }
  const where = view.isLive ? 'This machine' : root;
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
  if (node?.view.items.every(({blocked}) => blocked !== undefined) === true)
    return [span(`${glyphs.off} `, 'quiet'), span(`None of ${all} can be renewed here; Enter on a row says why`)];
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

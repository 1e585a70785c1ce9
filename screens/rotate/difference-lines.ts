import type {NodeView} from '../../src/journeys/rotate-services.ts';
import type {ComponentId} from '../../src/pki/blueprint-types.ts';
import {differenceOf, type Restart, type ShownPlan, type ShownRenewal} from '../../src/report/renewal-text.ts';
import {timeText} from '../../src/report/times.ts';
import {count} from '../../src/report/words.ts';
import type {Layout} from '../layout.ts';
import {factLines} from '../parts/facts.ts';
import {placeInList} from '../parts/list-state.ts';
import type {Line} from '../parts/text.ts';
import {blank, cell, line, paragraph, sentence, shorten, span, widthOf} from '../parts/text.ts';
import {commandText} from '../set-up/done-lines.ts';
import type {Glyphs} from '../theme.ts';
import {listPage, positionOf, type Painted} from './list-page.ts';
import type {Difference, RotateState} from './rotate-state.ts';
import {renewCommands, type Choice} from './wish.ts';

export type DifferenceRow =
  | {readonly isHeading: true; readonly title: string}
  | {readonly isHeading: false; readonly kind: 'renewed'; readonly renewal: ShownRenewal}
  | {readonly isHeading: false; readonly kind: 'blocked'; readonly blocked: ShownPlan['blocked'][number]}
  | {readonly isHeading: false; readonly kind: 'restart'; readonly restart: Restart}
  /** Where Enter does it. */
  | {readonly isHeading: false; readonly kind: 'go'};

export function differenceRows({shown, restarts}: Difference, {isLive}: NodeView): readonly DifferenceRow[] {
  const headed = (title: string, rows: readonly DifferenceRow[]): readonly DifferenceRow[] =>
    rows.length === 0 ? [] : [{isHeading: true, title}, ...rows];
  const restartTitle = isLive
    ? 'Restarted afterwards, one after the other'
    : 'To be restarted on the node itself: these are another machine’s files';
  return [
    ...headed(
      `Renewed ${shown.renewed.length}`,
      shown.renewed.map((renewal) => ({isHeading: false, kind: 'renewed', renewal})),
    ),
    ...headed(
      `Chosen, and stays as it is ${shown.blocked.length}`,
      shown.blocked.map((blocked) => ({isHeading: false, kind: 'blocked', blocked})),
    ),
    ...headed(
      restartTitle,
      restarts.map((restart) => ({isHeading: false, kind: 'restart', restart})),
    ),
    ...(shown.renewed.length === 0 ? [] : headed('The last step', [{isHeading: false, kind: 'go'}])),
  ];
}

/** Components that are restarted when it is done. */
export function chosenRestarts({restarts}: Difference, {isLive}: NodeView, {spared}: Choice): readonly Restart[] {
  return isLive ? restarts.filter(({component, kind}) => kind !== 'unknown' && !spared.has(component)) : [];
}

/** What the last key does: `renew 3 certificates and restart 2 components`. */
function goWords(difference: Difference, view: NodeView, choice: Choice): string {
  const restarts = chosenRestarts(difference, view, choice).length;
  const renew = `renew ${count(difference.shown.renewed.length, 'certificate')}`;
  return restarts === 0 ? `${renew}, restart nothing` : `${renew} and restart ${count(restarts, 'component')}`;
}

const headRows = 2;

function detailRows({height}: Layout): number {
  return height >= 18 ? 6 : 3;
}

export function differenceListHeight(layout: Layout): number {
  return Math.max(3, layout.height - headRows - 1 - detailRows(layout));
}

export function differenceLines(rotate: RotateState, difference: Difference, layout: Layout, glyphs: Glyphs): Painted {
  const {node, choice, differenceList: list} = rotate;
  if (node === undefined) return {lines: []};
  const {width} = layout;
  const {view} = node;
  const all = differenceRows(difference, view);
  const height = differenceListHeight(layout);
  const window = placeInList(list, list.cursor, all.length, height);
  const names = all.reduce((most, row) => Math.max(most, widthOf(nameOf(row))), 0);
  const nameWidth = Math.min(names, Math.floor(width * 0.4));
  const rows = all
    .slice(window.top, window.top + height)
    .map((row, index) =>
      rowLine(row, window.top + index === window.cursor, {nameWidth, width, view, choice, difference}, glyphs),
    );
  const {renewed, left} = difference.shown;
  const stay =
    left === 0 ? '' : `; ${left} not chosen ${left === 1 ? 'stays' : 'stay'} as ${left === 1 ? 'it is' : 'they are'}`;
  return {
    lines: listPage(
      {
        head: [
          line(`What would change: ${count(renewed.length, 'certificate')}${stay}`, 'title'),
          failureLine(difference, width, glyphs),
        ],
        shown: rows,
        height,
        position: positionOf(all, window.cursor),
        details: rowDetails(all[window.cursor], rotate, difference, width),
      },
      layout,
      glyphs,
    ),
  };
}

function failureLine({failure}: Difference, width: number, glyphs: Glyphs): Line {
  if (failure === undefined)
    return line('Nothing is written yet: all of it is in memory, to be looked at row by row.', 'quiet');
  return [
    span(`${glyphs.wrong} `, 'bad'),
    span(shorten(`Nothing was changed: ${failure.message}`, width - 2, glyphs), 'bad'),
  ];
}

interface RowWorld {
  readonly nameWidth: number;
  readonly width: number;
  readonly view: NodeView;
  readonly choice: Choice;
  readonly difference: Difference;
}

function rowLine(row: DifferenceRow, isHere: boolean, world: RowWorld, glyphs: Glyphs): Line {
  if (row.isHeading) return line(row.title, 'title');
  const pointer = span(isHere ? `${glyphs.pointer} ` : '  ', 'accent');
  const {nameWidth, width, view, choice, difference} = world;
  const name = span(`${cell(nameOf(row), nameWidth, glyphs)}  `, isHere ? 'accent' : 'plain');
  const room = width - nameWidth - 6;
  switch (row.kind) {
    case 'renewed': {
      const {before, after, keepsKey} = row.renewal;
      const ends = `${timeText(before.notAfter).slice(0, 10)} ${glyphs.arrow} ${timeText(after.notAfter).slice(0, 10)}`;
      const names = namesChanged(row.renewal);
      const rest = `  ${keepsKey ? 'same key' : 'new key'}${names === '' ? '' : `  ${names}`}`;
      return [
        pointer,
        span('  '),
        name,
        span(ends, 'good'),
        span(shorten(rest, room - widthOf(ends), glyphs), 'quiet'),
      ];
    }
    case 'blocked':
      return [
        pointer,
        span(`${glyphs.separator} `, 'quiet'),
        name,
        span(shorten(row.blocked.why, room, glyphs), 'quiet'),
      ];
    case 'restart': {
      const isChosen = isRestarted(row.restart, world);
      const canChoose = view.isLive && row.restart.kind !== 'unknown';
      const check = canChoose ? (isChosen ? glyphs.on : glyphs.off) : ' ';
      return [
        pointer,
        span(`${check} `, isChosen ? 'accent' : 'quiet'),
        name,
        span(shorten(restartWords(row.restart), room, glyphs), 'quiet'),
      ];
    }
    case 'go':
      return [
        pointer,
        span(`${glyphs.arrow} `.slice(0, 2), isHere ? 'accent' : 'quiet'),
        span(shorten(goWords(difference, view, choice), width - 4, glyphs), isHere ? 'accent' : 'key'),
      ];
    default:
      return row satisfies never;
  }
}

function isRestarted(
  {component}: Restart,
  {difference, view, choice}: Pick<RowWorld, 'difference' | 'view' | 'choice'>,
): boolean {
  return chosenRestarts(difference, view, choice).some((one) => one.component === component);
}

function nameOf(row: DifferenceRow): string {
  if (row.isHeading) return '';
  switch (row.kind) {
    case 'renewed':
      return row.renewal.name;
    case 'blocked':
      return row.blocked.name;
    case 'restart':
      return row.restart.component;
    case 'go':
      return '';
    default:
      return row satisfies never;
  }
}

/** `+1 -2 names`. */
function namesChanged({before, after}: ShownRenewal): string {
  const had = new Set(before.sans.map(({value}) => value));
  const has = new Set(after.sans.map(({value}) => value));
  const added = [...has].filter((value) => !had.has(value)).length;
  const removed = [...had].filter((value) => !has.has(value)).length;
  if (added + removed === 0) return '';
  return `${[...(added === 0 ? [] : [`+${added}`]), ...(removed === 0 ? [] : [`-${removed}`])].join(' ')} ${added + removed === 1 ? 'name' : 'names'}`;
}

function restartWords(restart: Restart): string {
  switch (restart.kind) {
    case 'static-pod':
      return `static pod ${restart.path}`;
    case 'unit':
      return `unit ${restart.unit}`;
    case 'unknown':
      return 'started in a way that is not known here: restart it by hand';
    default:
      return restart satisfies never;
  }
}

/** What one has to know before the rest: a few lines have to do under the list. */
const briefOrder = ['ends', 'key', 'names', 'then', 'writes', 'serial', 'signer'];

function briefFirst(facts: ReturnType<typeof differenceOf>): ReturnType<typeof differenceOf> {
  return facts.toSorted(([one], [other]) => briefOrder.indexOf(one) - briefOrder.indexOf(other));
}

/** What there is to say about a row: a few lines of it under the list, all of it on the whole screen. */
function rowDetails(
  row: DifferenceRow | undefined,
  rotate: RotateState,
  difference: Difference,
  width: number,
): readonly Line[] {
  if (row === undefined || row.isHeading) return [];
  switch (row.kind) {
    case 'renewed':
      return factLines(
        briefFirst(differenceOf(row.renewal)).map(([label, text]) => ({label, text})),
        width,
      );
    case 'blocked':
      return [
        ...paragraph(row.blocked.path, width),
        ...paragraph(sentence(row.blocked.why), width),
        ...paragraph(sentence(row.blocked.wayOn), width, 'plain', 2),
      ];
    case 'restart':
      return restartLines(row.restart, rotate, difference, width);
    case 'go':
      return goLines(rotate, difference, width);
    default:
      return row satisfies never;
  }
}

function restartLines(
  {component}: Restart,
  {node, choice}: RotateState,
  difference: Difference,
  width: number,
): readonly Line[] {
  const read = difference.shown.renewed.filter(({restarts}) => restarts.includes(component)).map(({name}) => name);
  const isChosen =
    node !== undefined && chosenRestarts(difference, node.view, choice).some((one) => one.component === component);
  return [
    ...paragraph(`${component} reads ${read.join(', ')} when it starts, and only then.`, width),
    ...paragraph(
      isChosen
        ? 'It is stopped, started and waited for before the next one is touched.'
        : 'It goes on with the old files until somebody restarts it; the result tells how.',
      width,
      'quiet',
    ),
    ...consequenceOf(component, width),
  ];
}

/** What is missing while it is away. */
function consequenceOf(component: ComponentId, width: number): readonly Line[] {
  const words: Readonly<Record<ComponentId, string>> = {
    etcd: 'While it is away this node’s API server cannot write; with three members the others go on.',
    'kube-apiserver': 'While it is away kubectl and the kubelets get no answer from this node; what runs goes on.',
    'kube-controller-manager': 'While it is away nothing is reconciled by this node’s; what runs goes on.',
    'kube-scheduler': 'While it is away this node’s schedules nothing; what runs goes on.',
    kubelet: 'While it is away nothing new starts on this node; containers go on.',
    'kube-proxy': 'While it is away rules of Services do not change; connections go on.',
  };
  return paragraph(words[component], width, 'quiet');
}

function goLines({node, choice}: RotateState, difference: Difference, width: number): readonly Line[] {
  if (node === undefined) return [];
  const chosen = chosenRestarts(difference, node.view, choice).length;
  const isAll = chosen > 0 && chosen === difference.restarts.length;
  return [
    ...failureSteps(difference, width),
    ...paragraph(
      'Enter backs up what is there, writes the new files beside it, checks them and moves them into place: all or none.',
      width,
    ),
    line('The same without a screen:', 'quiet'),
    ...renewCommands(node.view, choice, isAll ? 'all' : 'none').flatMap((words) => commandText(words, width)),
  ];
}

function failureSteps({failure}: Difference, width: number): readonly Line[] {
  return failure === undefined ? [] : failure.nextSteps.flatMap((step) => paragraph(sentence(step), width, 'bad'));
}

/** The row under the cursor on the whole screen. */
export function openedLines(rotate: RotateState, difference: Difference, width: number): readonly Line[] {
  const {node, differenceList: list} = rotate;
  const row = node === undefined ? undefined : differenceRows(difference, node.view)[list.cursor];
  if (row === undefined || row.isHeading) return [];
  const title = row.kind === 'go' && node !== undefined ? goWords(difference, node.view, rotate.choice) : nameOf(row);
  return [...paragraph(title, width, 'title'), blank, ...rowDetails(row, rotate, difference, width)];
}

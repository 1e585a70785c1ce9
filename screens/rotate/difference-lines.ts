import type {NodeView} from '../../src/journeys/rotate-services.ts';
import type {Restart} from '../../src/pki/rotation.ts';
import type {ShownRenewal} from '../../src/report/renewal-text.ts';
import {timeText} from '../../src/report/times.ts';
import {count} from '../../src/report/words.ts';
import type {Layout} from '../layout.ts';
import {placeInList} from '../parts/list-state.ts';
import type {Line} from '../parts/text.ts';
import {cell, line, shorten, span, widthOf} from '../parts/text.ts';
import type {Glyphs} from '../theme.ts';
import {rowDetails} from './difference-details.ts';
import {
  changeCount,
  chosenRestarts,
  differenceRows,
  goWords,
  nameOfDifference,
  type DifferenceRow,
} from './difference-rows.ts';
import {listPage, positionOf} from './list-page.ts';
import type {Painted} from '../parts/page.tsx';
import type {Difference, RotateState} from './rotate-state.ts';
import type {Choice} from './wish.ts';

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
  const names = all.reduce((most, row) => Math.max(most, widthOf(nameOfDifference(row))), 0);
  const nameWidth = Math.min(names, Math.floor(width * 0.4));
  const rows = all
    .slice(window.top, window.top + height)
    .map((row, index) =>
      rowLine(row, window.top + index === window.cursor, {nameWidth, width, view, choice, difference}, glyphs),
    );
  const {left} = difference.shown;
  const stay =
    left === 0 ? '' : `; ${left} not chosen ${left === 1 ? 'stays' : 'stay'} as ${left === 1 ? 'it is' : 'they are'}`;
  return {
    lines: listPage(
      {
        head: [
          line(`What would change: ${count(changeCount(difference.shown), 'certificate')}${stay}`, 'title'),
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
    return line('Nothing is written yet: all of this is in memory. Look at every row.', 'quiet');
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
  const name = span(`${cell(nameOfDifference(row), nameWidth, glyphs)}  `, isHere ? 'accent' : 'plain');
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
    case 'kubelet': {
      const {before, after} = row.change;
      const old = before === undefined ? 'none' : timeText(before.notAfter).slice(0, 10);
      const next = after === undefined ? 'the kubelet makes another' : timeText(after.notAfter).slice(0, 10);
      return [pointer, span('  '), name, span(shorten(`${old} ${glyphs.arrow} ${next}`, room, glyphs), 'good')];
    }
    case 'note':
      return [
        pointer,
        span(`${glyphs.warning} `, 'warn'),
        name,
        span(shorten(row.lines[0] ?? '', room, glyphs), 'quiet'),
      ];
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

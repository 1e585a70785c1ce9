import type {ActionId, Hint} from '../keys.ts';
import {isListMove} from '../parts/list-state.ts';
import {scrollText} from '../parts/scroll.ts';
import type {AppState, Turn} from '../screen.ts';
import {layoutAt, turn} from '../screen.ts';
import type {Tools} from '../services.ts';
import {openedLines} from './difference-details.ts';
import {differenceListHeight} from './difference-lines.ts';
import {changeCount, chosenRestarts, differenceRows, type DifferenceRow} from './difference-rows.ts';
import {prepare} from './inventory-logic.ts';
import {goTo, scrolling, tell, toInventory, withRotate, type PlaceAt, type RotateScreen} from './rotate-place.ts';
import {beginRotation} from './rotation-run.ts';
import {moveOverHeadings, standOn} from './row-list.ts';

/** The difference is being worked out, or could not be. */
export const preparingScreen: RotateScreen<PlaceAt<'preparing'>> = {
  hints: (_, {failure}) =>
    failure === undefined
      ? [{action: 'back', label: 'stop'}]
      : [
          {action: 'back', label: 'choose otherwise'},
          {action: 'look-again', label: 'try again'},
        ],
  isTyping: () => false,
  act: (state, {failure}, action, tools) => {
    if (action === 'look-again') return failure === undefined ? turn(state) : prepare(state);
    if (action !== 'back') return turn(state);
    return turn(toInventory(state, tools), {kind: 'rotate', effect: {kind: 'stop'}});
  },
};

/** Old and new side by side, who is restarted, and the one row that does it. */
export const differenceScreen: RotateScreen<PlaceAt<'difference'>> = {
  hints: (state, place) =>
    place.opened === undefined
      ? listHints(rowUnderCursor(state, place), {
          isLive: state.rotate.node?.view.isLive === true,
          hasFailed: place.failure !== undefined,
        })
      : openedHints,
  isTyping: () => false,
  act: (state, place, action, tools) =>
    place.opened === undefined
      ? actInList(state, place, action, tools)
      : actOnOpened(state, place, place.opened, action),
};

const openedHints: readonly Hint[] = [
  {action: 'back', label: 'to the list'},
  {action: 'up', with: 'down', label: 'scroll'},
  {action: 'close', quiet: true},
  ...scrolling,
];

const workOut: Hint = {action: 'look-again', label: 'work it out again'};

/** @param hasFailed it was to be done and could not: what has changed since then has to be worked out anew */
function listHints(
  row: DifferenceRow | undefined,
  {isLive, hasFailed}: {readonly isLive: boolean; readonly hasFailed: boolean},
): readonly Hint[] {
  const kind = row === undefined || row.isHeading ? undefined : row.kind;
  const onRow: readonly Hint[] =
    kind === 'go'
      ? [
          {action: 'accept', label: 'do it'},
          {action: 'details', label: 'in full'},
        ]
      : [
          {action: 'continue', label: 'to the last step'},
          ...(kind === 'restart' && isLive ? ([{action: 'toggle', label: 'restart it or not'}] as const) : []),
          {action: 'open', keys: 'enter', label: 'in full'},
          {action: 'details', quiet: true},
        ];
  return [
    ...onRow,
    hasFailed ? workOut : {...workOut, quiet: true},
    {action: 'up', with: 'down', label: 'row'},
    {action: 'back', label: 'choose otherwise'},
    ...scrolling,
  ];
}

function rowUnderCursor({rotate}: AppState, place: PlaceAt<'difference'>): DifferenceRow | undefined {
  return rotate.node === undefined ? undefined : differenceRows(place, rotate.node.view)[rotate.differenceList.cursor];
}

function actInList(state: AppState, place: PlaceAt<'difference'>, action: ActionId, tools: Tools): Turn {
  const {rotate} = state;
  const {node, differenceList: list} = rotate;
  if (node === undefined) return turn(state);
  const rows = differenceRows(place, node.view);
  const row = rowUnderCursor(state, place);
  const height = differenceListHeight(layoutAt(state));
  if (isListMove(action)) {
    const moved = moveOverHeadings(list, action, rows, height);
    return turn(moved === list ? state : withRotate(state, {differenceList: moved}));
  }
  switch (action) {
    case 'continue':
      return turn(withRotate(state, {differenceList: standOn({...list, cursor: rows.length - 1}, rows, height)}));
    case 'open':
    case 'details':
      return turn(row === undefined ? state : goTo(state, {...place, opened: 0}));
    case 'toggle':
      return turn(toggleRestart(state, row, tools));
    case 'accept':
      return row?.isHeading === false && row.kind === 'go' ? begin(state, place, tools) : turn(state);
    case 'look-again':
      return prepare(state);
    case 'back':
      return turn(toInventory(state, tools));
    default:
      return turn(state);
  }
}

function actOnOpened(state: AppState, place: PlaceAt<'difference'>, top: number, action: ActionId): Turn {
  if (isListMove(action)) {
    const {width, height} = layoutAt(state);
    const lines = openedLines(state.rotate, place, width);
    return turn(goTo(state, {...place, opened: scrollText(top, action, lines.length, height)}));
  }
  return turn(action === 'back' || action === 'close' ? goTo(state, {...place, opened: undefined}) : state);
}

function toggleRestart(state: AppState, row: DifferenceRow | undefined, tools: Tools): AppState {
  const {node, choice} = state.rotate;
  if (node === undefined || row?.isHeading !== false || row.kind !== 'restart') return state;
  const {component, kind} = row.restart;
  if (!node.view.isLive) return state;
  if (kind === 'unknown')
    return tell(state, 'warn', `How ${component} is started is not known here: restart it by hand.`, tools);
  const spared = new Set(choice.spared);
  if (!spared.delete(component)) spared.add(component);
  return withRotate(state, {choice: {...choice, spared}});
}

function begin(state: AppState, place: PlaceAt<'difference'>, tools: Tools): Turn {
  const {node, choice} = state.rotate;
  if (node === undefined) return turn(state);
  const restart = chosenRestarts(place, node.view, choice);
  const others = place.restarts.filter((one) => !restart.includes(one));
  const run = beginRotation(node.root, changeCount(place.shown), restart, others, tools.now().getTime());
  const {shown, restarts} = place;
  const difference = {shown, restarts, opened: undefined, failure: undefined};
  return turn(goTo(state, {at: 'changing', run, top: undefined, answer: 0, difference}), {
    kind: 'rotate',
    effect: {kind: 'rotate', restart},
  });
}

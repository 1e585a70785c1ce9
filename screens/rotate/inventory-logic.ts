import type {ActionId, Hint} from '../keys.ts';
import {isTextAction} from '../keys.ts';
import {isListMove} from '../parts/list-state.ts';
import {sentence} from '../parts/text.ts';
import {editText, insertText, textField, type TextFieldState} from '../parts/text-field-state.ts';
import type {AppState, Turn} from '../screen.ts';
import {layoutAt, turn, withWizard} from '../screen.ts';
import type {Tools} from '../services.ts';
import {inventoryListHeight} from './inventory-lines.ts';
import {askFolder} from './look-logic.ts';
import {goTo, look, scrolling, tell, withRotate, type PlaceAt, type RotateScreen} from './rotate-place.ts';
import {chosenCount, rowUnderCursor, withFilter} from './rotate-state.ts';
import {moveOverHeadings} from './row-list.ts';
import {allOrNone, toggled, wishOf} from './wish.ts';
import {openOptions} from './options-logic.ts';
import type {NodeRow} from './node-rows.ts';

/** What is on the node, what is wrong with it, and what is to be renewed. */
export const inventoryScreen: RotateScreen<PlaceAt<'inventory'>> = {
  hints: (state, {isFiltering}) => (isFiltering ? filterHints : listHints(state)),
  isTyping: (_, {isFiltering}) => isFiltering,
  act: (state, {isFiltering}, action, tools) =>
    isFiltering ? turn(actInFilter(state, action)) : actInList(state, action, tools),
  type: (state, {isFiltering}, text) => (isFiltering ? filtered(state, insertText(state.rotate.filter, text)) : state),
};

const filterHints: readonly Hint[] = [
  {action: 'accept', label: 'to the rows'},
  {action: 'back', label: 'clear'},
  {action: 'up', with: 'down', label: 'row'},
  {action: 'page-up', with: 'page-down', quiet: true},
];

function listHints({rotate}: AppState): readonly Hint[] {
  const isFiltered = rotate.filter.text !== '';
  const row = rowUnderCursor(rotate);
  const toggle: readonly Hint[] = row?.kind === 'leaf' ? [{action: 'toggle'}] : [];
  return [
    ...(isFiltered ? ([{action: 'back', label: 'all rows'}] as const) : []),
    ...(chosenCount(rotate) === 0 ? [] : ([{action: 'continue', label: 'see the difference'}] as const)),
    ...toggle,
    ...(row === undefined ? [] : ([{action: 'open', keys: 'enter', label: 'look closer'}] as const)),
    ...(rotate.node?.view.items.every(({blocked}) => blocked !== undefined) === true
      ? ([{action: 'folder'}, {action: 'options', quiet: true}] as const)
      : ([{action: 'choose-all'}, {action: 'options'}, {action: 'folder', quiet: true}] as const)),
    ...(isFiltered ? [] : ([{action: 'back'}] as const)),
    {action: 'filter', quiet: true},
    {action: 'choose-needed', quiet: true},
    {action: 'look-again', quiet: true},
    {action: 'details', quiet: true},
    {action: 'up', with: 'down', quiet: true},
    ...scrolling,
  ];
}

function actInList(state: AppState, action: ActionId, tools: Tools): Turn {
  const {rotate} = state;
  const {node, choice, list, filter} = rotate;
  if (node === undefined) return turn(state);
  const row = rowUnderCursor(rotate);
  if (isListMove(action)) {
    const moved = moveOverHeadings(list, action, node.rows, inventoryListHeight(layoutAt(state)));
    return turn(moved === list ? state : withRotate(state, {list: moved}));
  }
  switch (action) {
    case 'continue':
      return prepare(state);
    case 'toggle':
      return turn(row === undefined ? state : toggle(state, row, tools));
    case 'choose-all':
      return turn(withRotate(state, {choice: allOrNone(node.view, choice)}));
    case 'choose-needed':
      return turn(withRotate(state, {choice: {...choice, names: undefined}}));
    case 'open':
    case 'details':
      return turn(row === undefined ? state : goTo(state, {at: 'item', row, top: 0}));
    case 'options':
      return turn(openOptions(state));
    case 'filter':
      return turn(goTo(state, {at: 'inventory', isFiltering: true}));
    case 'look-again':
      return look(state, node.root);
    case 'folder':
      return turn(askFolder(state));
    case 'back':
      return turn(filter.text === '' ? withWizard(state, {kind: 'went-back'}, tools) : filtered(state, textField('')));
    default:
      return turn(state);
  }
}

/** Chooses a row, or says why it cannot be chosen. */
export function toggle(state: AppState, row: NodeRow, tools: Tools): AppState {
  const {node, choice} = state.rotate;
  if (node === undefined || row.kind !== 'leaf') return state;
  const {name, blocked} = row.item;
  if (blocked === undefined) return withRotate(state, {choice: toggled(node.view, choice, name)});
  return tell(state, 'warn', `${name} is not renewed here: ${blocked.why}. ${sentence(blocked.wayOn)}`, tools);
}

export function prepare(state: AppState): Turn {
  const {node, choice} = state.rotate;
  if (node === undefined || chosenCount(state.rotate) === 0) return turn(state);
  const {root} = node;
  return turn(goTo(state, {at: 'preparing', failure: undefined}), {
    kind: 'rotate',
    effect: {kind: 'prepare', root, wish: wishOf(node.view, choice)},
  });
}

function actInFilter(state: AppState, action: ActionId): AppState {
  const {filter, list, node} = state.rotate;
  if (isTextAction(action)) return filtered(state, editText(filter, action));
  if (isListMove(action)) {
    const height = inventoryListHeight(layoutAt(state));
    return withRotate(state, {list: moveOverHeadings(list, action, node?.rows ?? [], height)});
  }
  const left = goTo(state, {at: 'inventory', isFiltering: false});
  if (action === 'accept') return left;
  return action === 'back' ? filtered(left, textField('')) : state;
}

function filtered(state: AppState, filter: TextFieldState): AppState {
  return {...state, rotate: withFilter(state.rotate, filter, inventoryListHeight(layoutAt(state)))};
}

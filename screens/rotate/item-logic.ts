import type {ActionId, Hint} from '../keys.ts';
import {isTextAction} from '../keys.ts';
import {isListMove, listStart, moveInList, placeInList} from '../parts/list-state.ts';
import {scrollText} from '../parts/scroll.ts';
import {editText, insertText, textField} from '../parts/text-field-state.ts';
import type {AppState, Turn} from '../screen.ts';
import {layoutAt, turn} from '../screen.ts';
import {canTakeNames, itemLines, namesListHeight} from './item-lines.ts';
import {toggle} from './inventory-logic.ts';
import type {LeafRow} from './node-rows.ts';
import {goTo, scrolling, withRotate, type PlaceAt, type RotateScreen} from './rotate-place.ts';
import {countingGlyphs} from '../theme.ts';
import {chosenNames, toggled, toggledName, wishedNames, withName, type WishedName} from './wish.ts';

/** A row of the inventory in full. */
export const itemScreen: RotateScreen<PlaceAt<'item'>> = {
  hints: (_, {row}) => [
    {action: 'back', label: 'to the list'},
    ...(row.kind === 'leaf' && row.item.blocked === undefined ? ([{action: 'toggle'}] as const) : []),
    ...(canTakeNames(row) ? ([{action: 'edit', label: 'its names'}] as const) : []),
    {action: 'up', with: 'down', label: 'scroll'},
    {action: 'close', quiet: true},
    ...scrolling,
  ],
  isTyping: () => false,
  act: (state, place, action, tools) => {
    const {row, top} = place;
    if (isListMove(action)) {
      const {width, height} = layoutAt(state);
      const lines = itemLines(state.rotate, row, width, tools.now(), countingGlyphs);
      return turn(goTo(state, {...place, top: scrollText(top, action, lines.length, height)}));
    }
    switch (action) {
      case 'back':
      case 'close':
        return turn(goTo(state, {at: 'inventory', isFiltering: false}));
      case 'toggle':
        return turn(toggle(state, row, tools));
      case 'edit':
        return turn(canTakeNames(row) ? openNames(state, row) : state);
      default:
        return turn(state);
    }
  },
};

function openNames(state: AppState, row: LeafRow): AppState {
  const names = wishedNames(row.held.sans, state.rotate.choice, row.item.name).length;
  const list = placeInList(listStart, names, names + 1, namesListHeight(layoutAt(state), row));
  return goTo(state, {at: 'names', row, list, field: textField(''), fault: undefined});
}

/** Its names, and the field for one more in the last row. */
export const namesScreen: RotateScreen<PlaceAt<'names'>> = {
  hints: (state, place) => {
    const name = nameUnderCursor(state, place);
    const own: readonly Hint[] =
      name === undefined
        ? [{action: 'accept', label: 'add it'}]
        : [
            {
              action: 'toggle',
              label: name.state === 'stays' ? 'take it away' : name.state === 'added' ? 'not after all' : 'let it stay',
            },
          ];
    return [...own, {action: 'up', with: 'down', label: 'name'}, {action: 'back', label: 'done'}, ...scrolling];
  },
  isTyping: (state, place) => nameUnderCursor(state, place) === undefined,
  act: (state, place, action) => actOnNames(state, place, action),
  type: (state, place, text) => goTo(state, {...place, field: insertText(place.field, text), fault: undefined}),
};

function namesOf({rotate}: AppState, {row}: PlaceAt<'names'>): readonly WishedName[] {
  return wishedNames(row.held.sans, rotate.choice, row.item.name);
}

/** undefined = the field for one more. */
function nameUnderCursor(state: AppState, place: PlaceAt<'names'>): WishedName | undefined {
  return namesOf(state, place)[place.list.cursor];
}

function actOnNames(state: AppState, place: PlaceAt<'names'>, action: ActionId): Turn {
  const {row, list, field} = place;
  const {choice} = state.rotate;
  const name = nameUnderCursor(state, place);
  const height = namesListHeight(layoutAt(state), row);
  if (isListMove(action)) {
    const moved = moveInList(list, action, namesOf(state, place).length + 1, height);
    return turn(goTo(state, {...place, list: moved, fault: undefined}));
  }
  if (name === undefined && isTextAction(action)) {
    return turn(goTo(state, {...place, field: editText(field, action), fault: undefined}));
  }
  switch (action) {
    case 'back':
      return turn(goTo(state, {at: 'item', row, top: 0}));
    case 'toggle':
      return turn(name === undefined ? state : withRotate(state, {choice: toggledName(choice, row.item.name, name)}));
    case 'accept':
      return turn(name === undefined && field.text.trim() !== '' ? add(state, place, height) : state);
    default:
      return turn(state);
  }
}

/** Whoever gives a certificate a name wants it renewed. */
function add(state: AppState, place: PlaceAt<'names'>, height: number): AppState {
  const {row, field, list} = place;
  const {choice, node} = state.rotate;
  const {name} = row.item;
  const result = withName(choice, name, row.held.sans, field.text);
  if ('fault' in result) return goTo(state, {...place, fault: result.fault});
  const isChosen = node === undefined || chosenNames(node.view, choice).has(name);
  const chosen = isChosen || node === undefined ? result.choice : toggled(node.view, result.choice, name);
  const names = wishedNames(row.held.sans, chosen, name).length;
  return withRotate(state, {
    choice: chosen,
    place: {...place, field: textField(''), fault: undefined, list: placeInList(list, names, names + 1, height)},
  });
}

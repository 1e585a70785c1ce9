import type {ActionId} from '../keys.ts';
import {isTextAction} from '../keys.ts';
import {editText, insertText, textField} from '../parts/text-field-state.ts';
import type {AppState} from '../screen.ts';
import {turn, withWizard} from '../screen.ts';
import {goTo, look, toInventory, type PlaceAt, type RotateScreen} from './rotate-place.ts';

/** Looking at a node, where to look instead, and what an earlier run has left there. */

export const lookingScreen: RotateScreen<PlaceAt<'looking'>> = {
  hints: () => [{action: 'back', label: 'stop'}],
  isTyping: () => false,
  act: (state, _, action, tools) => {
    if (action !== 'back') return turn(state);
    return turn(toInventory(state, tools), {kind: 'rotate', effect: {kind: 'stop'}});
  },
};

export const folderScreen: RotateScreen<PlaceAt<'folder'>> = {
  hints: () => [{action: 'accept', label: 'look there'}, {action: 'back'}],
  isTyping: () => true,
  act: (state, place, action, tools) => {
    if (isTextAction(action)) return turn(goTo(state, {...place, field: editText(place.field, action)}));
    if (action === 'back') return turn(toInventory(state, tools));
    const root = place.field.text.trim();
    return action === 'accept' && root !== '' ? look(state, root) : turn(state);
  },
  type: (state, place, text) => goTo(state, {...place, field: insertText(place.field, text)}),
};

export function askFolder(state: AppState): AppState {
  return goTo(state, {at: 'folder', field: textField(state.rotate.root), failure: undefined});
}

export const interruptedScreen: RotateScreen<PlaceAt<'interrupted'>> = {
  hints: (_, {isRecovering}) =>
    isRecovering
      ? []
      : [
          {action: 'accept', label: 'finish or undo it'},
          {action: 'folder'},
          {action: 'look-again', quiet: true},
          {action: 'back'},
        ],
  isTyping: () => false,
  act: (state, place, action, tools) => {
    if (place.isRecovering) return turn(state);
    return (
      actOnInterrupted(state, place, action) ??
      turn(action === 'back' ? withWizard(state, {kind: 'went-back'}, tools) : state)
    );
  },
};

function actOnInterrupted(state: AppState, place: PlaceAt<'interrupted'>, action: ActionId) {
  const {root} = state.rotate;
  switch (action) {
    case 'accept':
      return turn(goTo(state, {...place, isRecovering: true, failure: undefined}), {
        kind: 'rotate',
        effect: {kind: 'recover', root},
      });
    case 'folder':
      return turn(askFolder(state));
    case 'look-again':
      return look(state, root);
    default:
      return undefined;
  }
}

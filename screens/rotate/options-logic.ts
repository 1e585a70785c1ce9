import {isTextAction} from '../keys.ts';
import {editText, insertText, textField} from '../parts/text-field-state.ts';
import type {AppState} from '../screen.ts';
import {turn} from '../screen.ts';
import {validityFault} from './options-lines.ts';
import {goTo, withRotate, type PlaceAt, type RotateScreen} from './rotate-place.ts';

/** For how long, and with which key. Esc takes what is there, as long as it is an answer. */
export const optionsScreen: RotateScreen<PlaceAt<'options'>> = {
  hints: (_, {focus}) => [
    {action: 'accept', label: 'done'},
    {action: 'next-field', label: focus === 'validity' ? 'the key' : 'how long'},
    ...(focus === 'key'
      ? ([
          {action: 'toggle', label: 'the other'},
          {action: 'up', with: 'down', quiet: true},
        ] as const)
      : []),
    {action: 'back'},
    {action: 'previous-field', quiet: true},
  ],
  isTyping: (_, {focus}) => focus === 'validity',
  act: (state, place, action) => {
    const {choice} = state.rotate;
    if (isTextAction(action) && place.focus === 'validity') {
      return turn(goTo(state, {...place, field: editText(place.field, action), fault: undefined}));
    }
    switch (action) {
      case 'accept':
      case 'back':
        return turn(close(state, place, action === 'back'));
      case 'next-field':
      case 'previous-field':
        return turn(goTo(state, {...place, focus: place.focus === 'key' ? 'validity' : 'key'}));
      case 'toggle':
      case 'up':
      case 'down':
        return turn(withRotate(state, {choice: {...choice, keepsKeys: !choice.keepsKeys}}));
      default:
        return turn(state);
    }
  },
  type: (state, place, text) =>
    place.focus === 'validity'
      ? goTo(state, {...place, field: insertText(place.field, text), fault: undefined})
      : state,
};

export function openOptions(state: AppState): AppState {
  const field = textField(state.rotate.choice.validity);
  return goTo(state, {at: 'options', focus: 'validity', field, fault: undefined});
}

/** A text that is no length of time is not taken: Enter says so, Esc leaves what was there before. */
function close(state: AppState, place: PlaceAt<'options'>, isLeaving: boolean): AppState {
  const {choice} = state.rotate;
  const fault = validityFault(place.field.text);
  const inventory = {at: 'inventory', isFiltering: false} as const;
  if (fault === undefined) {
    return withRotate(state, {choice: {...choice, validity: place.field.text.trim()}, place: inventory});
  }
  return goTo(state, isLeaving ? inventory : {...place, focus: 'validity', fault});
}

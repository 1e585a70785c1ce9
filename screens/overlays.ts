import {Secret} from '../src/base/secret.ts';
import {suggestedPlanPath} from './set-up/save-path.ts';
import {helpLines, type Helped} from './help-lines.ts';
import {isTextAction} from './keys.ts';
import {isListMove} from './parts/list-state.ts';
import {scrollHints, scrollText} from './parts/scroll.ts';
import type {TextFieldState} from './parts/text-field-state.ts';
import {editText, insertText, oneLine, textField} from './parts/text-field-state.ts';
import {revealHint} from './reveal.ts';
import type {AppState, Overlay, Screen} from './screen.ts';
import {layoutAt, turn, withWizard} from './screen.ts';

/** What can lie over a screen; while it does, its keys are the ones that live. */

/** @param below the screen that the help lies over */
export function helpOverlay(below: Omit<Helped, 'width'>): Screen {
  return {
    hints: (state) => {
      const {width, height} = layoutAt(state);
      const count = helpLines({...below, width}, (name) => name).length;
      return [{action: 'back', label: 'close'}, ...scrollHints({count, height}), {action: 'help', quiet: true}];
    },
    isTyping: () => false,
    act: (state, action) => {
      if (action === 'back' || action === 'help') return turn(closed(state));
      if (!isListMove(action) || state.overlay.kind !== 'help') return turn(state);
      const {width, height} = layoutAt(state);
      const lines = helpLines({...below, width}, (name) => name).length;
      const top = scrollText(state.overlay.top, action, lines, height);
      return turn({...state, overlay: {kind: 'help', top}});
    },
  };
}

export const saveOverlay: Screen = {
  hints: () => [
    {action: 'accept', label: 'save'},
    {action: 'back', label: 'leave it'},
  ],
  isTyping: () => true,
  act: (state, action) => {
    const {overlay} = state;
    if (overlay.kind !== 'save') return turn(state);
    if (isTextAction(action)) return turn(withField(state, editText(overlay.field, action)));
    if (action === 'back') return turn(closed(state));
    const path = overlay.field.text.trim();
    if (action !== 'accept' || path === '') return turn(state);
    return turn(state, {kind: 'save-plan', plan: state.wizard.plan, path});
  },
  type: (state, text) => turn(typeInto(state, text)),
  paste: (state, text) => turn(typeInto(state, oneLine(text))),
};

/** Comes by itself, while something is issued with a brought key that is encrypted. */
export const passphraseOverlay: Screen = {
  hints: (state) => [
    {action: 'accept', label: 'go on'},
    {action: 'back', label: 'stop, and leave nothing behind'},
    revealHint(state),
  ],
  isTyping: () => true,
  act: (state, action, tools) => {
    const {overlay} = state;
    if (overlay.kind !== 'passphrase') return turn(state);
    if (isTextAction(action)) return turn(withField(state, editText(overlay.field, action)));
    if (action === 'back') {
      return turn(withWizard(closed(state), {kind: 'stop-asked'}, tools), {kind: 'stop-set-up'});
    }
    if (action !== 'accept') return turn(state);
    return turn(closed(state), {kind: 'give-passphrase', passphrase: new Secret(overlay.field.text)});
  },
  type: (state, text) => turn(typeInto(state, text)),
  paste: (state, text) => turn(typeInto(state, text.replace(/[\r\n]+$/, ''))),
};

export function openHelp(state: AppState): AppState {
  return {...state, overlay: {kind: 'help', top: 0}};
}

export function openSave(state: AppState): AppState {
  const field = textField(suggestedPlanPath(state.wizard.plan));
  return {...state, overlay: {kind: 'save', field, failure: undefined}};
}

export function closed(state: AppState): AppState {
  return state.overlay.kind === 'none' ? state : {...state, overlay: {kind: 'none'}};
}

function typeInto(state: AppState, text: string): AppState {
  const {overlay} = state;
  return 'field' in overlay ? withField(state, insertText(overlay.field, text)) : state;
}

function withField(state: AppState, field: TextFieldState): AppState {
  const {overlay} = state;
  const changed: Overlay =
    overlay.kind === 'save'
      ? {kind: 'save', field, failure: undefined}
      : overlay.kind === 'passphrase'
        ? {...overlay, field}
        : overlay;
  return {...state, overlay: changed};
}

import {targetOf} from '../../src/wizard/wizard-state.ts';
import {isTextAction} from '../keys.ts';
import {editText, insertText, oneLine} from '../parts/text-field-state.ts';
import type {TextFieldState} from '../parts/text-field-state.ts';
import type {AppState, Screen, Turn} from '../screen.ts';
import {turn, withView, withWizard} from '../screen.ts';
import type {Tools} from '../services.ts';
import {beginRun} from './run-state.ts';

/** The last question: the folder. */
export const targetScreen: Screen = {
  hints: () => [
    {action: 'accept', label: 'issue'},
    {action: 'back', label: 'back to the preview'},
  ],
  isTyping: () => true,
  act: (state, action, tools) => {
    if (isTextAction(action)) return turn(withTarget(state, editText(state.views.target, action), tools));
    if (action === 'accept') return issue(state, tools);
    return turn(action === 'back' ? withWizard(state, {kind: 'went-back'}, tools) : state);
  },
  type: (state, text, tools) => turn(withTarget(state, insertText(state.views.target, text), tools)),
  paste: (state, text, tools) => turn(withTarget(state, insertText(state.views.target, oneLine(text)), tools)),
};

function issue(state: AppState, tools: Tools): Turn {
  const directory = targetOf(state.wizard).trim();
  const plan = state.wizard.prepared?.plan;
  if (directory === '' || plan === undefined) {
    const nextSteps = ['Name one that does not exist yet.'];
    const failure = {message: 'No folder is named.', nextSteps, problems: []};
    return turn({...state, wizard: {...state.wizard, place: {at: 'target', failure}}});
  }
  const started = withWizard(state, {kind: 'issue-started'}, tools);
  if (started.wizard.place.at !== 'issuing') return turn(started);
  return turn({...started, run: beginRun(directory)}, {kind: 'set-up', plan, directory});
}

function withTarget(state: AppState, field: TextFieldState, tools: Tools): AppState {
  const moved = withView(state, 'target', field);
  return field.text === state.views.target.text
    ? moved
    : withWizard(moved, {kind: 'target-typed', text: field.text}, tools);
}

import type {Origin} from '../../src/wizard/wizard-state.ts';
import type {ActionId} from '../keys.ts';
import {isTextAction} from '../keys.ts';
import {isListMove, moveInList, placeInList} from '../parts/list-state.ts';
import {editText, insertText, oneLine} from '../parts/text-field-state.ts';
import type {TextFieldState} from '../parts/text-field-state.ts';
import type {AppState, Screen, Turn} from '../screen.ts';
import {layoutAt, turn, withView, withWizard} from '../screen.ts';
import type {Tools} from '../services.ts';

/** What one can start from, in the order of the list. */
export type StartOption =
  | {readonly kind: 'machine'}
  | {readonly kind: 'preset'; readonly name: string; readonly summary: string}
  | {readonly kind: 'file'};

export function startOptions({presets}: Tools): readonly StartOption[] {
  return [
    {kind: 'machine'},
    ...presets.map(({name, summary}): StartOption => ({kind: 'preset', name, summary})),
    {kind: 'file'},
  ];
}

function optionUnderCursor(state: AppState, tools: Tools): StartOption | undefined {
  return startOptions(tools)[state.views.start.list.cursor];
}

/** Rows of the list that fit above what is said about the option under the cursor. */
export function startListHeight(state: AppState): number {
  return Math.max(3, layoutAt(state).height - 9);
}

export const startScreen: Screen = {
  hints: (state, tools) => [
    {action: 'accept', label: state.wizard.origin === undefined ? 'start' : 'start or go on'},
    {action: 'up', with: 'down', label: 'choose'},
    ...(optionUnderCursor(state, tools)?.kind === 'file'
      ? []
      : ([
          {action: 'digit', label: 'choose', quiet: true},
          {action: 'first', with: 'last', quiet: true},
        ] as const)),
    {action: 'back'},
  ],
  isTyping: (state, tools) => optionUnderCursor(state, tools)?.kind === 'file',
  act: (state, action, tools, key) => act(state, action, tools, key),
  type: (state, text, tools) => turn(withPath(state, insertText(state.views.start.path, text), tools)),
  paste: (state, text, tools) =>
    turn(
      optionUnderCursor(state, tools)?.kind === 'file'
        ? withPath(state, insertText(state.views.start.path, oneLine(text)), tools)
        : state,
    ),
};

function act(state: AppState, action: ActionId, tools: Tools, key: string): Turn {
  const {list, path} = state.views.start;
  const options = startOptions(tools);
  if (isTextAction(action)) return turn(withPath(state, editText(path, action), tools));
  if (isListMove(action)) {
    return turn(
      withView(state, 'start', {path, list: moveInList(list, action, options.length, startListHeight(state))}),
    );
  }
  switch (action) {
    case 'digit':
      return turn(
        Number(key) <= options.length
          ? withView(state, 'start', {
              path,
              list: placeInList(list, Number(key) - 1, options.length, startListHeight(state)),
            })
          : state,
      );
    case 'accept': {
      const origin = originOf(optionUnderCursor(state, tools), path.text);
      return origin === undefined ? turn(state) : choose(state, origin, tools);
    }
    case 'back':
      return turn(withWizard(state, {kind: 'went-back'}, tools));
    default:
      return turn(state);
  }
}

function choose(state: AppState, origin: Origin, tools: Tools): Turn {
  const chosen = withWizard(state, {kind: 'origin-chosen', origin}, tools);
  const {place} = chosen.wizard;
  const isReading = place.at === 'start' && place.choice.kind === 'reading' && place !== state.wizard.place;
  return isReading ? turn(chosen, {kind: 'read-origin', origin}) : turn(chosen);
}

function originOf(option: StartOption | undefined, path: string): Origin | undefined {
  switch (option?.kind) {
    case 'machine':
      return {kind: 'machine'};
    case 'preset':
      return {kind: 'preset', name: option.name};
    case 'file':
      return path.trim() === '' ? undefined : {kind: 'file', path: path.trim()};
    case undefined:
      return undefined;
    default:
      return option satisfies never;
  }
}

/** Typing a path takes back what was said about the one before. */
function withPath(state: AppState, path: TextFieldState, tools: Tools): AppState {
  const {choice} = state.wizard.place.at === 'start' ? state.wizard.place : {choice: {kind: 'open'} as const};
  const isTold = choice.kind === 'refused' || choice.kind === 'would-replace';
  const told =
    isTold && path.text !== state.views.start.path.text ? withWizard(state, {kind: 'went-back'}, tools) : state;
  return withView(told, 'start', {...state.views.start, path});
}

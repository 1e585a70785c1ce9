import type {Origin} from '../../src/wizard/wizard-state.ts';
import type {ActionId, Hint} from '../keys.ts';
import {isTextAction} from '../keys.ts';
import {isListMove, moveInList, placeInList} from '../parts/list-state.ts';
import {scrollText} from '../parts/scroll.ts';
import {editText, insertText, oneLine} from '../parts/text-field-state.ts';
import type {TextFieldState} from '../parts/text-field-state.ts';
import type {AppState, Screen, Turn} from '../screen.ts';
import {layoutAt, turn, withView, withWizard} from '../screen.ts';
import type {Tools} from '../services.ts';
import {lossesOf, lossLines} from './loss-lines.ts';

/** What one can start from, in the order of the list. */
export type StartOption =
  | {readonly kind: 'machine'}
  | {readonly kind: 'preset'; readonly name: string; readonly summary: string}
  | {readonly kind: 'file'}
  | {readonly kind: 'kubeadm'};

export function startOptions({presets}: Tools): readonly StartOption[] {
  return [
    {kind: 'machine'},
    ...presets.map(({name, summary}): StartOption => ({kind: 'preset', name, summary})),
    {kind: 'file'},
    {kind: 'kubeadm'},
  ];
}

function optionUnderCursor(state: AppState, tools: Tools): StartOption | undefined {
  return startOptions(tools)[state.views.start.list.cursor];
}

/** Whether the option is a file, and its path is asked for. */
export function hasPath(option: StartOption | undefined): boolean {
  return option?.kind === 'file' || option?.kind === 'kubeadm';
}

function isPathUnderCursor(state: AppState, tools: Tools): boolean {
  return lossesOf(state) === undefined && hasPath(optionUnderCursor(state, tools));
}

/** Rows of the list that fit above what is said about the option under the cursor. */
export function startListHeight(state: AppState): number {
  return Math.max(3, layoutAt(state).height - 9);
}

export const startScreen: Screen = {
  hints: (state, tools) => (lossesOf(state) === undefined ? hintsOfList(state, tools) : hintsOfLosses),
  isTyping: isPathUnderCursor,
  act: (state, action, tools, key) =>
    lossesOf(state) === undefined ? act(state, action, tools, key) : actOnLosses(state, action, tools),
  type: (state, text, tools) => turn(withPath(state, insertText(state.views.start.path, text), tools)),
  paste: (state, text, tools) =>
    turn(
      isPathUnderCursor(state, tools)
        ? withPath(state, insertText(state.views.start.path, oneLine(text)), tools)
        : state,
    ),
};

function hintsOfList(state: AppState, tools: Tools): readonly Hint[] {
  return [
    {action: 'accept', label: state.wizard.origin === undefined ? 'start' : 'start or go on'},
    {action: 'up', with: 'down', label: 'choose'},
    ...(isPathUnderCursor(state, tools)
      ? []
      : ([
          {action: 'digit', label: 'choose', quiet: true},
          {action: 'first', with: 'last', quiet: true},
        ] as const)),
    {action: 'back'},
  ];
}

const hintsOfLosses: readonly Hint[] = [
  {action: 'accept', label: 'go on'},
  {action: 'up', with: 'down', label: 'scroll'},
  {action: 'page-up', with: 'page-down', quiet: true},
  {action: 'first', with: 'last', quiet: true},
  {action: 'back', label: 'start from something else'},
];

function actOnLosses(state: AppState, action: ActionId, tools: Tools): Turn {
  if (action === 'accept') return turn(withWizard(state, {kind: 'went-next'}, tools));
  if (action === 'back') return turn(withWizard(state, {kind: 'went-back'}, tools));
  if (!isListMove(action)) return turn(state);
  const {width, height} = layoutAt(state);
  const count = lossLines(state, width).length;
  return turn(
    withView(state, 'start', {
      ...state.views.start,
      top: scrollText(state.views.start.top, action, count, height),
    }),
  );
}

function act(state: AppState, action: ActionId, tools: Tools, key: string): Turn {
  const {start} = state.views;
  const {list, path} = start;
  const options = startOptions(tools);
  if (isTextAction(action)) return turn(withPath(state, editText(path, action), tools));
  if (isListMove(action)) {
    return turn(
      withView(state, 'start', {...start, list: moveInList(list, action, options.length, startListHeight(state))}),
    );
  }
  switch (action) {
    case 'digit':
      return turn(
        Number(key) <= options.length
          ? withView(state, 'start', {
              ...start,
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
    case 'kubeadm':
      return path.trim() === '' ? undefined : {kind: option.kind, path: path.trim()};
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

import {said, type Notice} from '../../src/wizard/wizard-state.ts';
import type {ActionId, Hint} from '../keys.ts';
import type {AppState, Turn} from '../screen.ts';
import {turn, withWizard} from '../screen.ts';
import type {Tools} from '../services.ts';
import type {RotatePlace, RotateState} from './rotate-state.ts';

/** A screen of Rotate: as `Screen`, with the place that it is at. */
export interface RotateScreen<Place extends RotatePlace> {
  readonly hints: (state: AppState, place: Place) => readonly Hint[];
  readonly isTyping: (state: AppState, place: Place) => boolean;
  readonly act: (state: AppState, place: Place, action: ActionId, tools: Tools) => Turn;
  readonly type?: (state: AppState, place: Place, text: string) => AppState;
}

export type PlaceAt<At extends RotatePlace['at']> = RotatePlace & {readonly at: At};

export function withRotate(state: AppState, changed: Partial<RotateState>): AppState {
  return {...state, rotate: {...state.rotate, ...changed}};
}

export function goTo(state: AppState, place: RotatePlace): AppState {
  return withRotate(state, {place});
}

export function tell(
  state: AppState,
  tone: (Notice & {readonly kind: 'said'})['tone'],
  text: string,
  tools: Tools,
): AppState {
  return withWizard(state, {kind: 'noticed', notice: said(tone, text)}, tools);
}

/** Looks at a node, this machine or the files in a folder. */
export function look(state: AppState, root: string): Turn {
  return turn(withRotate(state, {root, place: {at: 'looking'}}), {kind: 'rotate', effect: {kind: 'look', root}});
}

/** To the inventory as it was; where there is none yet, out of Rotate. */
export function toInventory(state: AppState, tools: Tools): AppState {
  const {node} = state.rotate;
  if (node === undefined) return withWizard(state, {kind: 'went-back'}, tools);
  return node.view.interrupted === undefined
    ? withRotate(state, {root: node.root, place: {at: 'inventory', isFiltering: false}})
    : withRotate(state, {root: node.root, place: {at: 'interrupted', isRecovering: false, failure: undefined}});
}

export const scrolling: readonly Hint[] = [
  {action: 'page-up', with: 'page-down', quiet: true},
  {action: 'first', with: 'last', quiet: true},
];

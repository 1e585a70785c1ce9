import type {ActionId} from '../keys.ts';
import {scrollText} from '../parts/scroll.ts';
import {isListMove, moveInList} from '../parts/list-state.ts';
import type {AppState, Screen, Turn} from '../screen.ts';
import {layoutAt, turn, withView, withWizard} from '../screen.ts';
import type {Tools} from '../services.ts';
import {doneLines} from './done-lines.ts';
import {proofListHeight} from './proof-lines.ts';

/** Issuing, the proof of what was issued, and the end: screens that mostly watch. */

export const issuingScreen: Screen = {
  hints: () => [{action: 'back', label: 'stop, and leave nothing behind'}],
  isTyping: () => false,
  act: (state, action, tools) => (action === 'back' ? stop(state, tools) : turn(state)),
};

export const proofScreen: Screen = {
  hints: (state) => {
    const isEnded = state.wizard.place.at === 'proof' && state.wizard.place.ended;
    return [
      isEnded ? {action: 'accept', label: 'what lies where'} : {action: 'back', label: 'stop the proof'},
      {action: 'up', with: 'down', label: 'row'},
      {action: 'next-field', label: state.views.proof.shown === 'connections' ? 'doors' : 'connections'},
      {action: 'previous-field', quiet: true},
      {action: 'page-up', with: 'page-down', quiet: true},
      {action: 'first', with: 'last', quiet: true},
    ];
  },
  isTyping: () => false,
  act: (state, action, tools) => actOnProof(state, action, tools),
};

export const doneScreen: Screen = {
  hints: () => [
    {action: 'quit', label: 'leave'},
    {action: 'up', with: 'down', label: 'scroll'},
    {action: 'back', label: 'back to the proof'},
    {action: 'page-up', with: 'page-down', quiet: true},
    {action: 'first', with: 'last', quiet: true},
  ],
  isTyping: () => false,
  act: (state, action, tools) => {
    if (action === 'back') return turn(withWizard(state, {kind: 'went-back'}, tools));
    if (!isListMove(action)) return turn(state);
    const {width, height} = layoutAt(state);
    return turn(
      withView(
        state,
        'done',
        scrollText(state.views.done, action, doneLines(state, tools, width, width).length, height),
      ),
    );
  },
};

/** How many rows the list of the proof has. */
function rowCount({run, views}: AppState): number {
  const lists = {connections: run?.blueprint?.connections, doors: run?.blueprint?.intrusions};
  return lists[views.proof.shown]?.length ?? 0;
}

function actOnProof(state: AppState, action: ActionId, tools: Tools): Turn {
  const {proof} = state.views;
  if (isListMove(action)) {
    const list = moveInList(proof.list, action, rowCount(state), proofListHeight(layoutAt(state)));
    const isStill = list === proof.list && !proof.isFollowing;
    return turn(isStill ? state : withView(state, 'proof', {...proof, list, isFollowing: false}));
  }
  switch (action) {
    case 'accept':
      return turn(withWizard(state, {kind: 'went-next'}, tools));
    case 'back':
      return stop(state, tools);
    case 'next-field':
    case 'previous-field': {
      const shown = proof.shown === 'connections' ? 'doors' : 'connections';
      return turn(withView(state, 'proof', {list: {cursor: 0, top: 0}, shown, isFollowing: shown === 'connections'}));
    }
    default:
      return turn(state);
  }
}

function stop(state: AppState, tools: Tools): Turn {
  const {place} = state.wizard;
  const isRunning = (place.at === 'issuing' && !place.stopping) || (place.at === 'proof' && !place.ended);
  return isRunning ? turn(withWizard(state, {kind: 'stop-asked'}, tools), {kind: 'stop-set-up'}) : turn(state);
}

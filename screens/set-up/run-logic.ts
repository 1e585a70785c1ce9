import type {ActionId, Hint} from '../keys.ts';
import {scrollText} from '../parts/scroll.ts';
import {isListMove, moveInList} from '../parts/list-state.ts';
import type {AppState, Screen, Turn} from '../screen.ts';
import {layoutAt, turn, withView, withWizard} from '../screen.ts';
import type {Tools} from '../services.ts';
import {doneLines} from './done-lines.ts';
import {openedLines, proofListHeight} from './proof-lines.ts';
import {proofStart, proofTabs, type ProofTab} from './run-state.ts';

/** Issuing, the proof of what was issued, and the end: screens that mostly watch. */

export const issuingScreen: Screen = {
  hints: () => [{action: 'back', label: 'stop, and leave nothing behind'}],
  isTyping: () => false,
  act: (state, action, tools) => (action === 'back' ? stop(state, tools) : turn(state)),
};

export const proofScreen: Screen = {
  hints: (state) => {
    const {shown, opened} = state.views.proof;
    const isEnded = state.wizard.place.at === 'proof' && state.wizard.place.ended;
    const onward: readonly Hint[] = isEnded ? [{action: 'continue', label: 'let nodes in'}] : [];
    const scroll: readonly Hint[] = [
      {action: 'page-up', with: 'page-down', quiet: true},
      {action: 'first', with: 'last', quiet: true},
    ];
    if (opened !== undefined) {
      return [
        {action: 'back', label: 'back to the table'},
        {action: 'up', with: 'down', label: 'scroll'},
        ...onward,
        {action: 'close', quiet: true},
        ...scroll,
      ];
    }
    return [
      ...onward,
      ...(isEnded ? [] : [{action: 'back', label: 'stop the proof'} as const]),
      {action: 'open', keys: 'enter', label: 'open the row'},
      {action: 'up', with: 'down', label: 'row'},
      {action: 'next-field', label: nextTab(shown, 1)},
      {action: 'previous-field', quiet: true},
      ...scroll,
    ];
  },
  isTyping: () => false,
  act: (state, action, tools) => actOnProof(state, action, tools),
};

export const doneScreen: Screen = {
  hints: ({wizard: {place}}) => [
    {action: 'quit', label: 'leave'},
    {action: 'up', with: 'down', label: 'scroll'},
    ...(place.at === 'done' && place.waits === true ? [] : [{action: 'back', label: 'back to joining'} as const]),
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
  const lists = {
    connections: run?.blueprint?.connections,
    doors: run?.blueprint?.intrusions,
    files: run?.proof?.findings,
  };
  return lists[views.proof.shown]?.length ?? 0;
}

function nextTab(shown: ProofTab, by: 1 | -1): ProofTab {
  const {length} = proofTabs;
  return proofTabs[(proofTabs.indexOf(shown) + by + length) % length] ?? shown;
}

function actOnProof(state: AppState, action: ActionId, tools: Tools): Turn {
  const {proof} = state.views;
  if (proof.opened !== undefined) return actOnOpened(state, proof.opened, action, tools);
  if (isListMove(action)) {
    const list = moveInList(proof.list, action, rowCount(state), proofListHeight(layoutAt(state)));
    const isStill = list === proof.list && !proof.isFollowing;
    return turn(isStill ? state : withView(state, 'proof', {...proof, list, isFollowing: false}));
  }
  switch (action) {
    case 'continue':
      return turn(withWizard(state, {kind: 'went-next'}, tools));
    case 'open':
      return turn(rowCount(state) === 0 ? state : withView(state, 'proof', {...proof, opened: 0, isFollowing: false}));
    case 'back':
      return stop(state, tools);
    case 'next-field':
    case 'previous-field': {
      const shown = nextTab(proof.shown, action === 'next-field' ? 1 : -1);
      return turn(withView(state, 'proof', {...proofStart, shown, isFollowing: shown === 'connections'}));
    }
    default:
      return turn(state);
  }
}

/** A row that fills the screen. */
function actOnOpened(state: AppState, top: number, action: ActionId, tools: Tools): Turn {
  const {proof} = state.views;
  if (isListMove(action)) {
    const {width, height} = layoutAt(state);
    const lines = state.run === undefined ? [] : openedLines(state.run, proof.shown, proof.list.cursor, width);
    return turn(withView(state, 'proof', {...proof, opened: scrollText(top, action, lines.length, height)}));
  }
  if (action === 'back' || action === 'close') return turn(withView(state, 'proof', {...proof, opened: undefined}));
  return turn(action === 'continue' ? withWizard(state, {kind: 'went-next'}, tools) : state);
}

function stop(state: AppState, tools: Tools): Turn {
  const {place} = state.wizard;
  const isRunning = (place.at === 'issuing' && !place.stopping) || (place.at === 'proof' && !place.ended);
  return isRunning ? turn(withWizard(state, {kind: 'stop-asked'}, tools), {kind: 'stop-set-up'}) : turn(state);
}

import {enterLearn} from './learn/learn-logic.ts';
import {enterRotate} from './rotate/rotate-logic.ts';
import {isListMove, moveInList} from './parts/list-state.ts';
import type {Screen} from './screen.ts';
import {turn, withView, withWizard} from './screen.ts';

/** The three journeys. */
export const journeys = [
  {
    id: 'set-up',
    title: 'Set up',
    what: 'Make every certificate of a new cluster, and prove that every connection works.',
  },
  {
    id: 'rotate',
    title: 'Rotate',
    what: 'Renew the certificates of a running cluster, with a backup and a way back.',
  },
  {
    id: 'learn',
    title: 'Learn',
    what: 'Which certificate goes where, and why; break one and see what both sides say.',
  },
] as const;

export const homeScreen: Screen = {
  hints: () => [
    {action: 'accept', label: 'choose'},
    {action: 'up', with: 'down', label: 'journey'},
    {action: 'digit', label: 'journey', quiet: true},
    {action: 'first', with: 'last', quiet: true},
  ],
  isTyping: () => false,
  act: (state, action, tools, key) => {
    const {home} = state.views;
    if (isListMove(action)) {
      return turn(withView(state, 'home', moveInList(home, action, journeys.length, journeys.length)));
    }
    if (action === 'digit') {
      const chosen = Number(key) - 1;
      return turn(chosen < journeys.length ? withView(state, 'home', {cursor: chosen, top: 0}) : state);
    }
    const journey = journeys[home.cursor];
    if (action !== 'accept' || journey === undefined) return turn(state);
    switch (journey.id) {
      case 'set-up':
        return turn(withWizard(state, {kind: 'set-up-chosen'}, tools));
      case 'rotate':
        return enterRotate(state, tools);
      case 'learn':
        return enterLearn(state, tools);
      default:
        return journey satisfies never;
    }
  },
};

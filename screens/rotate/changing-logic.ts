import type {ActionId, Hint} from '../keys.ts';
import {isListMove} from '../parts/list-state.ts';
import {scrollText} from '../parts/scroll.ts';
import type {AppState, Turn} from '../screen.ts';
import {layoutAt, turn} from '../screen.ts';
import {answers, stepLines, stepRoom} from './changing-lines.ts';
import {resultCopies, resultLines} from './result-lines.ts';
import {isRestarting, type RotationRun} from './rotation-run.ts';
import {goTo, look, scrolling, type PlaceAt, type RotateScreen} from './rotate-place.ts';
import {countingGlyphs} from '../theme.ts';

/** Files are changed, components restarted and asked: there is nothing to do but to watch, to stop, and to answer. */
export const changingScreen: RotateScreen<PlaceAt<'changing'>> = {
  hints: (_, {run}) =>
    run.question === undefined
      ? [
          ...(run.isStopping ? [] : ([{action: 'back', label: stopLabel(run)}] as const)),
          {action: 'up', with: 'down', label: 'scroll'},
          ...scrolling,
        ]
      : [
          {action: 'accept', label: 'take this'},
          {action: 'up', with: 'down', label: 'choose'},
          {action: 'page-up', with: 'page-down', quiet: true},
        ],
  isTyping: () => false,
  act: (state, place, action) =>
    place.run.question === undefined ? watch(state, place, action) : answer(state, place, action),
};

function stopLabel(run: RotationRun): string {
  if (run.backup === undefined) return 'stop, and change nothing';
  return isRestarting(run) ? 'stop after this component' : 'stop the proof';
}

function watch(state: AppState, place: PlaceAt<'changing'>, action: ActionId): Turn {
  if (isListMove(action)) return turn(scrolled(state, place, action));
  return action === 'back' ? stopRotation(state) : turn(state);
}

/** No component is left stopped, and no file half changed. */
export function stopRotation(state: AppState): Turn {
  const {place} = state.rotate;
  if (place.at !== 'changing' || place.run.isStopping) return turn(state);
  return turn(goTo(state, {...place, run: {...place.run, isStopping: true}}), {
    kind: 'rotate',
    effect: {kind: 'stop-rotation'},
  });
}

function answer(state: AppState, place: PlaceAt<'changing'>, action: ActionId): Turn {
  switch (action) {
    case 'up':
    case 'down': {
      const next = Math.max(0, Math.min(answers.length - 1, place.answer + (action === 'down' ? 1 : -1)));
      return turn(goTo(state, {...place, answer: next}));
    }
    case 'page-up':
    case 'page-down':
      return turn(scrolled(state, place, action));
    case 'accept': {
      const chosen = answers[place.answer];
      if (chosen === undefined) return turn(state);
      return turn(goTo(state, {...place, run: {...place.run, question: undefined}, answer: 0}), {
        kind: 'rotate',
        effect: {kind: 'answer', answer: chosen.id},
      });
    }
    default:
      return turn(state);
  }
}

/** At its end it follows again. */
function scrolled(state: AppState, place: PlaceAt<'changing'>, move: Parameters<typeof scrollText>[1]): AppState {
  const layout = layoutAt(state);
  const count = stepLines(place.run, layout.width, countingGlyphs).length;
  const room = stepRoom(place.run, place.answer, layout, countingGlyphs);
  const last = scrollText(0, 'last', count, room);
  const top = scrollText(place.top ?? last, move, count, room);
  return goTo(state, {...place, top: top >= last ? undefined : top});
}

/** What came of it, and what is still to be done. */
export const resultScreen: RotateScreen<PlaceAt<'result'>> = {
  hints: (_, {run}) => {
    const copies: readonly Hint[] =
      resultCopies(run).length === 0 ? [] : [{action: 'copy', label: 'copy the commands'}];
    return [
      {action: 'accept', label: 'look at the node again'},
      ...copies,
      {action: 'up', with: 'down', label: 'scroll'},
      {action: 'back', quiet: true},
      ...scrolling,
    ];
  },
  isTyping: () => false,
  act: (state, place, action) => {
    const {root} = state.rotate;
    if (isListMove(action)) {
      const {width, height} = layoutAt(state);
      const lines = resultLines(place.run, width, width, countingGlyphs);
      return turn(goTo(state, {...place, top: scrollText(place.top, action, lines.length, height)}));
    }
    if (action === 'accept' || action === 'back') return look(state, root);
    return action === 'copy' ? copy(state, place) : turn(state);
  },
};

/** Pressed again, the next of them. */
function copy(state: AppState, place: PlaceAt<'result'>): Turn {
  const copies = resultCopies(place.run);
  const index = place.copied === undefined ? 0 : (place.copied + 1) % copies.length;
  const choice = copies[index];
  if (choice === undefined) return turn(state);
  const next = copies.length === 1 ? undefined : copies[(index + 1) % copies.length]?.what;
  return turn(goTo(state, {...place, copied: index}), {kind: 'preview', effect: {kind: 'copy', choice, next}});
}

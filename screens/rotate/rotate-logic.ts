/** One file, because every place of Rotate, and who has the keys there, is told apart in one place. */

import {recoveredText} from '../../src/report/recovered-text.ts';
import {closed} from '../overlays.ts';
import {textField} from '../parts/text-field-state.ts';
import type {AppState, Screen, Turn} from '../screen.ts';
import {layoutAt, turn, withWizard} from '../screen.ts';
import type {Tools} from '../services.ts';
import {listStart} from '../parts/list-state.ts';
import {oneLine} from '../parts/text-field-state.ts';
import {changingScreen, resultScreen} from './changing-logic.ts';
import {differenceListHeight} from './difference-lines.ts';
import {differenceRows} from './difference-rows.ts';
import {differenceScreen, preparingScreen} from './difference-logic.ts';
import {inventoryListHeight} from './inventory-lines.ts';
import {inventoryScreen} from './inventory-logic.ts';
import {itemScreen, namesScreen} from './item-logic.ts';
import {folderScreen, interruptedScreen, lookingScreen} from './look-logic.ts';
import {optionsScreen} from './options-logic.ts';
import type {RotateEvent} from './rotate-effects.ts';
import {goTo, look, tell, withRotate, type PlaceAt, type RotateScreen} from './rotate-place.ts';
import {withNode, type RotatePlace} from './rotate-state.ts';
import {afterEvents} from './rotation-run.ts';
import {standOn} from './row-list.ts';
import {choiceStart} from './wish.ts';

/** The screen of the place where one is, with the place in hand. */
function screenAt(place: RotatePlace): Screen {
  switch (place.at) {
    case 'looking':
      return bound(lookingScreen, place);
    case 'folder':
      return bound(folderScreen, place);
    case 'interrupted':
      return bound(interruptedScreen, place);
    case 'inventory':
      return bound(inventoryScreen, place);
    case 'item':
      return bound(itemScreen, place);
    case 'names':
      return bound(namesScreen, place);
    case 'options':
      return bound(optionsScreen, place);
    case 'preparing':
      return bound(preparingScreen, place);
    case 'difference':
      return bound(differenceScreen, place);
    case 'changing':
      return bound(changingScreen, place);
    case 'result':
      return bound(resultScreen, place);
    default:
      return place satisfies never;
  }
}

function bound<Place extends RotatePlace>(screen: RotateScreen<Place>, place: Place): Screen {
  return {
    hints: (state) => screen.hints(state, place),
    isTyping: (state) => screen.isTyping(state, place),
    act: (state, action, tools) => screen.act(state, place, action, tools),
    type: (state, text) => turn(screen.type?.(state, place, text) ?? state),
  };
}

export const rotateScreen: Screen = {
  hints: (state, tools) => screenAt(state.rotate.place).hints(state, tools),
  isTyping: (state, tools) => screenAt(state.rotate.place).isTyping(state, tools),
  act: (state, action, tools, key) => screenAt(state.rotate.place).act(state, action, tools, key),
  type: (state, text, tools) => screenAt(state.rotate.place).type?.(state, text, tools) ?? turn(state),
  paste: (state, text, tools) => {
    const screen = screenAt(state.rotate.place);
    return screen.isTyping(state, tools) ? (screen.type?.(state, oneLine(text), tools) ?? turn(state)) : turn(state);
  },
};

/** From the first screen: the node is looked at at once. */
export function enterRotate(state: AppState, tools: Tools): Turn {
  return look(withWizard(state, {kind: 'rotate-chosen'}, tools), state.rotate.root);
}

export function isRotating({wizard, rotate}: AppState): boolean {
  return wizard.place.at === 'rotate' && rotate.place.at === 'changing';
}

/** Takes what came of an effect; what comes too late for the place where one is by now is let go. */
export function takeRotateEvent(state: AppState, event: RotateEvent, tools: Tools): Turn {
  const {rotate} = state;
  const {place} = rotate;
  switch (event.kind) {
    case 'looked':
      return turn(
        place.at === 'looking'
          ? {...state, rotate: withNode(rotate, event.view, inventoryListHeight(layoutAt(state)))}
          : state,
      );
    case 'not-looked':
      return turn(
        place.at === 'looking'
          ? goTo(state, {at: 'folder', field: textField(rotate.root), failure: event.failure})
          : state,
      );
    case 'prepared':
      return turn(place.at === 'preparing' ? withDifference(state, event) : state);
    case 'not-prepared':
      return turn(place.at === 'preparing' ? goTo(state, {at: 'preparing', failure: event.failure}) : state);
    case 'recovered':
      return place.at === 'interrupted' ? afterRecovery(state, event, tools) : turn(state);
    case 'not-recovered':
      return turn(
        place.at === 'interrupted'
          ? goTo(state, {at: 'interrupted', isRecovering: false, failure: event.failure})
          : state,
      );
    case 'told':
      return turn(
        place.at === 'changing'
          ? goTo(state, {...place, run: afterEvents(place.run, event.events, tools.now().getTime())})
          : state,
      );
    case 'asked': {
      if (place.at !== 'changing') return turn(state);
      // Whatever lies over it, it has to be seen.
      return turn(goTo(closed(state), {...place, run: {...place.run, question: event.question}, answer: 0}));
    }
    case 'ended':
      return place.at === 'changing' ? afterRotation(state, place, event, tools) : turn(state);
    default:
      return event satisfies never;
  }
}

function withDifference(state: AppState, {shown, restarts}: RotateEvent & {readonly kind: 'prepared'}): AppState {
  const {node} = state.rotate;
  if (node === undefined) return state;
  const difference = {shown, restarts, opened: undefined, failure: undefined};
  const height = differenceListHeight(layoutAt(state));
  const differenceList = standOn(listStart, differenceRows(difference, node.view), height);
  return withRotate(state, {place: {at: 'difference', ...difference}, differenceList});
}

function afterRecovery(state: AppState, {recovered}: RotateEvent & {readonly kind: 'recovered'}, tools: Tools): Turn {
  const words = recovered === undefined ? 'Nothing was left to finish.' : recoveredText(recovered);
  return look(tell(state, 'good', words, tools), state.rotate.root);
}

/** With nothing changed one is back at the difference; with the files changed there is a result, however it ended. */
function afterRotation(
  state: AppState,
  {run, difference}: PlaceAt<'changing'>,
  {failure}: RotateEvent & {readonly kind: 'ended'},
  tools: Tools,
): Turn {
  const leaving = state.isLeaving ? ([{kind: 'leave', exitCode: 130}] as const) : [];
  if (run.backup === undefined && run.outcome === undefined) {
    const back = goTo(state, {at: 'difference', ...difference, failure});
    return turn(failure === undefined ? tell(back, 'warn', 'Stopped. Nothing was changed.', tools) : back, ...leaving);
  }
  const ended = {...run, question: undefined, failure};
  const result = withRotate(state, {
    place: {at: 'result', run: ended, top: 0, copied: undefined},
    ended,
    // What was chosen is done, and what is to be chosen next is for the next look to say.
    choice: choiceStart,
  });
  return turn(result, ...leaving);
}

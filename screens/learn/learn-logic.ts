import {isListMove, moveInList} from '../parts/list-state.ts';
import type {AppState, Screen, Turn} from '../screen.ts';
import {turn, withWizard} from '../screen.ts';
import type {Tools} from '../services.ts';
import type {IntoRoom, LearnEvent} from './learn-state.ts';
import {roomIds, rooms} from './rooms.ts';

/** Where the rooms are chosen. */
const menuScreen: Screen = {
  hints: () => [
    {action: 'accept', label: 'choose'},
    {action: 'up', with: 'down', label: 'room'},
    {action: 'digit', label: 'room', keys: `1-${roomIds.length}`, quiet: true},
    {action: 'first', with: 'last', quiet: true},
    {action: 'back'},
  ],
  isTyping: () => false,
  act: (state, action, tools, key) => {
    const {learn} = state;
    if (isListMove(action)) {
      const menu = moveInList(learn.menu, action, roomIds.length, roomIds.length);
      return turn({...state, learn: {...learn, menu}});
    }
    if (action === 'back') return turn(withWizard(state, {kind: 'went-back'}, tools));
    if (action === 'digit') {
      const cursor = Number(key) - 1;
      return turn(roomIds[cursor] === undefined ? state : {...state, learn: {...learn, menu: {cursor, top: 0}}});
    }
    const room = roomIds[learn.menu.cursor];
    return action === 'accept' && room !== undefined ? enterRoom(state, {room, given: undefined}, tools) : turn(state);
  },
};

export const learnScreen: Screen = {
  hints: (state, tools) => screenOf(state).hints(state, tools),
  signs: (state, tools, glyphs) => screenOf(state).signs?.(state, tools, glyphs),
  isTyping: (state, tools) => screenOf(state).isTyping(state, tools),
  act: (state, action, tools, key) => screenOf(state).act(state, action, tools, key),
  type: (state, text, tools) => screenOf(state).type?.(state, text, tools) ?? turn(state),
  paste: (state, text, tools) => screenOf(state).paste?.(state, text, tools) ?? turn(state),
};

function screenOf({learn}: AppState): Screen {
  return learn.at === 'menu' ? menuScreen : rooms[learn.at].screen;
}

/** From the first screen. */
export function enterLearn(state: AppState, tools: Tools): Turn {
  return turn(withWizard(state, {kind: 'learn-chosen'}, tools));
}

/** Into one of the rooms; `given`: what was named in it. */
export function enterRoom(state: AppState, {room, given}: IntoRoom, tools: Tools): Turn {
  const menu = {cursor: roomIds.indexOf(room), top: 0};
  return rooms[room].enter({...state, learn: {...state.learn, menu}}, given, tools);
}

export function takeLearnEvent(state: AppState, event: LearnEvent, tools: Tools): Turn {
  switch (event.room) {
    case 'map':
      return rooms.map.take(state, event.tell, tools);
    case 'stories':
      return rooms.stories.take(state, event.tell, tools);
    case 'quiz':
      return rooms.quiz.take(state, event.tell, tools);
    case 'lab':
      return rooms.lab.take(state, event.tell, tools);
    case 'explain':
      return rooms.explain.take(state, event.tell, tools);
    default:
      return event satisfies never;
  }
}

import {said} from '../../src/wizard/wizard-state.ts';
import {lessonsIn} from '../../src/lessons/languages.ts';
import {mapSigns} from '../../src/report/map-signs.ts';
import {glyphSet} from '../parts/map-paint.ts';
import {oneLine} from '../parts/text-field-state.ts';
import type {Painted} from '../parts/page.tsx';
import type {AppState, Screen, Turn} from '../screen.ts';
import {layoutAt, turn, withWizard} from '../screen.ts';
import type {Tools} from '../services.ts';
import type {Glyphs} from '../theme.ts';
import type {Asks, LearnEffect, LearnState, RoomId, Tells, Views} from './learn-state.ts';
import type {Around, Room, RoomTurn} from './room.ts';

/** A room as the wizard sees it: its view is taken out of the state, and put back. */
export interface BoundRoom {
  readonly title: string;
  /** What one does in it. */
  readonly what: string;
  readonly screen: Screen;
  readonly enter: (state: AppState, given: string | undefined, tools: Tools) => Turn;
  readonly crumbs: (learn: LearnState) => readonly string[];
  readonly progress: (learn: LearnState) => string;
  readonly paint: (state: AppState, tools: Tools, glyphs: Glyphs) => Painted;
}

export interface BoundTo<Id extends RoomId> extends BoundRoom {
  readonly take: (state: AppState, tell: Tells[Id], tools: Tools) => Turn;
}

interface Named<Id extends RoomId> {
  readonly id: Id;
  readonly title: string;
  readonly what: string;
  readonly effect: (ask: Asks[Id]) => LearnEffect;
}

export function bind<Id extends RoomId>(
  {id, title, what, effect}: Named<Id>,
  room: Room<Views[Id], Asks[Id], Tells[Id]>,
): BoundTo<Id> {
  const viewIn = ({views}: LearnState): Views[Id] => views[id];
  const around = (state: AppState, tools: Tools): Around => ({layout: layoutAt(state), tools});
  const hasMap = (state: AppState, tools: Tools): boolean =>
    room.hasMap?.(viewIn(state.learn), around(state, tools)) === true;
  const settle = (
    state: AppState,
    {view, asks = [], isLeft, says}: RoomTurn<Views[Id], Asks[Id]>,
    tools: Tools,
  ): Turn => {
    const {learn} = state;
    const views = view === viewIn(learn) ? learn.views : {...learn.views, [id]: view};
    const at = isLeft === true ? 'menu' : learn.at;
    const isSame = views === learn.views && at === learn.at;
    const next = isSame ? state : {...state, learn: {...learn, at, views}};
    return turn(
      says === undefined ? next : withWizard(next, {kind: 'noticed', notice: said('plain', says)}, tools),
      ...asks.map((ask) => ({kind: 'learn', effect: effect(ask)}) as const),
    );
  };
  const type = (state: AppState, text: string, tools: Tools): Turn =>
    room.type === undefined
      ? turn(state)
      : settle(state, room.type(viewIn(state.learn), text, around(state, tools)), tools);
  return {
    title,
    what,
    screen: {
      hints: (state, tools) => [
        ...room.hints(viewIn(state.learn), around(state, tools)),
        ...(hasMap(state, tools) ? ([{action: 'help', label: 'help, signs'}] as const) : []),
      ],
      signs: (state, tools, glyphs) => {
        if (!hasMap(state, tools)) return undefined;
        const {map} = lessonsIn(tools.language);
        return {title: map.signsTitle, signs: mapSigns(map, glyphSet(glyphs))};
      },
      isTyping: (state) => room.isTyping(viewIn(state.learn)),
      act: (state, action, tools, key) =>
        settle(state, room.act(viewIn(state.learn), action, around(state, tools), key), tools),
      type,
      paste: (state, text, tools) => {
        const view = viewIn(state.learn);
        if (room.paste !== undefined) return settle(state, room.paste(view, text, around(state, tools)), tools);
        return room.isTyping(view) ? type(state, oneLine(text), tools) : turn(state);
      },
    },
    enter: (state, given, tools) => {
      const inside: AppState = {...state, learn: {...state.learn, at: id}};
      return settle(inside, room.enter(viewIn(state.learn), given, around(inside, tools)), tools);
    },
    take: (state, tell, tools) => settle(state, room.take(viewIn(state.learn), tell, around(state, tools)), tools),
    crumbs: (learn) => [title, ...room.crumbs(viewIn(learn))],
    progress: (learn) => room.progress(viewIn(learn)),
    paint: (state, tools, glyphs) => room.paint(viewIn(state.learn), {...around(state, tools), glyphs}),
  };
}

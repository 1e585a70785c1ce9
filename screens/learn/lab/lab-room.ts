import type {OfferedFault} from '../../../src/journeys/lab-services.ts';
import type {RunFailure} from '../../../src/wizard/wizard-state.ts';
import type {ActionId} from '../../keys.ts';
import {isListMove, moveInList} from '../../parts/list-state.ts';
import {type ScrolledPart, scrollHints, scrollText} from '../../parts/scroll.ts';
import type {Around, Room} from '../room.ts';
import {stay} from '../room.ts';
import {labHints} from './lab-hints.ts';
import {paintLab, questionRoom} from './lab-lines.ts';
import {answersOf, type LabAsk, type LabPlace, type LabTell, type LabView, type PlaceAt} from './lab-state.ts';
import {counting, type LabTurn, lookAtTold, toldRoom, toList, withReal} from './told-logic.ts';
import {mendedText} from './told-lines.ts';

/** A fault is chosen, guessed at, seen and mended. */
export const labRoom: Room<LabView, LabAsk, LabTell> = {
  enter: (view, given) => {
    const place: LabPlace = {at: 'list', given, failure: undefined};
    if (view.offered === undefined) return stay({...view, place}, {kind: 'find'});
    return given === undefined ? stay(view) : begun({...view, place}, given);
  },
  crumbs: ({place}) => (place.at === 'list' ? [] : [faultOf(place).id]),
  progress: ({place}) => stepOf(place),
  hints: (view, around) => labHints(view, scrollHints(scrolledPart(view, around))),
  hasMap: ({place}) => place.at === 'question' || place.at === 'told' || place.at === 'mended',
  isTyping: () => false,
  act: (view, action, around, key) => {
    const {place} = view;
    switch (place.at) {
      case 'list':
        return chooseFault(view, place, action, around);
      case 'breaking':
      case 'trying':
      case 'mending':
        return action === 'back' ? toList(view, {kind: 'stop'}) : stay(view);
      case 'question':
        return guess(view, place, action, around, key);
      case 'told':
        return lookAtTold(view, place, action, around);
      case 'mended':
        return afterMending(view, place, action, around);
      default:
        return place satisfies never;
    }
  },
  take,
  paint: (view, {layout, tools, glyphs}) => paintLab(view, {language: tools.language, layout, glyphs}),
};

/** How much of the text that is shown there is, and in how many rows. */
function scrolledPart({place}: LabView, around: Around): ScrolledPart {
  const {height} = around.layout;
  switch (place.at) {
    case 'question': {
      const {count, room} = questionRoom(place, counting(around));
      return {count, height: room};
    }
    case 'told':
      return toldRoom(place, around);
    case 'mended':
      return {count: mendedText(place, counting(around)).length, height};
    case 'list':
    case 'breaking':
    case 'trying':
    case 'mending':
      return {count: 0, height};
    default:
      return place satisfies never;
  }
}

function faultOf(place: Exclude<LabPlace, PlaceAt<'list'>>): OfferedFault {
  switch (place.at) {
    case 'breaking':
      return place.fault;
    case 'question':
    case 'trying':
      return place.stage.fault;
    case 'told':
    case 'mending':
    case 'mended':
      return place.told.fault;
    default:
      return place satisfies never;
  }
}

function stepOf({at}: LabPlace): string {
  switch (at) {
    case 'list':
      return '';
    case 'breaking':
      return 'step 1/4';
    case 'question':
      return 'step 2/4';
    case 'trying':
    case 'told':
      return 'step 3/4';
    case 'mending':
    case 'mended':
      return 'step 4/4';
    default:
      return at satisfies never;
  }
}

function toListWith(view: LabView, failure: RunFailure): LabTurn {
  return stay({...view, place: {at: 'list', given: undefined, failure}});
}

function notPossible(id: string): RunFailure {
  return {
    message: `${id} cannot happen to this cluster: it has nothing of the kind`,
    nextSteps: ['choose another fault here, or another cluster with --preset'],
    problems: [],
  };
}

/** What the command line named is broken at once. */
function begun(view: LabView, given: string | undefined): LabTurn {
  const index = view.offered?.findIndex(({id}) => id === given) ?? -1;
  const fault = view.offered?.[index];
  if (fault === undefined) return given === undefined ? stay(view) : toListWith(view, notPossible(given));
  return stay({...view, cursor: index, place: {at: 'breaking', fault}}, {kind: 'break', fault});
}

function chooseFault(view: LabView, place: PlaceAt<'list'>, action: ActionId, {layout}: Around): LabTurn {
  const {offered, cursor} = view;
  // What was made for it does not outlive the room.
  if (action === 'back') return {view, asks: [{kind: 'close'}], isLeft: true};
  if (offered === undefined) return stay(view);
  if (isListMove(action)) {
    const moved = moveInList({cursor, top: 0}, action, offered.length, layout.height);
    return stay({...view, cursor: moved.cursor, place: {...place, failure: undefined}});
  }
  return action === 'accept' ? begun(view, offered[cursor]?.id) : stay(view);
}

function guess(view: LabView, place: PlaceAt<'question'>, action: ActionId, around: Around, key: string): LabTurn {
  const {stage, choice} = place;
  const answers = answersOf(stage);
  switch (action) {
    case 'up':
    case 'down': {
      const next = moveInList({cursor: choice, top: 0}, action, answers.length, answers.length);
      return stay({...view, place: {...place, choice: next.cursor}});
    }
    case 'page-up':
    case 'page-down': {
      const {count, room} = questionRoom(place, counting(around));
      return stay({...view, place: {...place, top: scrollText(place.top, action, count, room)}});
    }
    case 'accept':
      return stay({...view, place: {at: 'trying', stage, guess: answers[choice]}}, {kind: 'try'});
    case 'digit': {
      const chosen = Number(key) - 1;
      return stay(answers.length > chosen && chosen >= 0 ? {...view, place: {...place, choice: chosen}} : view);
    }
    case 'back':
      return toList(view);
    default:
      return stay(view);
  }
}

function afterMending(view: LabView, place: PlaceAt<'mended'>, action: ActionId, around: Around): LabTurn {
  if (isListMove(action)) {
    const count = mendedText(place, counting(around)).length;
    return stay({...view, place: {...place, top: scrollText(place.top, action, count, around.layout.height)}});
  }
  if (action === 'on-map') return stay({...view, place: {...place, isMap: !place.isMap}});
  if (action === 'back') return place.isMap ? stay({...view, place: {...place, isMap: false}}) : toList(view);
  if (action !== 'accept') return stay(view);
  return toList({...view, cursor: nextUnmended(view)});
}

/** The next that is not mended yet, from here on and round; here, when all are. */
function nextUnmended({offered = [], mended, cursor}: LabView): number {
  const later = offered.map((_, index) => (cursor + 1 + index) % offered.length);
  return later.find((index) => offered[index] !== undefined && !mended.has(offered[index].id)) ?? cursor;
}

function take(view: LabView, tell: LabTell, around: Around): LabTurn {
  const {place} = view;
  switch (tell.kind) {
    case 'found': {
      const {offered, realVersion} = tell;
      const found: LabView = {...view, offered, realVersion, mended: new Set([...view.mended, ...tell.mended])};
      return place.at === 'list' ? begun(found, place.given) : stay(found);
    }
    case 'broken':
      if (place.at !== 'breaking') return stay(view);
      return stay({...view, place: {at: 'question', stage: tell.stage, choice: 0, top: 0}});
    case 'tried': {
      if (place.at !== 'trying') return stay(view);
      const {trials, canHearReal} = tell;
      const told = {...place.stage, guess: place.guess, trials, canHearReal};
      return stay({...view, place: {at: 'told', told, real: {kind: 'not-asked'}, pane: {kind: 'text'}, top: 0}});
    }
    case 'mended': {
      if (place.at !== 'mending') return stay(view);
      const {told} = place;
      const {id} = told.fault;
      const next: LabView = {...view, place: {at: 'mended', told, mended: tell.mended, top: 0, isMap: false}};
      if (!tell.mended.isWhole || view.mended.has(id)) return stay(next);
      return stay({...next, mended: new Set([...view.mended, id])}, {kind: 'remember', fault: id});
    }
    case 'heard':
      return stay(withReal(view, {kind: 'heard', words: tell.words}, around));
    case 'not-heard':
      return stay(withReal(view, {kind: 'failed', failure: tell.failure}, around));
    case 'failed':
      return toListWith(view, tell.failure);
    default:
      return tell satisfies never;
  }
}

import type {ActionId} from '../../keys.ts';
import {isListMove, type ListMove, moveInList} from '../../parts/list-state.ts';
import {type ScrolledPart, scrollText} from '../../parts/scroll.ts';
import {countingGlyphs} from '../../theme.ts';
import type {Around, RoomTurn} from '../room.ts';
import {stay} from '../room.ts';
import type {LabLook} from './lab-look.ts';
import type {LabAsk, LabView, PlaceAt} from './lab-state.ts';
import {otherLines, realTop, toldLines} from './told-lines.ts';

/** What is done where it is told what came of it: looked at from all sides, asked of real programs, mended. */

export type LabTurn = RoomTurn<LabView, LabAsk>;

export function lookAtTold(view: LabView, place: PlaceAt<'told'>, action: ActionId, around: Around): LabTurn {
  const {pane} = place;
  const withPane = (next: PlaceAt<'told'>['pane']): LabTurn => stay({...view, place: {...place, pane: next}});
  switch (pane.kind) {
    case 'text':
      return lookAtText(view, place, action, around);
    case 'others':
      if (action === 'back') return withPane({kind: 'text'});
      if (action === 'open') return withPane({kind: 'other', cursor: pane.cursor, top: 0});
      return isListMove(action) ? withPane({...pane, cursor: moved(pane.cursor, action, place, around)}) : stay(view);
    case 'other':
      if (action === 'back') return withPane({kind: 'others', cursor: pane.cursor});
      if (!isListMove(action)) return stay(view);
      return withPane({
        ...pane,
        top: scrolled(pane.top, action, toldRoom(place, around)),
      });
    case 'map':
      return action === 'back' || action === 'on-map' ? withPane({kind: 'text'}) : stay(view);
    default:
      return pane satisfies never;
  }
}

/** How much there is to scroll, and in how many rows. */
export function toldRoom(place: PlaceAt<'told'>, around: Around): ScrolledPart {
  const {told, real, pane} = place;
  const {height} = around.layout;
  switch (pane.kind) {
    case 'text':
      return {
        count: toldLines({told, real}, counting(around)).length,
        height: height - (real.kind === 'starting' ? 1 : 0),
      };
    case 'other':
      return {count: otherLines(told, pane.cursor, counting(around)).length, height};
    case 'others':
    case 'map':
      return {count: 0, height};
    default:
      return pane satisfies never;
  }
}

function scrolled(top: number, move: ListMove, {count, height}: ScrolledPart): number {
  return scrollText(top, move, count, height);
}

function moved(cursor: number, action: ListMove, {told}: PlaceAt<'told'>, {layout}: Around): number {
  return moveInList({cursor, top: 0}, action, told.trials.length - 1, layout.height).cursor;
}

function lookAtText(view: LabView, place: PlaceAt<'told'>, action: ActionId, around: Around): LabTurn {
  const {told, real} = place;
  const isStarting = real.kind === 'starting';
  if (isListMove(action)) {
    return stay({...view, place: {...place, top: scrolled(place.top, action, toldRoom(place, around))}});
  }
  if (isStarting) {
    if (action !== 'back') return stay(view);
    return stay({...view, place: {...place, real: {kind: 'not-asked'}}}, {kind: 'stop'});
  }
  switch (action) {
    case 'accept':
      return stay({...view, place: {at: 'mending', told}}, {kind: 'mend', fault: told.fault.id});
    case 'connections':
      return stay({...view, place: {...place, pane: {kind: 'others', cursor: 0}}});
    case 'on-map':
      return stay({...view, place: {...place, pane: {kind: 'map'}}});
    case 'real-programs':
      return stay(
        {...view, place: {...place, real: {kind: 'starting'}, top: 0}},
        {kind: 'hear-real', fault: told.fault},
      );
    case 'back':
      return toList(view);
    default:
      return stay(view);
  }
}

/** What was waited for is what is shown. */
export function withReal(view: LabView, real: PlaceAt<'told'>['real'], around: Around): LabView {
  const {place} = view;
  if (place.at !== 'told' || place.real.kind !== 'starting') return view;
  const told = {...place, real};
  return {...view, place: {...told, pane: {kind: 'text'}, top: realTop(told, counting(around))}};
}

export function toList(view: LabView, ...asks: readonly LabAsk[]): LabTurn {
  return stay({...view, place: {at: 'list', given: undefined, failure: undefined}}, ...asks);
}

export function counting({layout, tools}: Around): LabLook {
  return {layout, language: tools.language, glyphs: countingGlyphs};
}

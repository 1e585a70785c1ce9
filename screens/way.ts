import type {PageId} from '../src/wizard/step.ts';
import type {Place, WizardState} from '../src/wizard/wizard-state.ts';
import {pageStates} from '../src/wizard/wizard-state.ts';
import type {RailStep} from './parts/rail.tsx';
import type {RotateState} from './rotate/rotate-state.ts';
import type {LearnState} from './learn/learn-state.ts';
import {learnCrumbs, learnProgress} from './learn/learn-way.ts';
import {rotateCrumbs, rotateProgress, rotateWay} from './rotate/rotate-way.ts';
import type {Tools} from './services.ts';
import {pageWords} from '../src/wizard/pages.ts';

/** The steps of the journey, and how far each is: of Set up from the origin to the proof. */
export function wayOf(state: WizardState, rotate: RotateState, tools: Tools): readonly RailStep[] {
  if (state.place.at === 'rotate') return rotateWay(rotate);
  const {place, origin, prepared} = state;
  const here = stationOf(place);
  const pages = pageStates(state, tools).map(({page, state: pageState}): Station => {
    const done = pageState === 'done' || (pageState === 'to-do' && isPast(place));
    return {id: page, title: pageWords[page].short, state: pageState === 'error' ? 'error' : done ? 'done' : 'to do'};
  });
  const stations: readonly Station[] = [
    {id: 'start', title: 'Start', state: origin === undefined ? 'to do' : 'done'},
    ...pages,
    {id: 'preview', title: 'Preview', state: prepared !== undefined && isPast(place) ? 'done' : 'to do'},
    {id: 'issue', title: 'Issue', state: isIssued(place) ? 'done' : 'to do'},
    {id: 'proof', title: 'Proof', state: place.at === 'bootstrap' || place.at === 'done' ? 'done' : 'to do'},
    {id: 'bootstrap', title: 'Join', state: place.at === 'done' ? 'done' : 'to do'},
  ];
  return stations.map(({id, title, state: stationState}) => ({
    title,
    state: id === here && stationState !== 'error' && place.at !== 'done' ? 'now' : stationState,
  }));
}

/** `step 3/9`; nothing where there are no steps. */
export function progressWord(state: WizardState, journeys: Journeys, tools: Tools): string {
  if (state.place.at === 'rotate') return rotateProgress(journeys.rotate);
  if (state.place.at === 'learn') return learnProgress(journeys.learn);
  const way = wayOf(state, journeys.rotate, tools);
  const ids = stationIds(state, tools);
  const index = ids.indexOf(stationOf(state.place) ?? '');
  return index === -1 ? '' : `step ${index + 1}/${way.length}`;
}

/** The journeys that have places of their own. */
interface Journeys {
  readonly rotate: RotateState;
  readonly learn: LearnState;
}

export function crumbsOf({place}: WizardState, {rotate, learn}: Journeys): readonly string[] {
  switch (place.at) {
    case 'home':
      return ['certwright'];
    case 'rotate':
      return rotateCrumbs(rotate);
    case 'learn':
      return learnCrumbs(learn);
    case 'start':
      return ['certwright', 'Set up', 'Start'];
    case 'page':
      return ['certwright', 'Set up', pageWords[place.page].title];
    case 'preview':
      return ['certwright', 'Set up', 'Preview'];
    case 'target':
    case 'issuing':
      return ['certwright', 'Set up', 'Issue'];
    case 'proof':
      return ['certwright', 'Set up', 'Proof'];
    case 'bootstrap':
      return ['certwright', 'Set up', 'Join'];
    case 'done':
      return ['certwright', 'Set up', 'Done'];
    default:
      return place satisfies never;
  }
}

type StationId = 'start' | PageId | 'preview' | 'issue' | 'proof' | 'bootstrap';

interface Station {
  readonly id: StationId;
  readonly title: string;
  readonly state: 'done' | 'to do' | 'error';
}

function stationIds(state: WizardState, tools: Tools): readonly string[] {
  return ['start', ...pageStates(state, tools).map(({page}) => page), 'preview', 'issue', 'proof', 'bootstrap'];
}

function stationOf(place: Place): StationId | undefined {
  switch (place.at) {
    case 'home':
    case 'rotate':
    case 'learn':
      return undefined;
    case 'page':
      return place.page;
    case 'start':
    case 'preview':
    case 'proof':
    case 'bootstrap':
      return place.at;
    case 'target':
    case 'issuing':
      return 'issue';
    case 'done':
      return 'bootstrap';
    default:
      return place satisfies never;
  }
}

/** Past the preview. */
function isPast({at}: Place): boolean {
  return at === 'target' || at === 'issuing' || isIssued({at});
}

function isIssued({at}: Pick<Place, 'at'>): boolean {
  return at === 'proof' || at === 'bootstrap' || at === 'done';
}

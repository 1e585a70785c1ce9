import type {Hint} from '../../keys.ts';
import {answersOf, type LabView, type PlaceAt} from './lab-state.ts';

/** The keys that are alive in the lab. */

/** @param scroll of the text that is shown */
export function labHints({place, realVersion, offered}: LabView, scroll: readonly Hint[]): readonly Hint[] {
  switch (place.at) {
    case 'list':
      return [
        ...(offered === undefined ? [] : ([{action: 'accept', label: 'break it'}] as const)),
        {action: 'up', with: 'down', label: 'fault'},
        {action: 'page-up', with: 'page-down', quiet: true},
        {action: 'first', with: 'last', quiet: true},
        {action: 'back'},
      ];
    case 'breaking':
    case 'trying':
    case 'mending':
      return [{action: 'back', label: 'stop'}];
    case 'question':
      return [
        {action: 'accept', label: 'this is it'},
        {action: 'up', with: 'down', label: 'answer'},
        {action: 'digit', label: 'answer', keys: `1-${answersOf(place.stage).length}`, quiet: true},
        {action: 'back', label: 'faults'},
        // The arrows move among the answers.
        ...(scroll.length === 0 ? [] : ([{action: 'page-up', with: 'page-down', label: 'scroll'}] as const)),
      ];
    case 'told':
      return toldHints(place, realVersion, scroll);
    case 'mended':
      return place.isMap
        ? [{action: 'accept', label: 'next fault'}, {action: 'on-map', label: 'close the map'}, {action: 'back'}]
        : [{action: 'accept', label: 'next fault'}, {action: 'on-map'}, {action: 'back', label: 'faults'}, ...scroll];
    default:
      return place satisfies never;
  }
}

function toldHints(
  {told, real, pane}: PlaceAt<'told'>,
  realVersion: string | undefined,
  scroll: readonly Hint[],
): readonly Hint[] {
  switch (pane.kind) {
    case 'text': {
      if (real.kind === 'starting') return [{action: 'back', label: 'stop'}, ...scroll];
      const others: readonly Hint[] = told.trials.length > 1 ? [{action: 'connections', label: 'other calls'}] : [];
      const withReal: readonly Hint[] =
        told.canHearReal && realVersion !== undefined ? [{action: 'real-programs', label: 'real programs'}] : [];
      return [
        {action: 'accept', label: 'mend the fault'},
        ...others,
        ...withReal,
        {action: 'on-map'},
        {action: 'back', label: 'faults'},
        ...scroll,
      ];
    }
    case 'others':
      return [
        {action: 'open', keys: 'enter'},
        {action: 'up', with: 'down', label: 'connection'},
        {action: 'page-up', with: 'page-down', quiet: true},
        {action: 'first', with: 'last', quiet: true},
        {action: 'back'},
      ];
    case 'other':
      return [...scroll, {action: 'back'}];
    case 'map':
      return [{action: 'on-map', label: 'close the map'}, {action: 'back'}];
    default:
      return pane satisfies never;
  }
}

import type {RailStep} from '../parts/rail.tsx';
import type {RotatePlace, RotateState} from './rotate-state.ts';

const stations = ['Look', 'Choose', 'Difference', 'Change', 'Restart', 'Result'] as const;
type Station = (typeof stations)[number];

/** The steps of Rotate, and how far one is. */
export function rotateWay({place}: RotateState): readonly RailStep[] {
  const here = stations.indexOf(stationOf(place));
  return stations.map((title, index): RailStep => {
    if (index < here) return {title, state: 'done'};
    return {title, state: index === here ? 'now' : 'to do'};
  });
}

export function rotateProgress({place}: RotateState): string {
  return `step ${stations.indexOf(stationOf(place)) + 1}/${stations.length}`;
}

export function rotateCrumbs({place}: RotateState): readonly string[] {
  const station = stationOf(place);
  switch (place.at) {
    case 'item':
      return ['certwright', 'Rotate', station, place.row.kind === 'problem' ? 'Problem' : 'Certificate'];
    case 'names':
      return ['certwright', 'Rotate', station, 'Names'];
    case 'options':
      return ['certwright', 'Rotate', station, 'How'];
    case 'looking':
    case 'folder':
    case 'interrupted':
    case 'inventory':
    case 'preparing':
    case 'difference':
    case 'changing':
    case 'result':
      return ['certwright', 'Rotate', station];
    default:
      return place satisfies never;
  }
}

function stationOf(place: RotatePlace): Station {
  switch (place.at) {
    case 'looking':
    case 'folder':
    case 'interrupted':
      return 'Look';
    case 'inventory':
    case 'item':
    case 'names':
    case 'options':
      return 'Choose';
    case 'preparing':
    case 'difference':
      return 'Difference';
    case 'changing':
      return place.run.backup === undefined ? 'Change' : 'Restart';
    case 'result':
      return 'Result';
    default:
      return place satisfies never;
  }
}

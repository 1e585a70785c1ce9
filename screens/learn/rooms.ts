import {bind, type BoundRoom} from './bind.ts';
import {explainRoom} from './explain/explain-room.ts';
import {labRoom} from './lab/lab-room.ts';
import type {RoomId} from './learn-state.ts';
import {mapRoom} from './map/map-room.ts';

/** The rooms, in the order to go through them. */
export const rooms = {
  map: bind(
    {
      id: 'map',
      title: 'Map',
      what: 'Who calls whom, with which certificates: a preset, a plan, a bundle, or this node as it is.',
      effect: (ask) => ({room: 'map', ask}),
    },
    mapRoom,
  ),
  explain: bind(
    {
      id: 'explain',
      title: 'Explain',
      what: 'Type a name, a file or a flag, or paste an error: what it is, and what to do.',
      effect: (ask) => ({room: 'explain', ask}),
    },
    explainRoom,
  ),
  lab: bind(
    {
      id: 'lab',
      title: 'Lab',
      what: 'Break a throw-away cluster, guess who will refuse, hear what both ends say, and mend it.',
      effect: (ask) => ({room: 'lab', ask}),
    },
    labRoom,
  ),
} as const satisfies Readonly<Record<RoomId, BoundRoom>>;

export const roomIds: readonly RoomId[] = ['map', 'lab', 'explain'];

import {bind, type BoundRoom} from './bind.ts';
import {explainRoom} from './explain/explain-room.ts';
import type {RoomId} from './learn-state.ts';
import {mapRoom} from './map/map-room.ts';
import {storiesRoom} from './stories/stories-room.ts';

/** The rooms, in the order to go through them. */
export const rooms = {
  stories: bind(
    {
      id: 'stories',
      title: 'Stories',
      what: 'Read how it works, step by step on the map, with real certificates made while you read.',
      effect: (ask) => ({room: 'stories', ask}),
    },
    storiesRoom,
  ),
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
} as const satisfies Readonly<Record<RoomId, BoundRoom>>;

export const roomIds: readonly RoomId[] = ['stories', 'map', 'explain'];

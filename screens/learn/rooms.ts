import {bind, type BoundRoom} from './bind.ts';
import {explainRoom} from './explain/explain-room.ts';
import {labRoom} from './lab/lab-room.ts';
import type {RoomId} from './learn-state.ts';
import {mapRoom} from './map/map-room.ts';
import {quizRoom} from './quiz/quiz-room.ts';
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
  lab: bind(
    {
      id: 'lab',
      title: 'Lab',
      what: 'Break a throw-away cluster, guess who will refuse, hear what both ends say, and mend it.',
      effect: (ask) => ({room: 'lab', ask}),
    },
    labRoom,
  ),
  quiz: bind(
    {
      id: 'quiz',
      title: 'Quiz',
      what: 'Which file goes in this flag? Who verifies this? What does this error mean? With the reason after each answer.',
      effect: (ask) => ({room: 'quiz', ask}),
    },
    quizRoom,
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

export const roomIds: readonly RoomId[] = ['stories', 'map', 'lab', 'quiz', 'explain'];

import {bind, type BoundRoom} from './bind.ts';
import {explainRoom} from './explain/explain-room.ts';
import type {RoomId} from './learn-state.ts';
import {quizRoom} from './quiz/quiz-room.ts';

/** The rooms, in the order to go through them. */
export const rooms = {
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

export const roomIds: readonly RoomId[] = ['quiz', 'explain'];

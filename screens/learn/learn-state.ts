import {listStart, type ListState} from '../parts/list-state.ts';
import {explainStart, type ExplainAsk, type ExplainTell, type ExplainView} from './explain/explain-state.ts';
import {type LabAsk, labStart, type LabTell, type LabView} from './lab/lab-state.ts';
import {type MapAsk, mapStart, type MapTell, type MapView} from './map/map-state.ts';
import {storiesStart, type StoriesAsk, type StoriesTell, type StoriesView} from './stories/stories-state.ts';
import {quizStart, type QuizAsk, type QuizTell, type QuizView} from './quiz/quiz-state.ts';

/**
 * Learn is rooms that know nothing of one another. A room is a folder beside this file, with a view (its state), asks
 * (what it wants of the world) and tells (what came of them), and is known in these places: the three tables here,
 * `rooms.ts` (its row, its name), `learn-logic.ts` (who is told), `learn-effects.ts` (its worker), and `LearnServices` (what
 * its worker needs).
 */
export interface Views {
  readonly map: MapView;
  readonly stories: StoriesView;
  readonly quiz: QuizView;
  readonly explain: ExplainView;
  readonly lab: LabView;
}

export interface Asks {
  readonly map: MapAsk;
  readonly stories: StoriesAsk;
  readonly quiz: QuizAsk;
  readonly explain: ExplainAsk;
  readonly lab: LabAsk;
}

export interface Tells {
  readonly map: MapTell;
  readonly stories: StoriesTell;
  readonly quiz: QuizTell;
  readonly explain: ExplainTell;
  readonly lab: LabTell;
}

export type RoomId = keyof Views;

export interface LearnState {
  readonly at: 'menu' | RoomId;
  readonly menu: ListState;
  /** Kept when a room is left: one comes back to where one was. */
  readonly views: Views;
}

export type LearnEffect = {readonly [Id in RoomId]: {readonly room: Id; readonly ask: Asks[Id]}}[RoomId];
export type LearnEvent = {readonly [Id in RoomId]: {readonly room: Id; readonly tell: Tells[Id]}}[RoomId];

/** `given`: what the command line named in the room. */
export interface IntoRoom {
  readonly room: RoomId;
  readonly given: string | undefined;
}

export const learnStart: LearnState = {
  at: 'menu',
  menu: listStart,
  views: {stories: storiesStart, map: mapStart, lab: labStart, quiz: quizStart, explain: explainStart},
};

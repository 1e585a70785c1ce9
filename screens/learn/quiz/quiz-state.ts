import type {OpenedQuiz} from '../../../src/journeys/quiz-services.ts';
import type {QuizProgress} from '../../../src/lessons/quiz/progress.ts';
import type {Question, QuizTopic} from '../../../src/lessons/quiz/question.ts';
import type {Round} from '../../../src/lessons/quiz/round.ts';
import {type QuizWish, usualWish} from '../../../src/lessons/quiz/wish.ts';
import type {RunFailure} from '../../../src/wizard/wizard-state.ts';

/** The quiz: its questions and what is known of them, and where one is. */
export interface QuizView {
  readonly wish: QuizWish;
  /** undefined = not there yet. */
  readonly questions: readonly Question[] | undefined;
  readonly progress: QuizProgress;
  /** Of the next round. */
  readonly seed: number;
  /** Why former answers are not there. */
  readonly trouble: string | undefined;
  /** The row of the topics. */
  readonly menu: number;
  /** Rounds that were left before their end, by topic; undefined = of all topics. */
  readonly left: ReadonlyMap<QuizTopic | undefined, AskedPlace>;
  readonly place: QuizPlace;
}

export type QuizPlace =
  | {readonly at: 'opening'}
  | {readonly at: 'failed'; readonly failure: RunFailure}
  | {readonly at: 'topics'}
  | AskedPlace
  | {readonly at: 'over'; readonly topic: QuizTopic | undefined; readonly round: Round};

export interface AskedPlace {
  readonly at: 'asked';
  /** undefined = all of them. */
  readonly topic: QuizTopic | undefined;
  readonly round: Round;
  /** The choice that the cursor is on. */
  readonly cursor: number;
  /** First visible line of the reason, once it is answered. */
  readonly top: number;
}

export type QuizAsk =
  | {readonly kind: 'open'; readonly wish: QuizWish}
  | {readonly kind: 'remember'; readonly question: Question; readonly isRight: boolean};

export type QuizTell =
  | {readonly kind: 'opened'; readonly opened: OpenedQuiz}
  | {readonly kind: 'failed'; readonly failure: RunFailure};

export const quizStart: QuizView = {
  wish: usualWish,
  questions: undefined,
  progress: new Map(),
  seed: 0,
  trouble: undefined,
  menu: 0,
  left: new Map(),
  place: {at: 'opening'},
};

import type {Question, QuizTopic} from './question.ts';

/** What became of a question so far. */
export interface Answered {
  readonly right: number;
  readonly wrong: number;
  readonly last: 'right' | 'wrong';
  /** The right answer's key at that time: where it is another one now, the question counts as never asked. */
  readonly answer: string;
}

/** By the question's id. */
export type QuizProgress = ReadonlyMap<string, Answered>;

export type Standing = 'missed' | 'new' | 'known';

export function standingOf({id, right}: Question, progress: QuizProgress): Standing {
  const answered = progress.get(id);
  if (answered === undefined || answered.answer !== right.key) return 'new';
  return answered.last === 'right' ? 'known' : 'missed';
}

export function withAnswer(progress: QuizProgress, question: Question, isRight: boolean): QuizProgress {
  return new Map([...progress, [question.id, answeredNow(question, isRight, progress.get(question.id))]]);
}

export function answeredNow({right}: Question, isRight: boolean, before: Answered | undefined): Answered {
  const counts = before === undefined || before.answer !== right.key ? {right: 0, wrong: 0} : before;
  return {
    right: counts.right + (isRight ? 1 : 0),
    wrong: counts.wrong + (isRight ? 0 : 1),
    last: isRight ? 'right' : 'wrong',
    answer: right.key,
  };
}

export interface Known {
  readonly known: number;
  readonly total: number;
}

/** How many of a topic's questions were answered right the last time; undefined = of all. */
export function knownOf(questions: readonly Question[], topic: QuizTopic | undefined, progress: QuizProgress): Known {
  const all = questions.filter((question) => topic === undefined || question.topic === topic);
  return {known: all.filter((question) => standingOf(question, progress) === 'known').length, total: all.length};
}

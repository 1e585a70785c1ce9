import {type Answered, answeredNow, type QuizProgress} from '../lessons/quiz/progress.ts';
import type {Question} from '../lessons/quiz/question.ts';
import {isRecord, type KeptForm, openKeptFile} from './kept-file.ts';

/** What became of every question of the quiz, from one run to the next. */
export interface QuizKeeper {
  readonly read: () => Promise<KeptProgress>;
  /**
   * Adds one answer to what lies on the disk, so that two runs at a time lose nothing of each other.
   *
   * @returns why it could not be kept, a sentence; undefined = it is kept
   */
  readonly remember: (question: Question, isRight: boolean) => Promise<string | undefined>;
  /** Throws a `Failure` when it cannot be removed. */
  readonly forget: () => Promise<void>;
}

export interface KeptProgress {
  readonly progress: QuizProgress;
  /** Why what lies there is not used, a sentence. */
  readonly trouble: string | undefined;
}

/** The form that is written here, and the only one that is read. */
const quizVersion = 1;

const form: KeptForm<QuizProgress> = {
  name: 'quiz.json',
  none: new Map(),
  read: progressIn,
  write: (progress) => ({
    about: 'Answers to the quiz of certwright learn. Remove it to begin anew.',
    quizVersion,
    questions: Object.fromEntries([...progress].toSorted(([one], [other]) => (one < other ? -1 : 1))),
  }),
  words: {
    kept: 'Answers',
    anew: 'the quiz begins anew',
    allTheSame: 'The quiz works all the same.',
    notForgotten: 'quiz-not-forgotten',
  },
};

/** @param folder the state folder, absolute */
export function openQuizKeeper(folder: string): QuizKeeper {
  const file = openKeptFile(folder, form);
  return {
    read: async () => {
      const {content: progress, trouble} = await file.read();
      return {progress, trouble};
    },
    remember: (question, isRight) =>
      file.change((progress) => {
        const answered = answeredNow(question, isRight, progress.get(question.id));
        return new Map([...progress, [question.id, answered]]);
      }),
    forget: file.forget,
  };
}

function progressIn(json: Readonly<Record<string, unknown>>): QuizProgress | undefined {
  if (json.quizVersion !== quizVersion || !isRecord(json.questions)) return undefined;
  const entries = Object.entries(json.questions).map(([id, value]) => [id, answeredIn(value)] as const);
  const whole = entries.flatMap(([id, answered]) => (answered === undefined ? [] : [[id, answered] as const]));
  return whole.length === entries.length ? new Map(whole) : undefined;
}

function answeredIn(value: unknown): Answered | undefined {
  if (!isRecord(value)) return undefined;
  const {right, wrong, last, answer} = value;
  const isWhole = isCount(right) && isCount(wrong) && typeof answer === 'string';
  return isWhole && (last === 'right' || last === 'wrong') ? {right, wrong, last, answer} : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

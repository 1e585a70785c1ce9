import {lstat, readFile, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {Failure} from '../base/failure.ts';
import {isSystemError} from '../base/system-failure.ts';
import {type Answered, answeredNow, type QuizProgress} from '../lessons/quiz/progress.ts';
import type {Question} from '../lessons/quiz/question.ts';
import {isForeign, prepareFolder} from './own-folder.ts';
import {placeText} from './place-text.ts';
import {reasonOf} from './reason.ts';

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

/** More than this is nothing of ours. */
const mostBytes = 4 * 1024 * 1024;

/** @param folder the state folder, absolute */
export function openQuizKeeper(folder: string): QuizKeeper {
  const path = join(folder, 'quiz.json');
  let last: Promise<unknown> = Promise.resolve();
  return {
    read: () => readAt(path, folder),
    remember: (question, isRight) => {
      const done = last.then(() => remember(path, folder, question, isRight));
      last = done;
      return done;
    },
    forget: () => forget(path),
  };
}

async function readAt(path: string, folder: string): Promise<KeptProgress> {
  try {
    if (await isForeign(folder)) return none(`${folder} belongs to another user: nothing in it is read.`);
    const stats = await lstat(path);
    if (!stats.isFile() || stats.size > mostBytes) return none(brokenAt(path));
    const progress = progressIn(await readFile(path, 'utf8'));
    return progress === undefined ? none(brokenAt(path)) : {progress, trouble: undefined};
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return none(error.code === 'ENOENT' ? undefined : `${path} cannot be read: ${reasonOf(error)}.`);
  }
}

function none(trouble: string | undefined): KeptProgress {
  return {progress: new Map(), trouble};
}

function brokenAt(path: string): string {
  return `${path} cannot be understood, so the quiz begins anew.`;
}

async function remember(
  path: string,
  folder: string,
  question: Question,
  isRight: boolean,
): Promise<string | undefined> {
  try {
    if (!(await prepareFolder(folder))) return `Answers cannot be kept: ${folder} belongs to another user.`;
    const {progress} = await readAt(path, folder);
    const answered = answeredNow(question, isRight, progress.get(question.id));
    await placeText(path, textOf(new Map([...progress, [question.id, answered]])));
    return undefined;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return `Answers cannot be kept in ${path}: ${reasonOf(error)}. The quiz works all the same.`;
  }
}

function textOf(progress: QuizProgress): string {
  const questions = Object.fromEntries([...progress].toSorted(([one], [other]) => (one < other ? -1 : 1)));
  return `${JSON.stringify({about: 'Answers to the quiz of certwright learn. Remove it to begin anew.', quizVersion, questions})}\n`;
}

/** undefined = it is not ours, or damaged. */
function progressIn(text: string): QuizProgress | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(read) || read.quizVersion !== quizVersion || !isRecord(read.questions)) return undefined;
  const entries = Object.entries(read.questions).map(([id, value]) => [id, answeredIn(value)] as const);
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

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function forget(path: string): Promise<void> {
  try {
    await rm(path, {force: true});
    await rm(`${path}.part`, {force: true});
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new Failure('quiz-not-forgotten', `${path} cannot be removed: ${reasonOf(error)}`, {
      nextSteps: [`remove it by hand: rm ${path}`],
      cause: error,
    });
  }
}

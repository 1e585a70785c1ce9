import {lstat, readFile, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {Failure} from '../base/failure.ts';
import {isSystemError} from '../base/system-failure.ts';
import {isForeign, prepareFolder} from './own-folder.ts';
import {placeText} from './place-text.ts';
import {reasonOf} from './reason.ts';

/** One file of the state folder that every run reads and adds to. */
export interface KeptFile<Content> {
  readonly read: () => Promise<{readonly content: Content; readonly trouble: string | undefined}>;
  /**
   * Changes what lies on the disk, so that two runs at a time lose nothing of each other.
   *
   * @returns why it could not be kept, a sentence; undefined = it is kept
   */
  readonly change: (next: (content: Content) => Content) => Promise<string | undefined>;
  /** Throws a `Failure` when it cannot be removed. */
  readonly forget: () => Promise<void>;
}

/** What a file holds, and how that is written. */
export interface KeptForm<Content> {
  readonly name: string;
  readonly none: Content;
  /** Of the JSON in it; undefined = it is not ours, or damaged. */
  readonly read: (json: Readonly<Record<string, unknown>>) => Content | undefined;
  readonly write: (content: Content) => Readonly<Record<string, unknown>>;
  readonly words: {
    /** What is kept, as the beginning of a sentence: `Answers`. */
    readonly kept: string;
    /** Where the file is of no use, as the end of a sentence: `the quiz begins anew`. */
    readonly anew: string;
    /** Where nothing can be kept: `The quiz works all the same.` */
    readonly allTheSame: string;
    /** Code of the failure when it cannot be removed. */
    readonly notForgotten: string;
  };
}

/** More than this is nothing of ours. */
const mostBytes = 4 * 1024 * 1024;

/** @param folder the state folder, absolute */
export function openKeptFile<Content>(folder: string, form: KeptForm<Content>): KeptFile<Content> {
  const path = join(folder, form.name);
  let last: Promise<unknown> = Promise.resolve();
  return {
    read: () => readAt(path, folder, form),
    change: (next) => {
      const done = last.then(() => change({path, folder, form}, next));
      last = done;
      return done;
    },
    forget: () => forget(path, form),
  };
}

async function readAt<Content>(path: string, folder: string, {none, read, words}: KeptForm<Content>) {
  const broken = {content: none, trouble: `${path} cannot be understood, so ${words.anew}.`};
  try {
    if (await isForeign(folder))
      return {content: none, trouble: `${folder} belongs to another user: nothing in it is read.`};
    const stats = await lstat(path);
    if (!stats.isFile() || stats.size > mostBytes) return broken;
    const json = jsonIn(await readFile(path, 'utf8'));
    const content = json === undefined ? undefined : read(json);
    return content === undefined ? broken : {content, trouble: undefined};
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const trouble = error.code === 'ENOENT' ? undefined : `${path} cannot be read: ${reasonOf(error)}.`;
    return {content: none, trouble};
  }
}

interface Place<Content> {
  readonly path: string;
  readonly folder: string;
  readonly form: KeptForm<Content>;
}

async function change<Content>(
  {path, folder, form}: Place<Content>,
  next: (content: Content) => Content,
): Promise<string | undefined> {
  const {kept, allTheSame} = form.words;
  try {
    if (!(await prepareFolder(folder))) return `${kept} cannot be kept: ${folder} belongs to another user.`;
    const {content} = await readAt(path, folder, form);
    await placeText(path, `${JSON.stringify(form.write(next(content)))}\n`);
    return undefined;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return `${kept} cannot be kept in ${path}: ${reasonOf(error)}. ${allTheSame}`;
  }
}

function jsonIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return isRecord(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function forget<Content>(path: string, {words}: KeptForm<Content>): Promise<void> {
  try {
    await rm(path, {force: true});
    await rm(`${path}.part`, {force: true});
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new Failure(words.notForgotten, `${path} cannot be removed: ${reasonOf(error)}`, {
      nextSteps: [`remove it by hand: rm ${path}`],
      cause: error,
    });
  }
}

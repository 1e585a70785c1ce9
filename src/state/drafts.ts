import {lstat, readdir, readFile, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {Failure} from '../base/failure.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import type {Draft} from '../wizard/draft.ts';
import {planOf} from '../wizard/draft.ts';
import {steps} from '../wizard/steps.ts';
import type {WizardState} from '../wizard/wizard-state.ts';
import {DraftKeeper} from './draft-keeper.ts';
import {draftTitle} from './draft-words.ts';
import {NoDraft, readDraft} from './draft-text.ts';
import {isForeign} from './own-folder.ts';
import {isSystemError} from '../base/system-failure.ts';
import {reasonOf} from './reason.ts';

/** Drafts of Set up: what ended runs have left, and the one of this run. */
export interface Drafts {
  /** The newest first; nothing that a run is still at. */
  readonly list: () => Promise<FoundDrafts>;
  /** The draft is this run's from now on; its file goes once what this run keeps lies safely. */
  readonly takeOver: (found: FoundDraft) => void;
  /** Throws a `Failure` when it cannot be removed. */
  readonly throwAway: (found: FoundDraft) => Promise<void>;
  /**
   * After a change. What there is to keep is read later, when the changes have paused; what is not worth keeping any
   * more (see `draftOf`) is removed.
   */
  readonly keep: (read: () => WizardState) => void;
  readonly planSaved: (plan: ClusterPlan) => void;
  /** Told once when drafts cannot be written; the wizard works on. */
  readonly onTrouble: (tell: (sentence: string) => void) => void;
  /** Writes what has not been written yet. Resolves to the draft's path, undefined when there is none. */
  readonly close: () => Promise<string | undefined>;
}

export interface FoundDraft {
  readonly path: string;
  /** `14:02, demo, 5 nodes`. */
  readonly title: string;
  readonly saved: Date;
  readonly draft: Draft;
  /** The folder that it was begun in, where that is another one: relative paths began there. */
  readonly begunIn: string | undefined;
  /** Whether a run on another machine, or in another container, may still be at it. */
  readonly mayBeOpen: boolean;
}

export interface FoundDrafts {
  readonly drafts: readonly FoundDraft[];
  /** What could not be read and why, a sentence each. It stays as it is. */
  readonly troubles: readonly string[];
}

/** Tells runs that are still there from those that have ended. */
export interface LiveMarks {
  /** Marks this process, as text. */
  readonly own: string;
  readonly stateOf: (mark: string) => 'alive' | 'dead' | 'unknown';
}

export interface DraftOptions {
  /** The state folder; `drafts` below it is ours. Absolute. */
  readonly folder: string;
  /** Where the program was started. */
  readonly cwd: string;
  readonly now: () => Date;
  readonly marks: LiveMarks;
  /** Version of this program. */
  readonly program: string;
}

export function openDrafts(options: DraftOptions): Drafts {
  const folder = join(options.folder, 'drafts');
  const keeper = new DraftKeeper({...options, folder});
  return {
    list: () => list(folder, options),
    takeOver: ({path, mayBeOpen}) => keeper.replace(mayBeOpen ? undefined : path),
    throwAway: ({path}) => throwAway(path),
    keep: (read) => keeper.keep(read),
    planSaved: (plan) => keeper.planSaved(plan),
    onTrouble: (tell) => keeper.onTrouble(tell),
    close: () => keeper.close(),
  };
}

/** More than this nobody looks through. */
const mostFiles = 50;
const mostBytes = 8 * 1024 * 1024;

async function list(folder: string, options: DraftOptions): Promise<FoundDrafts> {
  let names: readonly string[];
  try {
    if (await isForeign(folder))
      return {drafts: [], troubles: [`${folder} belongs to another user: nothing in it is read.`]};
    names = await readdir(folder);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return {drafts: [], troubles: error.code === 'ENOENT' ? [] : [`${folder} cannot be read: ${reasonOf(error)}.`]};
  }
  const files = names
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .slice(-mostFiles);
  const read = await Promise.all(files.map((name) => readOne(join(folder, name), options)));
  const drafts = read
    .filter((one) => typeof one === 'object')
    .toSorted((one, other) => Number(other.saved) - Number(one.saved));
  return {drafts, troubles: read.filter((one) => typeof one === 'string')};
}

/** Undefined = a run is at it. */
async function readOne(path: string, {marks, cwd, now}: DraftOptions): Promise<FoundDraft | string | undefined> {
  try {
    const stats = await lstat(path);
    if (!stats.isFile() || stats.size > mostBytes) return `${path} is no draft of Certwright; it stays as it is.`;
    const {draft, saved, folder, run} = readDraft(await readFile(path, 'utf8'));
    const state = marks.stateOf(run);
    if (state === 'alive') return undefined;
    const {cluster, nodes} = planOf(draft.answers, {steps});
    const begunIn = folder === cwd ? undefined : folder;
    const title = draftTitle({saved, cluster: cluster.name, nodes: nodes.length}, now());
    return {path, title, saved, draft, begunIn, mayBeOpen: state === 'unknown'};
  } catch (error) {
    if (error instanceof NoDraft) return `${path} ${error.message}; it stays as it is.`;
    if (!isSystemError(error)) throw error;
    return error.code === 'ENOENT' ? undefined : `${path} cannot be read: ${reasonOf(error)}.`;
  }
}

async function throwAway(path: string): Promise<void> {
  try {
    await rm(path, {force: true});
    await rm(`${path}.part`, {force: true});
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new Failure('draft-not-removed', `the draft ${path} cannot be removed: ${reasonOf(error)}`, {
      nextSteps: [`remove it by hand: rm ${path}`],
      cause: error,
    });
  }
}

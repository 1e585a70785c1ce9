import {join} from 'node:path';
import {Failure} from '../../base/failure.ts';
import type {NodeRoot} from '../root.ts';
import {bytesAt, makePrivateFolder, removeIfThere, replaceText, syncFolder} from './disk.ts';

/** Where Certwright keeps what it needs for a way back, under the node's root. */
export interface Keeping {
  /** The node's `/` as it lies here. */
  readonly root: string;
  readonly journal: string;
  readonly backups: string;
  readonly lock: string;
  /**
   * Gives a new file the SELinux context of the file that it takes the place of; undefined where there is no SELinux.
   * Paths are this machine's.
   */
  readonly keepContext?: KeepContext | undefined;
}

export type KeepContext = (from: string, to: string) => void;

export function keepingUnder(root: string, keepContext?: KeepContext): Keeping {
  const folder = join(root, 'var/lib/certwright');
  return {
    root,
    journal: join(folder, 'journal.json'),
    backups: join(folder, 'backups'),
    lock: join(folder, 'lock'),
    keepContext,
  };
}

/** A change that is under way. No key is in it: paths and sums alone. */
export interface Journal {
  readonly journalVersion: 1;
  /** Of the change and of its backup. */
  readonly id: string;
  /** For people: `renew apiserver, etcd-peer`. */
  readonly what: string;
  /**
   * `staging`: nothing is changed yet, and what is staged is thrown away. `swapping`: it is finished, whatever happens.
   * `aside`: the files are out of sight for a while, under the names in `staged`, and are put back.
   */
  readonly state: 'staging' | 'swapping' | 'aside';
  /** In the order of the swap. */
  readonly steps: readonly JournalStep[];
  /** A change that was cut off before and is given up once this one swaps; until then it is still the one to finish. */
  readonly over?: Journal | undefined;
}

export interface JournalStep {
  /** The file itself, links followed, or the link that is to lead elsewhere; absolute on the node. */
  readonly path: string;
  /** In the same folder; undefined = the file is taken away. */
  readonly staged: string | undefined;
  /** SHA-256 of the new file; `absent` when it is taken away; `-> TARGET` for a symbolic link. */
  readonly after: string;
}

export function writeJournal({journal}: Keeping, entry: Journal): void {
  replaceText(journal, `${JSON.stringify(entry, undefined, 2)}\n`);
}

export function closeJournal({journal}: Keeping): void {
  removeIfThere(journal);
  syncFolder(join(journal, '..'));
}

/**
 * What an interrupted run has left; undefined = nothing.
 *
 * @throws Failure `journal-unreadable`
 */
export function readJournal({journal}: Keeping): Journal | undefined {
  const bytes = bytesAt(journal);
  return bytes === undefined ? undefined : journalFrom(bytes, journal);
}

export interface OpenChange {
  readonly what: string;
  /** Of the journal, on the node. */
  readonly path: string;
}

/** What lies open on a node that is only looked at; undefined = nothing, or it may not be looked at. */
export function openChange(root: NodeRoot): OpenChange | undefined {
  const {journal: path} = keepingUnder('/');
  const file = root.read(path);
  if (!file.ok) return undefined;
  try {
    return {what: journalFrom(file.bytes, path).what, path};
  } catch (error) {
    if (error instanceof Failure) return {what: 'a change by another version of Certwright', path};
    throw error;
  }
}

function journalFrom(bytes: Buffer, journal: string): Journal {
  let read: unknown;
  try {
    read = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw unreadable(journal, error);
  }
  if (!isJournal(read)) throw unreadable(journal);
  return read;
}

export function prepareKeeping({backups}: Keeping): void {
  makePrivateFolder(join(backups, '..'));
  makePrivateFolder(backups);
}

function isJournal(value: unknown): value is Journal {
  if (typeof value !== 'object' || value === null) return false;
  const {journalVersion, id, what, state, steps, over} = value as Partial<Record<keyof Journal, unknown>>;
  return (
    journalVersion === 1 &&
    typeof id === 'string' &&
    typeof what === 'string' &&
    (state === 'staging' || state === 'swapping' || state === 'aside') &&
    Array.isArray(steps) &&
    steps.every(isStep) &&
    (over === undefined || isJournal(over))
  );
}

function isStep(value: unknown): value is JournalStep {
  if (typeof value !== 'object' || value === null) return false;
  const {path, staged, after} = value as Partial<Record<keyof JournalStep, unknown>>;
  return typeof path === 'string' && typeof after === 'string' && (staged === undefined || typeof staged === 'string');
}

function unreadable(path: string, cause?: unknown): Failure {
  return new Failure('journal-unreadable', `${path} is no journal of this version of Certwright`, {
    nextSteps: [
      'finish the change with the version that began it; or compare the files with the newest backup beside it and remove the journal',
    ],
    cause,
  });
}

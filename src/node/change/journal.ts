import {join} from 'node:path';
import {Failure} from '../../base/failure.ts';
import {bytesAt, makePrivateFolder, removeIfThere, replaceText, syncFolder} from './disk.ts';

/** Where Certwright keeps what it needs for a way back, under the node's root. */
export interface Keeping {
  /** The node's `/` as it lies here. */
  readonly root: string;
  readonly journal: string;
  readonly backups: string;
  readonly lock: string;
}

export function keepingUnder(root: string): Keeping {
  const folder = join(root, 'var/lib/certwright');
  return {
    root,
    journal: join(folder, 'journal.json'),
    backups: join(folder, 'backups'),
    lock: join(folder, 'lock'),
  };
}

/** A change that is under way. No key is in it: paths and sums alone. */
export interface Journal {
  readonly journalVersion: 1;
  /** Of the change and of its backup. */
  readonly id: string;
  /** For people: `renew apiserver, etcd-peer`. */
  readonly what: string;
  /** `staging`: nothing is changed yet, and what is staged is thrown away. `swapping`: it is finished, whatever happens. */
  readonly state: 'staging' | 'swapping';
  /** In the order of the swap. */
  readonly steps: readonly JournalStep[];
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
  if (bytes === undefined) return undefined;
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
  const {journalVersion, id, what, state, steps} = value as Partial<Record<keyof Journal, unknown>>;
  return (
    journalVersion === 1 &&
    typeof id === 'string' &&
    typeof what === 'string' &&
    (state === 'staging' || state === 'swapping') &&
    Array.isArray(steps) &&
    steps.every(isStep)
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

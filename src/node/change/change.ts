import {basename, dirname, join} from 'node:path';
import {Failure} from '../../base/failure.ts';
import {type Backup, copyOf, listBackups, makeBackup, readBackup} from './backup.ts';
import {
  type Access,
  accessOf,
  bytesAt,
  linkAt,
  moveOver,
  removeIfThere,
  stateAt,
  stateOfLink,
  sumOf,
  syncFolder,
  writeLink,
  writeNew,
} from './disk.ts';
import {
  closeJournal,
  type Journal,
  type JournalStep,
  type Keeping,
  prepareKeeping,
  readJournal,
  writeJournal,
} from './journal.ts';

/** A file of a node as it is to be. */
export interface FileWrite {
  /** The file itself, links followed; absolute on the node. Its folder is there. */
  readonly path: string;
  /** undefined = it is taken away, or is a link. */
  readonly bytes: Uint8Array | undefined;
  /** Instead of a file a symbolic link, and where it leads; `path` is then the link's own. */
  readonly link?: string | undefined;
  /** Of a file that is not there yet; one that is keeps its own. */
  readonly access: Access;
}

export interface Change {
  /** For people and for the backup: `renew apiserver, etcd-peer`. */
  readonly what: string;
  /** In the order of the swap: a key before its certificate. */
  readonly writes: readonly FileWrite[];
  /** Looks at every staged file before anything is swapped; throws when something does not fit. */
  readonly validate?: (staged: ReadonlyMap<string, Buffer>) => void;
}

/**
 * Changes files of a node all together: backed up, staged in their own folders under dot names, looked at, and only then
 * renamed. Cut off anywhere, `recover` leaves it wholly old or wholly new. Whoever calls holds the lock.
 *
 * @returns the backup to go back to
 * @throws Failure `change-interrupted` when another change waits to be recovered; what the disk says otherwise, and then
 * nothing is changed
 */
export function applyChange(keeping: Keeping, {what, writes, validate}: Change, now: Date): Backup {
  if (readJournal(keeping) !== undefined) {
    throw new Failure('change-interrupted', 'an earlier change of this node was interrupted', {
      nextSteps: ['certwright recover finishes or undoes it'],
    });
  }
  prepareKeeping(keeping);
  const id = freeId(keeping, now);
  const backup = makeBackup(keeping, {id, what, made: now.toISOString(), paths: writes.map(({path}) => path)});
  const steps = writes.map(({path, bytes, link}): JournalStep => ({
    path,
    staged:
      bytes === undefined && link === undefined
        ? undefined
        : join(dirname(path), `.certwright-${id}-${basename(path)}`),
    after: link === undefined ? sumOf(bytes) : stateOfLink(link),
  }));
  const journal: Journal = {journalVersion: 1, id, what, state: 'staging', steps};
  writeJournal(keeping, journal);
  try {
    stage(keeping, writes, steps);
    validate?.(stagedFiles(keeping, steps));
  } catch (error) {
    undo(keeping, journal);
    throw error;
  }
  try {
    writeJournal(keeping, {...journal, state: 'swapping'});
  } catch (error) {
    // It may be on the disk all the same, and must not be found once the staged files are gone.
    closeJournal(keeping);
    removeStaged(keeping, journal);
    throw error;
  }
  finish(keeping, journal);
  return backup;
}

/** What an interrupted change came to. */
export interface Recovered {
  readonly id: string;
  readonly what: string;
  readonly how: 'finished' | 'undone';
}

/** Finishes a change that was swapping, and throws away one that was staging. undefined = there was none. */
export function recover(keeping: Keeping): Recovered | undefined {
  const journal = readJournal(keeping);
  if (journal === undefined) return undefined;
  const {id, what, state} = journal;
  if (state === 'staging') undo(keeping, journal);
  else finish(keeping, journal);
  return {id, what, how: state === 'staging' ? 'undone' : 'finished'};
}

/**
 * Brings the files of a backup back, the same way as any change: what is there now is backed up first. A change that was
 * cut off, and whose backup this is, is given up with it.
 *
 * @throws Failure `no-such-backup`, `backup-damaged`, and those of `applyChange`
 */
export function restore(keeping: Keeping, id: string, now: Date): Backup {
  const backup = readBackup(keeping, id);
  const writes = backup.files.map((file): FileWrite => ({
    path: file.path,
    bytes: copyOf(keeping, backup, file),
    link: file.link,
    access: {mode: file.mode ?? 0o600, owner: file.owner ?? 0, group: file.group ?? 0},
  }));
  const interrupted = readJournal(keeping);
  if (interrupted?.id === id) {
    closeJournal(keeping);
    removeStaged(keeping, interrupted);
  }
  return applyChange(keeping, {what: `restore ${id} (${backup.what})`, writes}, now);
}

function stage({root}: Keeping, writes: readonly FileWrite[], steps: readonly JournalStep[]): void {
  for (const [index, {path, bytes, link, access}] of writes.entries()) {
    const staged = steps[index]?.staged;
    if (staged === undefined) continue;
    const before = accessOf(join(root, path));
    if (before !== undefined && !before.isFile && !before.isLink) {
      throw new Failure('not-a-file', `${path} is not a file`, {nextSteps: ['see what lies there, then run it again']});
    }
    if (link !== undefined) writeLink(join(root, staged), link);
    // A file that takes the place of a link: the link's own mode says nothing.
    else if (bytes !== undefined) writeNew(join(root, staged), bytes, before?.isFile === true ? before : access);
  }
  // Before the journal says that they are there, they have to be there after a power cut too.
  syncFolders(root, steps);
}

/** What is on the disk now, read back: the bytes that will be swapped, and no others. Links are compared, and left out. */
function stagedFiles({root}: Keeping, steps: readonly JournalStep[]): ReadonlyMap<string, Buffer> {
  return new Map(
    steps.flatMap(({path, staged, after}) => {
      if (staged === undefined) return [];
      const link = linkAt(join(root, staged));
      const bytes = link === undefined ? bytesAt(join(root, staged)) : undefined;
      if (link !== undefined && stateOfLink(link) === after) return [];
      if (bytes !== undefined && sumOf(bytes) === after) return [[path, bytes]];
      throw new Failure('staged-file-differs', `${staged} does not hold what was written to it`, {
        nextSteps: ['the disk may be failing: see dmesg; nothing was changed'],
      });
    }),
  );
}

function undo(keeping: Keeping, journal: Journal): void {
  removeStaged(keeping, journal);
  closeJournal(keeping);
}

function removeStaged({root}: Keeping, {steps}: Journal): void {
  for (const {staged} of steps) if (staged !== undefined) removeIfThere(join(root, staged));
}

/** Each step is done or still to do, and doing it again changes nothing. */
function finish(keeping: Keeping, {id, steps}: Journal): void {
  const {root} = keeping;
  for (const {path, staged, after} of steps) {
    const place = join(root, path);
    if (staged === undefined) {
      removeIfThere(place);
    } else if (accessOf(join(root, staged)) !== undefined) {
      moveOver(join(root, staged), place);
    }
    if (stateAt(place) !== after) {
      throw new Failure('swap-differs', `${path} is not what the change was to make of it`, {
        nextSteps: [`certwright restore ${id} brings back what was there; see who else writes the file`],
      });
    }
  }
  syncFolders(root, steps);
  closeJournal(keeping);
}

function syncFolders(root: string, steps: readonly JournalStep[]): void {
  for (const folder of new Set(steps.map(({path}) => dirname(path)))) syncFolder(join(root, folder));
}

/** `20261124-011000`, with a letter behind it for a second change in the same second. */
function freeId(keeping: Keeping, now: Date): string {
  const second = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  const taken = new Set(listBackups(keeping).map(({id}) => id));
  for (let count = 0; ; count++) {
    const id = count === 0 ? second : `${second}-${count}`;
    if (!taken.has(id) && accessOf(join(keeping.backups, id)) === undefined) return id;
  }
}

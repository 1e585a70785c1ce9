import {basename, dirname, join} from 'node:path';
import {Failure} from '../../base/failure.ts';
import {putBack} from './aside.ts';
import {type Backup, copyOf, dropUnfinished, listBackups, makeBackup, readBackup} from './backup.ts';
import {
  type Access,
  accessOf,
  bytesAt,
  linkAt,
  partOf,
  removeIfThere,
  stateAt,
  stateOfLink,
  sumOf,
  sync,
  writeLink,
  writeNew,
} from './disk.ts';
import {changeFailure} from './failure.ts';
import {allNew, evenSo, finish, giveUp, leftAs, syncFolders, undo} from './swap.ts';
import {type Journal, type JournalStep, type Keeping, prepareKeeping, readJournal, writeJournal} from './journal.ts';

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
  /** SHA-256 of the file that the new one was worked out from: another one is not replaced. undefined = any is. */
  readonly replaces?: string | undefined;
}

export interface Change {
  /** For people and for the backup: `renew apiserver, etcd-peer`. */
  readonly what: string;
  /** In the order of the swap: a key before its certificate. */
  readonly writes: readonly FileWrite[];
  /** Looks at every staged file before anything is swapped; throws when something does not fit. */
  readonly validate?: (staged: ReadonlyMap<string, Buffer>) => void;
  /** Told of each file while the change goes on; it must not throw. */
  readonly observe?: (step: ChangeStep, path: string) => void;
}

/** `backed-up`, `staged` and `validated` change nothing that anybody reads; `swapped` does. */
export type ChangeStep = 'backed-up' | 'staged' | 'validated' | 'swapped';

/**
 * Changes files of a node all together: backed up, staged in their own folders under dot names, looked at, and only then
 * renamed. Cut off anywhere, `recover` leaves it wholly old or wholly new. Whoever calls holds the lock.
 *
 * @returns the backup to go back to
 * @throws Failure `change-interrupted` when another change waits to be recovered; what the disk says otherwise, and then
 * nothing is changed, or the failure says that `recover` has something to finish
 */
export function applyChange(keeping: Keeping, change: Change, now: Date): Backup {
  if (readJournal(keeping) !== undefined) {
    throw new Failure('change-interrupted', 'an earlier change of this node was interrupted', {
      nextSteps: ['certwright recover finishes or undoes it'],
    });
  }
  return changeOver(keeping, change, now, undefined);
}

/** @param over a change that was cut off, and that this one takes the place of */
function changeOver(keeping: Keeping, change: Change, now: Date, over: Journal | undefined): Backup {
  let prepared: {readonly backup: Backup; readonly journal: Journal};
  try {
    prepared = prepare(keeping, change, now, over);
  } catch (error) {
    throw changeFailure(error, leftAs(keeping, 'nothing was changed'));
  }
  const {backup, journal} = prepared;
  try {
    finish(keeping, journal, change.observe);
  } catch (error) {
    throw changeFailure(error, leftAs(keeping, allNew));
  }
  return backup;
}

/** Everything before the first swap; when it throws, nothing is changed. */
function prepare(
  keeping: Keeping,
  change: Change,
  now: Date,
  over: Journal | undefined,
): {readonly backup: Backup; readonly journal: Journal} {
  const {what, writes, validate, observe} = change;
  for (const {path, replaces} of writes) {
    if (replaces === undefined || stateAt(join(keeping.root, path)) === replaces) continue;
    throw new Failure('changed-meanwhile', `${path} was changed by somebody else since it was looked at`, {
      nextSteps: ['nothing was changed; run it again'],
    });
  }
  prepareKeeping(keeping);
  dropUnfinished(keeping);
  const id = freeId(keeping, now);
  let backup: Backup;
  try {
    backup = makeBackup(keeping, {id, what, made: now.toISOString(), paths: writes.map(({path}) => path)});
  } catch (error) {
    evenSo(() => dropUnfinished(keeping));
    throw error;
  }
  for (const {path} of backup.files) observe?.('backed-up', path);
  const steps = writes.map(({path, bytes, link}): JournalStep => ({
    path,
    staged:
      bytes === undefined && link === undefined
        ? undefined
        : join(dirname(path), `.certwright-${id}-${basename(path)}`),
    after: link === undefined ? sumOf(bytes) : stateOfLink(link),
  }));
  const journal: Journal = {journalVersion: 1, id, what, state: 'staging', steps, over};
  try {
    writeJournal(keeping, journal);
    stage(keeping, change, steps);
    const staged = stagedFiles(keeping, writes, steps);
    validate?.(staged);
    for (const path of staged.keys()) observe?.('validated', path);
  } catch (error) {
    evenSo(() => undo(keeping, journal));
    throw error;
  }
  try {
    writeJournal(keeping, {...journal, state: 'swapping'});
  } catch (error) {
    evenSo(() => giveUp(keeping, journal));
    throw error;
  }
  return {backup, journal};
}

/** What an interrupted change came to. */
export interface Recovered {
  readonly id: string;
  readonly what: string;
  readonly how: 'finished' | 'undone' | 'put-back';
}

/**
 * Finishes a change that was swapping, throws away one that was staging, and puts back what was aside. undefined = there
 * was none.
 */
export function recover(keeping: Keeping): Recovered | undefined {
  try {
    const recovered = recoverOpen(keeping);
    removeIfThere(partOf(keeping.journal));
    dropUnfinished(keeping);
    return recovered;
  } catch (error) {
    throw changeFailure(error, leftAs(keeping, allNew));
  }
}

function recoverOpen(keeping: Keeping): Recovered | undefined {
  const journal = readJournal(keeping);
  if (journal === undefined) return undefined;
  const {id, what, state} = journal;
  switch (state) {
    case 'staging':
      undo(keeping, journal);
      return journal.over === undefined ? {id, what, how: 'undone'} : recoverOpen(keeping);
    case 'swapping':
      finish(keeping, journal);
      return {id, what, how: 'finished'};
    case 'aside':
      putBack(keeping, journal);
      return {id, what, how: 'put-back'};
    default:
      return state satisfies never;
  }
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
  const change: Change = {what: `restore ${id} (${backup.what})`, writes};
  const open = readJournal(keeping);
  // A file that is aside is in no backup.
  const isOwn = open?.id === id && open.state !== 'aside';
  return isOwn ? changeOver(keeping, change, now, open) : applyChange(keeping, change, now);
}

function stage({root, keepContext}: Keeping, {writes, observe}: Change, steps: readonly JournalStep[]): void {
  for (const [index, {path, bytes, link, access}] of writes.entries()) {
    const staged = steps[index]?.staged;
    if (staged === undefined) continue;
    const before = accessOf(join(root, path));
    if (before !== undefined && !before.isFile && !before.isLink) {
      throw new Failure('not-a-file', `${path} is not a file`, {nextSteps: ['see what lies there, then run it again']});
    }
    if (link !== undefined) {
      writeLink(join(root, staged), link);
    } else if (bytes !== undefined) {
      writeNew(join(root, staged), bytes, accessAfter(before, access));
      if (before?.isFile === true && keepContext !== undefined) {
        keepContext(join(root, path), join(root, staged));
        sync(join(root, staged));
      }
    }
    observe?.('staged', path);
  }
  // Before the journal says that they are there, they have to be there after a power cut too.
  syncFolders(root, steps);
}

/** A file keeps its own; that of a link says nothing about the file in its place. */
function accessAfter(before: ReturnType<typeof accessOf>, given: Access): Access {
  return before?.isFile === true ? before : given;
}

/**
 * What is on the disk now, read back: the bytes that will be swapped, and no others, with the access they will have. Links
 * are compared, and left out.
 */
function stagedFiles(
  {root}: Keeping,
  writes: readonly FileWrite[],
  steps: readonly JournalStep[],
): ReadonlyMap<string, Buffer> {
  return new Map(
    steps.flatMap(({path, staged, after}, index) => {
      if (staged === undefined) return [];
      const link = linkAt(join(root, staged));
      if (link !== undefined && stateOfLink(link) === after) return [];
      const bytes = link === undefined ? bytesAt(join(root, staged)) : undefined;
      const write = writes[index];
      const wanted = write === undefined ? undefined : accessAfter(accessOf(join(root, path)), write.access);
      const isRight = isSameAccess(accessOf(join(root, staged)), wanted);
      if (bytes !== undefined && sumOf(bytes) === after && isRight) return [[path, bytes]];
      throw new Failure('staged-file-differs', `${staged} is not what was written to it`, {
        nextSteps: ['the disk may be failing: see dmesg; nothing was changed'],
      });
    }),
  );
}

function isSameAccess(one: Access | undefined, other: Access | undefined): boolean {
  return one?.mode === other?.mode && one?.owner === other?.owner && one?.group === other?.group;
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

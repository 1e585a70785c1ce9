import {basename, dirname, join} from 'node:path';
import {Failure} from '../../base/failure.ts';
import {putBack} from './aside.ts';
import {type Backup, copyOf, dropUnfinished, listBackups, makeBackup, readBackup} from './backup.ts';
import {accessOf, partOf, removeIfThere, stateAt, stateOfLink, sumOf} from './disk.ts';
import {changeFailure} from './failure.ts';
import {type Change, type FileWrite, stage, stagedFiles} from './stage.ts';
import {allNew, evenSo, finish, giveUp, leftAs, undo} from './swap.ts';
import {type Journal, type JournalStep, type Keeping, prepareKeeping, readJournal, writeJournal} from './journal.ts';

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
export function restore(keeping: Keeping, id: string, now: Date, observe?: Change['observe']): Backup {
  const backup = readBackup(keeping, id);
  const gone = [...new Set(backup.files.map(({path}) => dirname(path)))].filter(
    (folder) => accessOf(join(keeping.root, folder)) === undefined,
  );
  if (gone.length > 0) {
    throw new Failure('no-such-folder', `${gone.join(', ')}: not there, and files of the backup belong in it`, {
      nextSteps: [`make it, then run it again: mkdir -p ${gone.map((folder) => join(keeping.root, folder)).join(' ')}`],
    });
  }
  const writes = backup.files.map((file): FileWrite => ({
    path: file.path,
    bytes: copyOf(keeping, backup, file),
    link: file.link,
    access: {mode: file.mode ?? 0o600, owner: file.owner ?? 0, group: file.group ?? 0},
  }));
  const change: Change = {
    what: `restore ${id} (${backup.what})`,
    writes,
    ...(observe === undefined ? {} : {observe}),
  };
  const open = readJournal(keeping);
  // A file that is aside is in no backup.
  const isOwn = open?.id === id && open.state !== 'aside';
  return isOwn ? changeOver(keeping, change, now, open) : applyChange(keeping, change, now);
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

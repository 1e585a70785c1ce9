import {writeFailure} from '../base/system-failure.ts';
import {type Backup, listBackups} from '../node/change/backup.ts';
import {recover, type Recovered, restore} from '../node/change/change.ts';
import {keepingUnder} from '../node/change/journal.ts';
import {type RunMarks, withLock} from '../node/change/lock.ts';

/** Backups of a node, newest first. */
export function backupsOf(root: string): readonly Backup[] {
  return listBackups(keepingUnder(root));
}

/**
 * Brings a backup back; what is there now is backed up first.
 *
 * @returns the backup of what was there
 * @throws Failure `no-such-backup`, `backup-damaged`, `locked`
 */
export function goBackTo(root: string, id: string, marks: RunMarks, now: Date): Backup {
  const keeping = keepingUnder(root);
  return guarded(root, () => withLock(keeping, marks, () => restore(keeping, id, now)));
}

/**
 * Finishes or undoes what an interrupted run has left; undefined = nothing was left.
 *
 * @throws Failure `locked`, `journal-unreadable`
 */
export function finishInterrupted(root: string, marks: RunMarks): Recovered | undefined {
  const keeping = keepingUnder(root);
  return guarded(root, () => withLock(keeping, marks, () => recover(keeping)));
}

function guarded<Result>(root: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw writeFailure(error, root === '/' ? 'the files of this node' : root);
  }
}

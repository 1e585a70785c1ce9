import {randomUUID} from 'node:crypto';
import {linkSync, readdirSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {Failure} from '../../base/failure.ts';
import {hasCode, isSystemError} from '../../base/system-failure.ts';
import {bytesAt, makePrivateFolder, moveOver, removeIfThere, sumOf, writeNew} from './disk.ts';
import type {Keeping} from './journal.ts';

/** How a run is told from a later one with the same process number. */
export interface RunMarks {
  /** This run, as text without a secret. */
  readonly own: string;
  readonly isOver: (mark: string) => boolean;
}

/**
 * Does something that nobody else may do to this node at the same time. A lock of a run that is over is taken away.
 *
 * @throws Failure `locked`
 */
export function withLock<Result>(keeping: Keeping, marks: RunMarks, act: () => Result): Result {
  using lock = holdLock(keeping, marks);
  return act();
}

/**
 * The same for as long as the lock is not disposed of: for work that waits in between.
 *
 * @throws Failure `locked`
 */
export function holdLock({lock}: Keeping, marks: RunMarks): Disposable {
  makePrivateFolder(dirname(lock));
  const part = `${lock}-${randomUUID()}`;
  const access = {mode: 0o600, owner: process.getuid?.() ?? 0, group: process.getgid?.() ?? 0};
  try {
    // It is linked to its name once the mark is in it: a lock is never seen without.
    writeNew(part, Buffer.from(marks.own), access);
    take(lock, part, marks);
  } finally {
    removeIfThere(part);
  }
  // Nobody else is past `take` now: what lies beside it was left by killed runs, or by some that are refused anyway.
  for (const name of readdirSync(dirname(lock))) {
    if (name.startsWith(`${basename(lock)}-`)) removeIfThere(join(dirname(lock), name));
  }
  return {
    [Symbol.dispose]: () => {
      try {
        removeIfThere(lock);
      } catch (error) {
        // What was done is done; a lock that stays is over with this process.
        if (!isSystemError(error)) throw error;
      }
    },
  };
}

function take(lock: string, part: string, marks: RunMarks): void {
  for (;;) {
    if (linked(part, lock)) return;
    const first = textAt(lock);
    if (first === undefined) continue;
    if (follow(lock, part, first, marks)) return;
  }
}

/**
 * Takes the place of a run that is over. Who may do so is settled by a link whose name comes from that run's mark: of
 * two that find the same dead lock, one gets it. Should that one be killed before it has moved into the lock, its own
 * mark settles in the same way who comes after it, and so on.
 *
 * @returns false when the lock has changed meanwhile
 */
function follow(lock: string, part: string, first: string, marks: RunMarks): boolean {
  let holder: string | undefined = first;
  while (holder !== undefined) {
    if (!marks.isOver(holder)) throw locked(lock);
    const after = `${lock}-after-${sumOf(Buffer.from(holder))}`;
    if (linked(part, after)) {
      // Only whoever comes last in the row replaces it, and a dead run's mark does not come back.
      if (textAt(lock) !== first) {
        removeIfThere(after);
        return false;
      }
      moveOver(after, lock);
      return true;
    }
    holder = textAt(after);
  }
  return false;
}

/** @returns false when the name is taken */
function linked(part: string, name: string): boolean {
  try {
    linkSync(part, name);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    // Whoever has taken the lock has swept this away.
    if (hasCode(error, 'ENOENT')) throw locked(name);
    throw error;
  }
}

function textAt(path: string): string | undefined {
  return bytesAt(path)?.toString('utf8');
}

function locked(lock: string): Failure {
  return new Failure('locked', `another run is changing this node (${lock})`, {
    nextSteps: ['wait until it has ended, then run it again'],
  });
}

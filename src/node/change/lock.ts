import {join} from 'node:path';
import {Failure} from '../../base/failure.ts';
import {bytesAt, makePrivateFolder, removeIfThere, writeNew} from './disk.ts';
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
  makePrivateFolder(join(keeping.lock, '..'));
  take(keeping, marks);
  try {
    return act();
  } finally {
    removeIfThere(keeping.lock);
  }
}

function take({lock}: Keeping, marks: RunMarks): void {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const access = {mode: 0o600, owner: process.getuid?.() ?? 0, group: process.getgid?.() ?? 0};
      writeNew(lock, Buffer.from(marks.own), access);
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const holder = bytesAt(lock)?.toString('utf8');
    if (holder === undefined) continue;
    if (!marks.isOver(holder)) break;
    removeIfThere(lock);
  }
  throw new Failure('locked', `another run is changing this node (${lock})`, {
    nextSteps: ['wait until it has ended, then run it again'],
  });
}

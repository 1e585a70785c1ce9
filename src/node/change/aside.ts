import {basename, dirname, join} from 'node:path';
import {Failure} from '../../base/failure.ts';
import {accessOf, bytesAt, moveOver, sumOf, syncFolder} from './disk.ts';
import {changeFailure} from './failure.ts';
import {closeJournal, type Journal, type Keeping, prepareKeeping, readJournal, writeJournal} from './journal.ts';
import {leftAs} from './swap.ts';

/**
 * Takes a file out of sight for a while, under a dot name in its own folder: a kubelet stops the pod whose manifest is
 * gone. The journal knows of it first, so that `recover` puts it back, whatever becomes of this run. Whoever calls holds
 * the lock.
 *
 * @param path the file itself, links followed; absolute on the node
 * @param what for people: `restart kube-scheduler`
 * @throws Failure `change-interrupted` when something else waits to be recovered; what the disk says
 */
export function putAside(
  keeping: Keeping,
  {path, what, id}: Pick<Journal, 'what' | 'id'> & {readonly path: string},
): void {
  if (readJournal(keeping) !== undefined) {
    throw new Failure('change-interrupted', 'an earlier change of this node was interrupted', {
      nextSteps: ['certwright recover finishes or undoes it'],
    });
  }
  prepareKeeping(keeping);
  const place = join(keeping.root, path);
  const staged = join(dirname(path), `.certwright-${id}-${basename(path)}`);
  const steps = [{path, staged, after: sumOf(bytesAt(place))}];
  writeJournal(keeping, {journalVersion: 1, id, what, state: 'aside', steps});
  moveOver(place, join(keeping.root, staged));
  syncFolder(dirname(place));
}

/**
 * Does something while a file is out of sight, and puts it back whatever comes: an error, a signal, a disk that says no
 * between the journal and the move.
 *
 * @throws Failure of `putAside` and `putBack`; what `act` throws
 */
export async function whileAside<Result>(
  keeping: Keeping,
  file: Parameters<typeof putAside>[1],
  act: () => Promise<Result>,
): Promise<Result> {
  try {
    try {
      putAside(keeping, file);
      return await act();
    } finally {
      const journal = readJournal(keeping);
      if (journal?.state === 'aside' && journal.id === file.id) putBack(keeping, journal);
    }
  } catch (error) {
    throw changeFailure(error, leftAs(keeping, `${file.path} is where it was`));
  }
}

/**
 * Brings back what `putAside` took away. Doing it again changes nothing.
 *
 * @throws Failure `file-came-back` when somebody has put another file there meanwhile: neither is lost
 */
export function putBack(keeping: Keeping, {steps}: Pick<Journal, 'steps'>): void {
  for (const {path, staged, after} of steps) {
    const place = join(keeping.root, path);
    const aside = staged === undefined ? undefined : join(keeping.root, staged);
    if (aside === undefined || accessOf(aside) === undefined) continue;
    const there = bytesAt(place);
    if (there !== undefined && sumOf(there) !== after) {
      throw new Failure('file-came-back', `${path} was written by somebody else while it was out of the way`, {
        nextSteps: [`compare it with ${staged ?? ''}, keep the right one under the name ${path}, and remove the other`],
      });
    }
    moveOver(aside, place);
    syncFolder(dirname(place));
  }
  closeJournal(keeping);
}

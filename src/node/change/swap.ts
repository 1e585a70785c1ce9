import {dirname, join} from 'node:path';
import {Failure} from '../../base/failure.ts';
import {isSystemError} from '../../base/system-failure.ts';
import {accessOf, moveOver, removeIfThere, stateAt, syncFolder} from './disk.ts';
import {closeJournal, type Journal, type JournalStep, type Keeping, readJournal, writeJournal} from './journal.ts';

/** The two ways on from an open journal. Each step of either is done or still to do, and doing it again changes nothing. */

export function undo(keeping: Keeping, journal: Journal): void {
  removeStaged(keeping, journal);
  settle(keeping, journal);
}

/** Undoes what has not swapped yet, although its journal may say on the disk that it has begun to. */
export function giveUp(keeping: Keeping, journal: Journal): void {
  const isOpen = (): boolean => {
    const open = readJournal(keeping);
    return open?.id === journal.id && open.state === 'swapping';
  };
  if (isOpen()) {
    // It must not be found any more once the staged files are gone.
    evenSo(() => settle(keeping, journal));
    if (isOpen()) return;
  }
  undo(keeping, journal);
}

/** Tidies up after an error, which is the one to tell: what cannot be tidied now is the next run's, or `recover`'s. */
export function evenSo(tidy: () => void): void {
  try {
    tidy();
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

/** The journal as it was before this change. */
function settle(keeping: Keeping, {over}: Journal): void {
  if (over === undefined) closeJournal(keeping);
  else writeJournal(keeping, over);
}

function removeStaged({root}: Keeping, {steps}: Journal): void {
  for (const {staged} of steps) if (staged !== undefined) removeIfThere(join(root, staged));
}

export function finish(
  keeping: Keeping,
  {id, steps, over}: Journal,
  observe?: (step: 'swapped', path: string) => void,
): void {
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
    observe?.('swapped', path);
  }
  if (over !== undefined) removeStaged(keeping, over);
  syncFolders(root, steps);
  closeJournal(keeping);
}

export const allNew = 'the files themselves are changed: certwright check shows them';

/** How a change that met an error has left the node, as a next step. */
export function leftAs({journal}: Keeping, settled: string): string {
  return accessOf(journal) === undefined ? settled : 'certwright recover finishes or undoes what was begun';
}

export function syncFolders(root: string, steps: readonly JournalStep[]): void {
  for (const folder of new Set(steps.map(({path}) => dirname(path)))) syncFolder(join(root, folder));
}

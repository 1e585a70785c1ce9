import {Failure} from '../../base/failure.ts';
import {isSystemError, writeFailure} from '../../base/system-failure.ts';

/** What mends it on a node, where the files cannot be anywhere else. */
const remedies: Readonly<Record<string, string>> = {
  'disk-full': 'free some space (`df -h` and `df -i` show how much there is), then run it again',
  'quota-used-up': 'free some space or raise the quota, then run it again',
  'not-permitted':
    'run it again with sudo; where root may not either, `lsattr` and the log of SELinux or AppArmor say why',
  'read-only':
    'mount it to be written (`mount -o remount,rw`; `dmesg` says whether the disk is failing), then run it again',
  'disk-error': 'see `dmesg`; put the disk in order, then run it again',
};

/**
 * What the file system said no with while a node was changed, with the file that it was about.
 *
 * @param now how the node is left, a next step
 */
export function changeFailure(error: unknown, now: string): unknown {
  if (!isSystemError(error)) return error;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : 'the files of this node';
  const told = writeFailure(error, path);
  if (!(told instanceof Failure)) return told;
  const remedy = remedies[told.code] ?? `find out what is wrong with ${path}, then run it again`;
  return new Failure(told.code, told.message, {nextSteps: [remedy, now], cause: error});
}

/**
 * For what stands around a change, which tells of itself: the lock, the backup that is read.
 *
 * @param now how the node is left, a next step
 */
export function explained<Result>(act: () => Result, now = 'nothing was changed'): Result {
  try {
    return act();
  } catch (error) {
    throw changeFailure(error, now);
  }
}

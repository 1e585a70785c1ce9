import {
  chmodSync,
  closeSync,
  fchmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import {open} from 'node:fs/promises';
import {join} from 'node:path';
import {Failure} from '../base/failure.ts';
import {markOfThisProcess} from '../run/process-mark.ts';
import {notEmpty, type Target} from './target.ts';
import {hasCode, isSystemError, writeFailure} from '../base/system-failure.ts';

/**
 * A hidden folder beside the target, in which a bundle grows until one rename puts it in its place:
 *
 *     .<name>.certwright-<random>/
 *       unfinished.json     who builds here, so that a later run can tell a dead one from a living one
 *       bundle/             becomes the target
 *       bundle.tar          becomes <name>.tar, if one is wanted
 *       replaced/           only while a bundle takes the place of its own requests: what was there before
 *
 * The marker lies beside `bundle/`, not in it: it need not be taken out before the rename, so there is no moment at
 * which a folder looks complete and is not.
 */
export interface Staging {
  readonly target: Target;
  readonly folder: string;
  readonly bundle: string;
  readonly tar: string;
  readonly replaced: string;
}

/** How a staging folder's name starts; six letters and digits follow. */
export function stagingPrefix(name: string): string {
  return `.${name}.certwright-`;
}

export function stagingIn(folder: string, target: Target): Staging {
  return {
    target,
    folder,
    bundle: join(folder, 'bundle'),
    tar: join(folder, 'bundle.tar'),
    replaced: join(folder, 'replaced'),
  };
}

export const markerFile = 'unfinished.json';

export function openStaging(target: Target, now: Date): Staging {
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(target.parent, stagingPrefix(target.name)));
    chmodSync(folder, 0o700);
    writeMarker(join(folder, markerFile), now);
    const staging = stagingIn(folder, target);
    mkdirSync(staging.bundle, {mode: 0o700});
    chmodSync(staging.bundle, 0o700);
    return staging;
  } catch (error) {
    if (folder !== undefined) discard(stagingIn(folder, target));
    throw writeFailure(error, target.directory);
  }
}

function writeMarker(path: string, now: Date): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    fchmodSync(file, 0o600);
    writeFileSync(file, `${JSON.stringify({started: now.toISOString(), ...markOfThisProcess()})}\n`);
  } finally {
    closeSync(file);
  }
}

/**
 * Removes everything that was built; the keys in it were never used. Requests that wait in it for their place are not
 * removed: certificates may be signed for their keys.
 */
export function discard({folder, replaced, target}: Staging): void {
  if (isThere(replaced) && !isThere(target.directory)) {
    throw new Failure('requests-displaced', `the requests of ${target.directory} lie in ${replaced}`, {
      nextSteps: [`put them back: mv ${replaced} ${target.directory}`],
    });
  }
  try {
    rmSync(folder, {recursive: true, force: true});
  } catch (error) {
    if (!isSystemError(error)) throw error;
    // `rmSync` gives an empty code where it knows none (Node 26: EROFS); the cause has its words.
    const reason = error.code === '' ? '' : ` (${error.code})`;
    throw new Failure('cannot-clear', `what was begun in ${folder} cannot be removed${reason}`, {
      nextSteps: [`remove it by hand, because there are keys in it: rm -r ${folder}`],
      cause: error,
    });
  }
}

export interface PlaceOptions {
  /** The bundle takes the place of a folder of requests. */
  readonly replaces: boolean;
  /** Where the tar goes, if there is one. */
  readonly tar: string | undefined;
}

/**
 * The one moment at which the bundle is there. A tar comes first: it is complete in itself, and the folder says "done".
 * A folder of requests cannot be exchanged in one step; between the two steps it is absent, and `clearInterrupted`
 * puts it back.
 */
export function place(staging: Staging, options: PlaceOptions): void {
  const {directory} = staging.target;
  if (options.tar !== undefined) placeTar(staging, options.tar);
  try {
    if (options.replaces) renameSync(directory, staging.replaced);
    renameSync(staging.bundle, directory);
  } catch (error) {
    takeBack(staging, options);
    throw placeFailure(error, staging.target);
  }
}

function takeBack(staging: Staging, options: PlaceOptions): void {
  const {directory} = staging.target;
  if (isThere(staging.replaced)) renameSync(staging.replaced, directory);
  if (options.tar !== undefined) unlinkSync(options.tar);
}

/** `link` never takes the place of a file that is there, `rename` does; some file systems know only the latter. */
function placeTar(staging: Staging, tar: string): void {
  try {
    linkSync(staging.tar, tar);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw tarExists(tar);
    if (!hasCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) throw writeFailure(error, tar);
    refuseExistingTar(tar);
    renameSync(staging.tar, tar);
  }
}

export function refuseExistingTar(tar: string): void {
  if (isThere(tar)) throw tarExists(tar);
}

export function isThere(path: string): boolean {
  return lstatSync(path, {throwIfNoEntry: false}) !== undefined;
}

function tarExists(tar: string): Failure {
  return new Failure('tar-exists', `${tar} already exists, and it stays as it is`, {
    nextSteps: ['move it away, or give another folder'],
  });
}

function placeFailure(error: unknown, target: Target): unknown {
  const {directory} = target;
  // Something came into the folder while the bundle was being built.
  if (hasCode(error, 'ENOTEMPTY', 'EEXIST')) return notEmpty(target, readdirSync(directory).sort());
  if (hasCode(error, 'EBUSY', 'EXDEV')) {
    return new Failure('mount-point', `${directory} is in use as a mount point`, {
      nextSteps: [`give a folder inside it: ${join(directory, 'bundle')}`],
      cause: error,
    });
  }
  return writeFailure(error, directory);
}

/** Makes a file, or the entries of a folder, outlive a power cut. */
export async function syncPath(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } catch (error) {
    // Some network file systems cannot sync a folder; the rename itself is what they promise.
    if (!hasCode(error, 'EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EBADF')) throw error;
  } finally {
    await file.close();
  }
}

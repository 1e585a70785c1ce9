import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {Failure} from '../base/failure.ts';
import {Secret} from '../base/secret.ts';
import {hasCode, readFailure, writeFailure} from '../base/system-failure.ts';

/** One file that holds a secret, outside of any bundle: 0600 from its first byte, whole or not there, and never over another. */

/**
 * Looks before anything is made for it.
 *
 * @param path absolute
 * @throws Failure `file-exists`, and whatever keeps a file from being made there
 */
export function checkNewFile(path: string): void {
  if (isThere(path)) throw fileExists(path);
  const folder = dirname(path);
  try {
    const found = statSync(folder, {throwIfNoEntry: false});
    if (found === undefined) {
      throw new Failure('no-such-folder', `${folder} is not there`, {nextSteps: [`make it first: mkdir -p ${folder}`]});
    }
    if (!found.isDirectory()) {
      throw new Failure('file-in-the-way', `${folder} is a file, not a folder`, {nextSteps: ['give another path']});
    }
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw writeFailure(error, path);
  }
}

/** @throws Failure `file-exists` when something has come there in the meantime: it stays as it is */
export function writePrivateFile(path: string, text: Secret): void {
  const unfinished = join(dirname(path), `.${basename(path)}.certwright-unfinished`);
  try {
    rmSync(unfinished, {force: true});
    const file = openSync(unfinished, 'wx', 0o600);
    try {
      fchmodSync(file, 0o600);
      writeFileSync(file, text.reveal());
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    giveName(unfinished, path);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw fileExists(path);
    throw writeFailure(error, path);
  } finally {
    rmSync(unfinished, {force: true});
  }
  syncFolder(dirname(path));
}

/** A rename would replace what is there; a second name is refused instead. */
function giveName(from: string, path: string): void {
  try {
    linkSync(from, path);
  } catch (error) {
    if (!hasCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) throw error;
    // A file system without second names: the place is taken by an empty file first.
    closeSync(openSync(path, 'wx', 0o600));
    renameSync(from, path);
  }
}

/**
 * undefined = there is none.
 *
 * @throws Failure `key-exposed` when others can read it
 */
export function readPrivateFile(path: string): Secret | undefined {
  try {
    const found = statSync(path, {throwIfNoEntry: false});
    if (found === undefined) return undefined;
    if ((found.mode & 0o077) !== 0) {
      throw new Failure('key-exposed', `others than its owner can read ${path}, so it is no secret any more`, {
        nextSteps: [`remove it, and what was made with it: rm ${path}`],
      });
    }
    return new Secret(readFileSync(path, 'utf8'));
  } catch (error) {
    throw readFailure(error, path);
  }
}

export function removePrivateFile(path: string): void {
  try {
    rmSync(path, {force: true});
  } catch (error) {
    throw writeFailure(error, path);
  }
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, {throwIfNoEntry: false}) !== undefined;
  } catch (error) {
    throw writeFailure(error, path);
  }
}

function syncFolder(folder: string): void {
  const opened = openSync(folder, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

function fileExists(path: string): Failure {
  return new Failure('file-exists', `${path} is there already, and it stays as it is`, {
    nextSteps: ['give another name: --out FILE'],
  });
}

import {hash} from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import {constants} from 'node:fs';
import {dirname} from 'node:path';
import {Failure} from '../../base/failure.ts';
import {hasCode, isSystemError} from '../../base/system-failure.ts';

/**
 * The few calls that change a node, each synchronous, so that a change is one order of calls that can be cut off
 * between any two of them. Paths are this machine's.
 */

/** Who may read and write a file, and whose it is. */
export interface Access {
  /** `0o600` */
  readonly mode: number;
  readonly owner: number;
  readonly group: number;
}

const {O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY} = constants;

/** A new file, on the disk when this returns. It is nobody else's from its first byte, and gets its access before its bytes. */
export function writeNew(path: string, bytes: Uint8Array, {mode, owner, group}: Access): void {
  const file = openSync(path, O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY, 0o600);
  try {
    const [uid, gid] = [process.getuid?.() ?? owner, process.getgid?.() ?? group];
    if (owner !== uid || group !== gid) fchownSync(file, owner, group);
    fchmodSync(file, mode);
    for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } catch (error) {
    throw naming(error, path);
  } finally {
    closeSync(file);
  }
}

/** Where the next text lies until it is whole; a run that was cut off leaves it. */
export function partOf(path: string): string {
  return `${path}.part`;
}

/** A text of Certwright's own, whole or as it was before. */
export function replaceText(path: string, text: string): void {
  const part = partOf(path);
  removeIfThere(part);
  writeNew(part, Buffer.from(text), {mode: 0o600, owner: process.getuid?.() ?? 0, group: process.getgid?.() ?? 0});
  renameSync(part, path);
  syncFolder(dirname(path));
}

/** Makes names in a folder last: a rename is in memory until its folder is on the disk. */
export function syncFolder(path: string): void {
  sync(path);
}

/** Puts on the disk what is said of a file, or in it. */
export function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } catch (error) {
    throw naming(error, path);
  } finally {
    closeSync(file);
  }
}

/** A call on an open file does not say which file it was about. */
function naming(error: unknown, path: string): unknown {
  return isSystemError(error) && !('path' in error) ? Object.assign(error, {path}) : error;
}

/** A folder that is nobody else's, with those above it. */
export function makePrivateFolder(path: string): void {
  makeFolder(path);
  chmodSync(path, 0o700);
}

/** One after the other: told to make all of them, Node.js takes a read-only disk for a missing folder. */
function makeFolder(path: string): void {
  if (lstatSync(path, {throwIfNoEntry: false})?.isDirectory() === true) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  mkdirSync(path, {mode: 0o700});
  syncFolder(dirname(path));
}

export function moveOver(from: string, to: string): void {
  renameSync(from, to);
}

export function removeIfThere(path: string): void {
  // Not rmSync: it does not say of every error which one it is.
  try {
    unlinkSync(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}

export function removeTree(path: string): void {
  rmSync(path, {recursive: true, force: true});
}

/** A new symbolic link; that it is there lasts once its folder is synced. */
export function writeLink(path: string, target: string): void {
  symlinkSync(target, path);
}

/** Where a symbolic link leads, as it stands in it; undefined = it is none. */
export function linkAt(path: string): string | undefined {
  return lstatSync(path, {throwIfNoEntry: false})?.isSymbolicLink() === true ? readlinkSync(path) : undefined;
}

/** undefined = there is none. */
export function accessOf(path: string): (Access & {readonly isFile: boolean; readonly isLink: boolean}) | undefined {
  const found = lstatSync(path, {throwIfNoEntry: false});
  if (found === undefined) return undefined;
  const {mode, uid: owner, gid: group} = found;
  return {mode: mode & 0o7777, owner, group, isFile: found.isFile(), isLink: found.isSymbolicLink()};
}

/**
 * undefined = there is none.
 *
 * @throws Failure `not-a-file`: to open a pipe would wait for somebody who writes into it, for ever
 */
export function bytesAt(path: string): Buffer | undefined {
  let file: number;
  try {
    file = openSync(path, O_RDONLY | O_NONBLOCK);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  try {
    if (fstatSync(file).isFile()) return readFileSync(file);
  } catch (error) {
    throw naming(error, path);
  } finally {
    closeSync(file);
  }
  throw new Failure('not-a-file', `${path} is not a file`, {
    nextSteps: [`see what it is (ls -ld ${path}), and move it away; then run it again`],
  });
}

/** What is at a path, to be compared: a file's sum, `-> TARGET` for a link (which is not followed), or `absent`. */
export function stateAt(path: string): string {
  const target = linkAt(path);
  return target === undefined ? sumOf(bytesAt(path)) : stateOfLink(target);
}

export function stateOfLink(target: string): string {
  return `-> ${target}`;
}

/** SHA-256, lower-case hex; `absent` for no file. */
export function sumOf(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? absent : hash('sha256', bytes, 'hex');
}

export const absent = 'absent';

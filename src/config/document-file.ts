import {renameSync, rmSync, writeFileSync} from 'node:fs';
import {Failure} from '../base/failure.ts';
import {reasonOf} from './plan-file.ts';

/**
 * Writes a document that holds no secret.
 *
 * @param path absolute
 * @param name what to call it in a failure: the path as it was typed
 * @param replaces whether a file that is there may be replaced; then it is the old one or the new one, never half
 * @throws Failure `file-exists` when something is there and may not be replaced, `file-unwritable` otherwise
 */
export function writeDocumentFile(path: string, text: string, name: string, replaces: boolean): void {
  const written = replaces ? `${path}.new` : path;
  try {
    writeFileSync(written, text, {flag: 'wx', mode: 0o644});
  } catch (cause) {
    throw failureOf(cause, replaces ? `${name}.new` : name);
  }
  if (!replaces) return;
  try {
    renameSync(written, path);
  } catch (cause) {
    rmSync(written, {force: true});
    throw failureOf(cause, name);
  }
}

function failureOf(cause: unknown, name: string): Failure {
  const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
  return new Failure(isThere ? 'file-exists' : 'file-unwritable', `${name} cannot be written: ${reasonOf(cause)}`, {
    nextSteps: ['choose another name or folder'],
    cause,
  });
}

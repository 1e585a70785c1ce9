import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Failure} from '../base/failure.ts';

/**
 * Gives another program a text that is a secret: as a file of this user's alone, 0600 from its first byte, in a folder of
 * its own among the temporary ones, and gone when `work` is over, however it ends.
 */
export async function withSecretFile<T>(name: string, text: string, work: (path: string) => Promise<T>): Promise<T> {
  const folder = made(() => mkdtempSync(join(tmpdir(), 'certwright-')));
  try {
    const path = join(folder, name);
    made(() => writeFileSync(path, text, {flag: 'wx', mode: 0o600}));
    return await work(path);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

function made<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Failure('cannot-write', `a file for kubeadm cannot be written to ${tmpdir()} (${code})`, {
      nextSteps: ['name a folder for temporary files that can be written: TMPDIR=…'],
    });
  }
}

import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Failure} from '../base/failure.ts';

/**
 * Gives another program a text that is a secret: as a file of this user's alone, 0600 from its first byte, in a folder of
 * its own among the temporary ones, and gone when `work` is over, however it ends.
 */
export async function withSecretFile<T>(name: string, text: string, work: (path: string) => Promise<T>): Promise<T> {
  const folder = await made(mkdtemp(join(tmpdir(), 'certwright-')));
  try {
    const path = join(folder, name);
    await made(writeFile(path, text, {flag: 'wx', mode: 0o600}));
    return await work(path);
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

async function made<T>(making: Promise<T>): Promise<T> {
  try {
    return await making;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Failure('cannot-write', `a file for kubeadm cannot be written to ${tmpdir()} (${code})`, {
      nextSteps: ['name a folder for temporary files that can be written: TMPDIR=…'],
    });
  }
}

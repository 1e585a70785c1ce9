import {open} from 'node:fs/promises';
import {Failure} from '../base/failure.ts';

/** Larger files are no certificate, key or kubeconfig. */
const mostBytes = 4 << 20;

/**
 * The bytes of a file on this machine.
 *
 * @throws Failure `file-missing`, `not-permitted`, `not-a-file`, `file-too-large`, `cannot-read`
 */
export async function readBytes(path: string): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      const found = await file.stat();
      if (found.isDirectory()) throw notAFile(path, 'a folder', `name a file in it: ls ${path}`);
      if (found.size > mostBytes) {
        throw new Failure('file-too-large', `${path} is too large to be a certificate, key or kubeconfig`, {
          nextSteps: ['name the PEM file or the kubeconfig itself'],
        });
      }
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw failureOf(error, path);
  }
}

function failureOf(error: unknown, path: string): unknown {
  const code =
    error instanceof Error && 'code' in error && !(error instanceof Failure) ? String(error.code) : undefined;
  switch (code) {
    case undefined:
      return error;
    case 'ENOENT':
    case 'ENOTDIR':
      return new Failure('file-missing', `${path} does not exist`, {nextSteps: ['check the path']});
    case 'EACCES':
    case 'EPERM':
      return new Failure('not-permitted', `${path} may not be read by this user`, {
        nextSteps: ['run it again with sudo, or as the user who owns the file'],
      });
    default:
      return new Failure('cannot-read', `${path} cannot be read (${code})`, {
        nextSteps: ['see that its disk is well: dmesg'],
        cause: error,
      });
  }
}

function notAFile(path: string, what: string, nextStep: string): Failure {
  return new Failure('not-a-file', `${path} is ${what}`, {nextSteps: [nextStep]});
}

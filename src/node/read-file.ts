import {constants} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';
import {setTimeout} from 'node:timers/promises';
import {Cancelled, Failure} from '../base/failure.ts';
import {hasCode, isSystemError} from '../base/system-failure.ts';

/** Larger files are no certificate, key or kubeconfig. */
const mostBytes = 4 << 20;

/**
 * The bytes of a file on this machine, or of a pipe: a shell gives one for `<(…)`. Whoever waits for what comes out of it
 * can be told to stop.
 *
 * @throws Failure `file-missing`, `not-permitted`, `not-a-file`, `file-too-large`, `cannot-read`; Cancelled
 */
export async function readBytes(path: string, signal?: AbortSignal): Promise<Buffer> {
  try {
    // A pipe that nobody writes into would else keep the program from ever ending.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const found = await file.stat();
      if (found.isDirectory()) throw notAFile(path, 'a folder', `name a file in it: ls ${path}`);
      if (found.isCharacterDevice() || found.isBlockDevice()) {
        throw notAFile(path, 'a device', 'name a file; for what is typed or piped in: certwright inspect -');
      }
      if (found.size > mostBytes) throw tooLarge(path);
      return await everythingIn(file, path, signal);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw failureOf(error, path);
  }
}

/** Its size says nothing where it is a pipe, or made by the kernel. */
async function everythingIn(file: FileHandle, path: string, signal: AbortSignal | undefined): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for (;;) {
    const chunk = await nextOf(file);
    if (chunk?.length === 0) return Buffer.concat(chunks, size);
    if (chunk === undefined) await untilMore(signal);
    else chunks.push(chunk);
    size += chunk?.length ?? 0;
    if (size > mostBytes) throw tooLarge(path);
  }
}

/** undefined = there is no more yet. */
async function nextOf(file: FileHandle): Promise<Buffer | undefined> {
  try {
    const {buffer, bytesRead} = await file.read(Buffer.alloc(1 << 16), 0, 1 << 16);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if (hasCode(error, 'EAGAIN')) return undefined;
    throw error;
  }
}

async function untilMore(signal: AbortSignal | undefined): Promise<void> {
  try {
    await setTimeout(20, undefined, signal === undefined ? {} : {signal});
  } catch (error) {
    if (signal?.aborted === true) throw new Cancelled();
    throw error;
  }
}

function tooLarge(path: string): Failure {
  return new Failure('file-too-large', `${path} is too large to be a certificate, key or kubeconfig`, {
    nextSteps: ['name the PEM file or the kubeconfig itself'],
  });
}

function failureOf(error: unknown, path: string): unknown {
  const code = isSystemError(error) ? error.code : undefined;
  switch (code) {
    case undefined:
      return error;
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
      return new Failure('file-missing', `${path} does not exist`, {nextSteps: ['check the path']});
    case 'ELOOP':
      return new Failure('not-a-file', `the symbolic links of ${path} lead round in a circle`, {
        nextSteps: [`see where they lead: ls -l ${path}`],
      });
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

import {Failure} from './failure.ts';

/** What the file system said no with, in plain words and with a way on. `not-permitted` ends Certwright with 77. */
interface Explanation {
  readonly code: string;
  readonly message: (path: string) => string;
  readonly nextStep: string;
}

const full: Explanation = {
  code: 'disk-full',
  message: (path) => `no space is left for ${path}`,
  nextStep: 'free some space (`df -h` and `df -i` show how much there is), or give a folder on another disk',
};

const notPermitted: Explanation = {
  code: 'not-permitted',
  message: (path) => `writing ${path} is not permitted`,
  nextStep: 'give a folder that you own, or run it as the user who owns this one',
};

const tooLong: Explanation = {
  code: 'name-too-long',
  message: (path) => `the file system takes no name as long as ${path}`,
  nextStep: 'give a folder with a shorter name, or shorten the name in the plan',
};

const explanations: Readonly<Record<string, Explanation>> = {
  ENOSPC: full,
  EDQUOT: {...full, code: 'quota-used-up', message: (path) => `the disk quota leaves no room for ${path}`},
  EFBIG: {...full, code: 'file-too-large', message: (path) => `the file system takes no file as large as ${path}`},
  EACCES: notPermitted,
  EPERM: notPermitted,
  EROFS: {
    code: 'read-only',
    message: (path) => `the file system of ${path} is read-only`,
    nextStep: 'give a folder on a file system that can be written',
  },
  ENAMETOOLONG: tooLong,
  ENOTDIR: {
    code: 'file-in-the-way',
    message: (path) => `a file is in the way of ${path}`,
    nextStep: 'give a path whose parents are folders',
  },
  ELOOP: {
    code: 'file-in-the-way',
    message: (path) => `the symbolic links of ${path} lead round in a circle`,
    nextStep: 'give the path without links',
  },
  ENOENT: {
    code: 'folder-gone',
    message: (path) => `${path} is gone while it is being written`,
    nextStep: 'find out what removes it, then run it again',
  },
  EMFILE: {
    code: 'too-many-open-files',
    message: (path) => `too many files are open to open ${path}`,
    nextStep: 'raise the limit (`ulimit -n`), then run it again',
  },
  EIO: {
    code: 'disk-error',
    message: (path) => `the disk reports an error at ${path}`,
    nextStep: 'see `dmesg`, and give a folder on another disk',
  },
};

/**
 * @param error what a call of `node:fs` threw; anything else comes back as it is, because it is a bug
 * @param path what was being written
 */
export function writeFailure(error: unknown, path: string): unknown {
  if (!isSystemError(error)) return error;
  const explanation = explanations[error.code];
  if (explanation === undefined) {
    return new Failure('cannot-write', `${path} cannot be written (${error.code})`, {
      nextSteps: ['give another folder'],
      cause: error,
    });
  }
  return new Failure(explanation.code, explanation.message(path), {nextSteps: [explanation.nextStep], cause: error});
}

/** The same for reading. */
export function readFailure(error: unknown, path: string): unknown {
  if (!isSystemError(error)) return error;
  if (error.code === 'EACCES' || error.code === 'EPERM') {
    return new Failure('not-permitted', `reading ${path} is not permitted`, {
      nextSteps: ['run it as the user who owns the folder'],
      cause: error,
    });
  }
  return new Failure('cannot-read', `${path} cannot be read (${error.code})`, {
    nextSteps: ['see that it is a file of the bundle, and that its disk is well'],
    cause: error,
  });
}

export interface SystemError extends Error {
  /** `ENOENT` */
  readonly code: string;
}

export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}

export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return isSystemError(error) && codes.includes(error.code);
}

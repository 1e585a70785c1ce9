export interface SystemError extends Error {
  /** `ENOENT` */
  readonly code: string;
}

export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}

/** Why the file system said no, as the end of a sentence. */
export function reasonOf({code}: SystemError): string {
  switch (code) {
    case 'EROFS':
      return 'the disk is read-only';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    case 'EACCES':
    case 'EPERM':
      return 'you may not';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'a file is in the way';
    case 'ENOENT':
      return 'there is no such folder';
    default:
      return code === '' ? 'it failed' : code;
  }
}

import type {SystemError} from '../base/system-failure.ts';

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

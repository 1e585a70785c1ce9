import {readFileSync} from 'node:fs';
import {hasCode, readFailure} from '../base/system-failure.ts';

/** undefined = there is no such file. */
export function readTextIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw readFailure(error, path);
  }
}

import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** A new folder among the system's temporary ones, for this user alone; it stays until somebody removes it. */
export function makeTemporaryFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `${name}-`));
}

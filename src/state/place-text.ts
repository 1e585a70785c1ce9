import {constants} from 'node:fs';
import {open, rename} from 'node:fs/promises';
import {dirname} from 'node:path';
import {syncFolder} from './own-folder.ts';

const {O_CREAT, O_NOFOLLOW, O_TRUNC, O_WRONLY} = constants;

/** A whole file or the one before: written beside its place, and moved there once it is on the disk. */
export async function placeText(path: string, text: string): Promise<void> {
  const part = `${path}.part`;
  const file = await open(part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600);
  try {
    await file.chmod(0o600);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
  await syncFolder(dirname(path));
}

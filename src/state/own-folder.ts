import {chmod, mkdir, open, stat} from 'node:fs/promises';
import {isSystemError} from '../base/system-failure.ts';

/** A folder that another user owns: what lies there may be meant for us to trip over. */
export async function isForeign(folder: string): Promise<boolean> {
  const own = process.getuid?.();
  return own !== undefined && (await stat(folder)).uid !== own;
}

/**
 * Makes the folder, and makes sure that nobody else can look into it.
 *
 * @returns false when it belongs to another user
 */
export async function prepareFolder(folder: string): Promise<boolean> {
  await mkdir(folder, {recursive: true, mode: 0o700});
  if (await isForeign(folder)) return false;
  if (((await stat(folder)).mode & 0o077) !== 0) await chmod(folder, 0o700);
  return true;
}

/** Makes a new name in it outlive a power cut, where the file system can. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (!isSystemError(error)) throw error;
  } finally {
    await handle.close();
  }
}

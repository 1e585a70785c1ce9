import {chmod, mkdir, open, stat} from 'node:fs/promises';
import {dirname} from 'node:path';
import {hasCode, isSystemError} from '../base/system-failure.ts';

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
  await makeFolder(folder);
  if (await isForeign(folder)) return false;
  if (((await stat(folder)).mode & 0o077) !== 0) await chmod(folder, 0o700);
  return true;
}

/**
 * With the folders above it. Each is tried twice at most: `recursive` of Node.js begins anew without end where a folder
 * is there and nothing can be made in it, as in /proc (seen with 26.10).
 */
async function makeFolder(folder: string): Promise<void> {
  try {
    await makeOne(folder);
  } catch (error) {
    const above = dirname(folder);
    if (!hasCode(error, 'ENOENT') || above === folder) throw error;
    await makeFolder(above);
    await makeOne(folder);
  }
}

async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder, {mode: 0o700});
  } catch (error) {
    if (hasCode(error, 'ENOENT') || !(await isFolder(folder))) throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return false;
  }
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

import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {Failure} from '../../base/failure.ts';
import {hasCode} from '../../base/system-failure.ts';
import {
  absent,
  type Access,
  accessOf,
  bytesAt,
  linkAt,
  makePrivateFolder,
  removeTree,
  replaceText,
  stateOfLink,
  sumOf,
  syncFolder,
  writeNew,
} from './disk.ts';
import type {Keeping} from './journal.ts';

/** Files as they were before a change, each with its sum. */
export interface Backup {
  readonly backupVersion: 1;
  /** Its folder's name; sorts by time. */
  readonly id: string;
  readonly what: string;
  /** RFC 3339, UTC. */
  readonly made: string;
  readonly files: readonly BackedUpFile[];
}

export interface BackedUpFile extends Partial<Access> {
  /** Absolute on the node, links followed. */
  readonly path: string;
  /** SHA-256; `absent` = there was no such file; `-> TARGET` for a symbolic link. */
  readonly sum: string;
  /** Its copy in the backup's folder; undefined where there was none. */
  readonly copy: string | undefined;
  /** Where it led, when it was a symbolic link. */
  readonly link?: string;
}

/** Copies the files and reads the copies back; when this returns, all of it is on the disk. */
export function makeBackup(
  keeping: Keeping,
  {id, what, made, paths}: Pick<Backup, 'id' | 'what' | 'made'> & {readonly paths: readonly string[]},
): Backup {
  const folder = join(keeping.backups, id);
  makePrivateFolder(folder);
  makePrivateFolder(join(folder, 'files'));
  const files = paths.map((path, index): BackedUpFile => {
    const place = join(keeping.root, path);
    const link = linkAt(place);
    if (link !== undefined) return {path, sum: stateOfLink(link), copy: undefined, link};
    const [bytes, access] = [bytesAt(place), accessOf(place)];
    if (bytes === undefined || access === undefined) return {path, sum: absent, copy: undefined};
    const copy = `files/${String(index).padStart(4, '0')}`;
    // Only root reads backups; the access that the file had is put back with it.
    writeNew(join(folder, copy), bytes, {mode: 0o600, owner: process.getuid?.() ?? 0, group: process.getgid?.() ?? 0});
    const {mode, owner, group} = access;
    return {path, sum: sumOf(bytes), copy, mode, owner, group};
  });
  syncFolder(join(folder, 'files'));
  const backup: Backup = {backupVersion: 1, id, what, made, files};
  replaceText(join(folder, 'backup.json'), `${JSON.stringify(backup, undefined, 2)}\n`);
  syncFolder(keeping.backups);
  for (const file of files) copyOf(keeping, backup, file);
  return backup;
}

/** Removes what runs that were cut off while they backed up have left: keys that no list tells of. */
export function dropUnfinished(keeping: Keeping): void {
  for (const name of names(keeping)) {
    const folder = join(keeping.backups, name);
    if (/^\d{8}-\d{6}(-\d+)?$/.test(name) && accessOf(join(folder, 'backup.json')) === undefined) removeTree(folder);
  }
}

/**
 * Newest first; a folder without a readable list is a change that was cut off before it changed anything.
 *
 * @throws Failure `not-permitted`
 */
export function listBackups(keeping: Keeping): readonly Backup[] {
  return names(keeping)
    .toSorted()
    .toReversed()
    .flatMap((id) => {
      const backup = backupIn(keeping, id);
      return backup === undefined ? [] : [backup];
    });
}

/** Ids of backups whose list is there and cannot be read; their copies are beside it. */
export function damagedBackups(keeping: Keeping): readonly string[] {
  return names(keeping).filter(
    (id) => accessOf(listOf(keeping, id)) !== undefined && backupIn(keeping, id) === undefined,
  );
}

/** @throws Failure `no-such-backup`, `backup-damaged` */
export function readBackup(keeping: Keeping, id: string): Backup {
  const backup = /^[\w-]+$/.test(id) ? backupIn(keeping, id) : undefined;
  if (backup !== undefined) return backup;
  if (damagedBackups(keeping).includes(id)) {
    throw new Failure(
      'backup-damaged',
      `${listOf(keeping, id)} cannot be read, so nothing says where its copies belong`,
      {
        nextSteps: [
          `compare them with what is there: ls -l ${join(keeping.backups, id, 'files')}; the disk may be failing: dmesg`,
        ],
      },
    );
  }
  throw new Failure('no-such-backup', `there is no backup ${JSON.stringify(id)} in ${keeping.backups}`, {
    nextSteps: ['certwright backups lists them'],
  });
}

/**
 * A file of a backup, compared with its sum; undefined = there was none.
 *
 * @throws Failure `backup-damaged`
 */
export function copyOf(
  keeping: Keeping,
  backup: Pick<Backup, 'id'>,
  {path, sum, copy}: BackedUpFile,
): Buffer | undefined {
  if (copy === undefined) return undefined;
  const place = join(keeping.backups, backup.id, copy);
  const bytes = bytesAt(place);
  if (bytes !== undefined && sumOf(bytes) === sum) return bytes;
  throw new Failure('backup-damaged', `${place}, the copy of ${path}, is not what was put there`, {
    nextSteps: ['take the file from another backup; the disk may be failing: dmesg'],
  });
}

function names({backups}: Keeping): readonly string[] {
  try {
    return readdirSync(backups);
  } catch (error) {
    if (hasCode(error, 'EACCES', 'EPERM')) {
      throw new Failure('not-permitted', `${backups} may not be read by this user`, {
        nextSteps: ['run it again with sudo'],
        cause: error,
      });
    }
    return [];
  }
}

function listOf({backups}: Pick<Keeping, 'backups'>, id: string): string {
  return join(backups, id, 'backup.json');
}

function backupIn(keeping: Keeping, id: string): Backup | undefined {
  const bytes = bytesAt(listOf(keeping, id));
  if (bytes === undefined) return undefined;
  try {
    const read: unknown = JSON.parse(bytes.toString('utf8'));
    return isBackup(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

function isBackup(value: unknown): value is Backup {
  if (typeof value !== 'object' || value === null) return false;
  const {backupVersion, id, what, made, files} = value as Partial<Record<keyof Backup, unknown>>;
  return (
    backupVersion === 1 &&
    [id, what, made].every((text) => typeof text === 'string') &&
    Array.isArray(files) &&
    files.every((file: unknown) => typeof file === 'object' && file !== null && 'path' in file && 'sum' in file)
  );
}

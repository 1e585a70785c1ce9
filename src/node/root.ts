import {lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync, type Stats, statSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';

/**
 * A machine's files as it sees them itself: paths are absolute on the node, links are followed within the root, and
 * nothing leads out of it. Reading only.
 */
export interface NodeRoot {
  /** The text, or why it cannot be had. */
  readonly read: (path: string) => Found;
  /** Names in a folder, sorted; empty when there is none, or it may not be listed. */
  readonly list: (path: string) => readonly string[];
  /** Where a path really is on the node, links followed; undefined = it is not there. */
  readonly real: (path: string) => string | undefined;
  /** Where a symbolic link leads, as it stands in it, links of its folder followed; undefined = it is none. */
  readonly link: (path: string) => string | undefined;
  /** Whether the root itself is there. */
  readonly isFolder: () => boolean;
  /** Files and folders that were asked for until now and that this user may not look at, sorted. */
  readonly refused: () => readonly string[];
}

export type Found =
  | {
      readonly ok: true;
      readonly bytes: Buffer;
      readonly mode: number;
      readonly owner: number;
      readonly group: number;
      /** As `NodeRoot.real` has it. */
      readonly real: string;
    }
  /** `missing`: also a link that leads nowhere. */
  | {readonly ok: false; readonly why: 'missing' | 'not permitted' | 'not a file' | 'too large' | 'unreadable'};

/** Larger files hold no certificate, key, kubeconfig or manifest. */
const mostBytes = 4 << 20;
/** As many as Linux follows. */
const mostLinks = 40;

/** @param directory the node's `/` as it lies here: `/`, or a folder for `--root` */
export function openRoot(directory: string): NodeRoot {
  const above = directory === '/' ? '' : (orUndefined(() => realpathSync.native(directory)) ?? directory);
  const here = (path: string): string => `${above}${path}`;
  const refused = new Set<string>();

  /** Where a folder may not be entered it is the folder that is refused, whatever would be in it. */
  function lookAt(folder: string, place: string): Stats | undefined {
    try {
      return lstatSync(here(place), {throwIfNoEntry: false});
    } catch (error) {
      if (reasonOf(error) === 'not permitted') refused.add(folder);
      throw error;
    }
  }

  function real(path: string): string | undefined {
    // Most paths have no link in them, and to know that takes the system one call.
    if (orUndefined(() => realpathSync.native(here(path))) === here(path)) return path;
    let links = 0;
    const left = partsOf(path);
    const done: string[] = [];
    for (let part = left.shift(); part !== undefined; part = left.shift()) {
      if (part === '..') {
        done.pop();
        continue;
      }
      const folder = `/${done.join('/')}`;
      const place = done.length === 0 ? `/${part}` : `${folder}/${part}`;
      const found = lookAt(folder, place);
      if (found === undefined) return undefined;
      if (!found.isSymbolicLink()) {
        done.push(part);
        continue;
      }
      if (++links > mostLinks) return undefined;
      const target = readlinkSync(here(place));
      if (target.startsWith('/')) done.length = 0;
      left.unshift(...partsOf(target));
    }
    return `/${done.join('/')}`;
  }

  /** Where something really is, and what was done there; what is refused there is remembered. */
  function at<Value>(path: string, look: (place: string) => Value): Value | undefined {
    const place = real(path);
    if (place === undefined) return undefined;
    try {
      return look(place);
    } catch (error) {
      if (reasonOf(error) === 'not permitted') refused.add(path);
      throw error;
    }
  }

  return {
    isFolder: () => orUndefined(() => statSync(directory).isDirectory()) === true,
    refused: () => [...refused].toSorted(),
    real: (path) => orUndefined(() => real(path)),
    link: (path) => orUndefined(() => at(dirname(path), (folder) => readlinkSync(here(join(folder, basename(path)))))),
    read: (path) => {
      try {
        return at(path, (place) => readAt(here(place), place)) ?? {ok: false, why: 'missing'};
      } catch (error) {
        return {ok: false, why: reasonOf(error)};
      }
    },
    list: (path) => orUndefined(() => at(path, (place) => readdirSync(here(place)).toSorted())) ?? [],
  };
}

/** Throws what the system says. */
function readAt(file: string, place: string): Found {
  const found = lstatSync(file);
  if (!found.isFile()) return {ok: false, why: 'not a file'};
  if (found.size > mostBytes) return {ok: false, why: 'too large'};
  return {
    ok: true,
    bytes: readFileSync(file),
    mode: found.mode & 0o7777,
    owner: found.uid,
    group: found.gid,
    real: place,
  };
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

function orUndefined<Value>(look: () => Value): Value | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): 'missing' | 'not permitted' | 'unreadable' {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'missing';
  return code === 'EACCES' || code === 'EPERM' ? 'not permitted' : 'unreadable';
}

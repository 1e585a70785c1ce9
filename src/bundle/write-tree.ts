import {
  chmodSync,
  closeSync,
  fchmodSync,
  mkdirSync,
  openSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {Failure} from '../base/failure.ts';
import type {RunProgram} from '../run/run-program.ts';
import {nextTurn, refuseCancelled} from './next-turn.ts';
import {discard, openStaging, place, refuseExistingTar, syncPath, type Staging} from './staging.ts';
import {checkReplaced, checkTarget, makeParents, removeParents} from './target.ts';
import {checkPaths, folderMode, foldersOf, type TreeFile, type TreeLink} from './tree.ts';
import {writeFailure} from '../base/system-failure.ts';
import {writeTar} from './write-tar.ts';

export type TreeEvent =
  | {readonly kind: 'file-written'; readonly path: string}
  | {readonly kind: 'bundle-placed'; readonly directory: string};

export interface WriteOptions {
  /** Absent or empty; missing parents are made. */
  readonly directory: string;
  readonly now: Date;
  /** Ends the writing between two files; everything written is removed, and `Cancelled` thrown. */
  readonly signal?: AbortSignal | undefined;
  readonly on?: ((event: TreeEvent) => void) | undefined;
  /** Also writes `<directory>.tar`, mode 0600: the same tree under the folder's name, everything root's. */
  readonly tar?: boolean | undefined;
  /** Makes a large tree durable with one `sync -f`; without it each file is synced on its own. */
  readonly runProgram?: RunProgram | undefined;
}

/** Up to here syncing each file on its own takes about a tenth of a second. */
const fewFiles = 1_000;
/** Files written between two looks at the signal: a few milliseconds. */
const stride = 32;

/**
 * Writes a tree beside its place and moves it there in one rename: all or nothing.
 *
 * Files are written by synchronous calls, in strides: with the asynchronous ones twelve thousand files take four times
 * as long, and a stride is too short to hold up a screen.
 *
 * @param replaces the directory holds requests, whose place the tree takes
 * @throws Failure when the world says no, Cancelled when the signal does; in both cases nothing is left
 */
export async function writeTree(
  files: readonly (TreeFile | TreeLink)[],
  options: WriteOptions,
  replaces = false,
): Promise<void> {
  checkPaths(files.map(({path}) => path));
  const target = replaces ? checkReplaced(options.directory) : checkTarget(options.directory);
  const tar = options.tar === true ? `${target.directory}.tar` : undefined;
  if (tar !== undefined) refuseExistingTar(tar);
  refuseCancelled(options.signal);
  const parents = makeParents(target);
  try {
    const staging = openStaging(target, options.now);
    try {
      await fill(staging, files, options);
      place(staging, {replaces, tar});
    } catch (error) {
      throw cleared(staging, error);
    }
    await settle(staging);
  } catch (error) {
    removeParents(parents);
    throw error;
  }
  options.on?.({kind: 'bundle-placed', directory: target.directory});
}

async function fill(staging: Staging, files: readonly (TreeFile | TreeLink)[], options: WriteOptions): Promise<void> {
  const shown = (path: string): string => join(staging.target.directory, path);
  const folders = new Set<string>();
  const umask = umaskIn(staging);
  for (const [index, file] of files.entries()) {
    if (index % stride === 0) await nextTurn(options.signal);
    for (const folder of foldersOf(file.path)) {
      if (folders.has(folder)) continue;
      folders.add(folder);
      makeFolder(join(staging.bundle, folder), folderMode(folder), umask, shown(folder));
    }
    if ('link' in file) writeLink(join(staging.bundle, file.path), file, shown(file.path));
    else writeFile(join(staging.bundle, file.path), file, umask, shown(file.path));
    options.on?.({kind: 'file-written', path: file.path});
  }
  if (options.tar === true) await writeTar(staging, files, options);
  // A link is on the disk with its folder, and what it names need not be here.
  const paths = [...files.flatMap((file) => ('link' in file ? [] : [file.path])), ...folders, ''].map((path) =>
    join(staging.bundle, path),
  );
  await makeDurable(staging, options.tar === true ? [...paths, staging.tar] : paths, options);
  refuseCancelled(options.signal);
}

/**
 * What the umask (or a default ACL) takes from the modes that are asked for here. Learned once, by making a folder: a
 * `chmod` after each of twelve thousand files and folders would be a fifth of all the time.
 */
function umaskIn(staging: Staging): number {
  const probe = join(staging.folder, 'umask');
  try {
    mkdirSync(probe, {mode: 0o777});
    const {mode} = statSync(probe);
    rmdirSync(probe);
    return 0o777 & ~mode;
  } catch (error) {
    throw writeFailure(error, staging.target.directory);
  }
}

/** @param shown a person knows the folder they named, not the hidden one beside it */
function makeFolder(path: string, mode: number, umask: number, shown: string): void {
  try {
    mkdirSync(path, {mode});
    if ((mode & umask) !== 0) chmodSync(path, mode);
  } catch (error) {
    throw writeFailure(error, shown);
  }
}

/** Has its final mode before its first byte. */
function writeFile(path: string, {mode, text}: TreeFile, umask: number, shown: string): void {
  try {
    const file = openSync(path, 'wx', mode);
    try {
      if ((mode & umask) !== 0) fchmodSync(file, mode);
      writeFileSync(file, text());
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw writeFailure(error, shown);
  }
}

function writeLink(path: string, {link}: TreeLink, shown: string): void {
  try {
    symlinkSync(link, path);
  } catch (error) {
    throw writeFailure(error, shown);
  }
}

/** Everything reaches the disk before the rename does, so that a power cut leaves no folder of empty files either. */
async function makeDurable(staging: Staging, paths: readonly string[], options: WriteOptions): Promise<void> {
  if (paths.length > fewFiles && options.runProgram !== undefined) {
    try {
      await options.runProgram('sync', ['-f', staging.folder], {
        timeout: 600_000,
        ...(options.signal === undefined ? {} : {signal: options.signal}),
      });
      return;
    } catch (error) {
      // A `sync` that is missing, or too old for `-f`: one by one, then.
      if (!(error instanceof Failure)) throw error;
    }
  }
  const left = paths.values();
  const syncRest = async (): Promise<void> => {
    for (const path of left) {
      refuseCancelled(options.signal);
      await syncPath(path);
    }
  };
  try {
    // Several at once, because a journalling file system commits them together.
    await Promise.all(Array.from({length: 16}, syncRest));
  } catch (error) {
    throw writeFailure(error, staging.target.directory);
  }
}

/** What a run fails with once its traces are removed; if even that fails, both are told. */
function cleared(staging: Staging, error: unknown): unknown {
  try {
    discard(staging);
    return error;
  } catch (left) {
    if (!(left instanceof Failure) || !(error instanceof Failure)) return left;
    const [first = '', ...others] = [...error.nextSteps, ...left.nextSteps];
    return new Failure(error.code, `${error.message}, and ${left.message}`, {
      nextSteps: [first, ...others],
      cause: error,
    });
  }
}

/** The bundle is in its place; what is left to do is the parent's entry and the empty folder beside it. */
async function settle(staging: Staging): Promise<void> {
  try {
    await syncPath(staging.target.parent);
  } catch (error) {
    throw writeFailure(error, staging.target.parent);
  } finally {
    discard(staging);
  }
}

import {lstatSync, readdirSync, readFileSync, renameSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {Failure} from '../base/failure.ts';
import {readMark, stateOf, type ProcessState} from '../run/process-mark.ts';
import {discard, isThere, markerFile, stagingIn, stagingPrefix, type Staging} from './staging.ts';
import {hasCode, isSystemError, writeFailure} from '../base/system-failure.ts';

/** What a run that did not come to its end has left beside a folder. */
export interface Interrupted {
  /** The hidden folder with what was built; there may be keys in it. */
  readonly folder: string;
  /** The folder it was to become. */
  readonly directory: string;
  /** When it began; undefined when it ended before it could say so. */
  readonly started: Date | undefined;
  /** `alive`: that run still goes on. `unknown`: it ran on another machine or in another container. */
  readonly state: ProcessState;
  /** It holds the requests that a finished bundle was about to replace: clearing puts them back. */
  readonly holdsRequests: boolean;
}

/** Leftovers of our own user beside `directory`, which itself need not exist. */
export function findInterrupted(directory: string): readonly Interrupted[] {
  const absolute = resolve(directory);
  const [parent, start] = [dirname(absolute), stagingPrefix(basename(absolute))];
  return namesIn(parent)
    .filter((name) => name.startsWith(start) && /^[A-Za-z0-9]{6}$/.test(name.slice(start.length)))
    .map((name) => join(parent, name))
    .filter(isOurFolder)
    .map((folder) => interruptedIn(folder, absolute));
}

/** Clears what one run left. Never touches a bundle that is in its place. */
export function clearInterrupted({folder, directory}: Interrupted): void {
  if (!isOurFolder(folder)) return;
  const {state, holdsRequests} = interruptedIn(folder, directory);
  if (state === 'alive') {
    throw new Failure('still-running', `another run is building ${directory} at this moment`, {
      nextSteps: ['wait for it to end, or end it, then run this again'],
    });
  }
  const staging = stagingOf(folder, directory);
  if (holdsRequests && !isThere(directory)) {
    try {
      renameSync(staging.replaced, directory);
    } catch (error) {
      throw writeFailure(error, directory);
    }
  }
  discard(staging);
}

function interruptedIn(folder: string, directory: string): Interrupted {
  const mark = readMark(markerIn(folder));
  return {
    folder,
    directory,
    started: mark?.started,
    state: mark === undefined ? 'unknown' : stateOf(mark),
    holdsRequests: isThere(stagingOf(folder, directory).replaced),
  };
}

function stagingOf(folder: string, directory: string): Staging {
  return stagingIn(folder, {directory, parent: dirname(directory), name: basename(directory)});
}

function markerIn(folder: string): string {
  try {
    return readFileSync(join(folder, markerFile), 'utf8');
  } catch (error) {
    if (isSystemError(error)) return '';
    throw error;
  }
}

function isOurFolder(path: string): boolean {
  const found = lstatSync(path, {throwIfNoEntry: false});
  return found?.isDirectory() === true && found.uid === process.getuid?.();
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw writeFailure(error, folder);
  }
}

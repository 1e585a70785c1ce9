import {accessSync, constants, lstatSync, mkdirSync, readdirSync, rmdirSync, statSync, type Stats} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {Failure} from '../base/failure.ts';
import {isSystemError, writeFailure} from '../base/system-failure.ts';

/** Where a bundle shall lie. The folder is absent, or an empty one that the bundle replaces. */
export interface Target {
  /** Absolute. */
  readonly directory: string;
  readonly parent: string;
  readonly name: string;
}

/**
 * Looks before anything is made. What it finds can change until the last rename, which then says no by itself.
 *
 * @param directory absolute, or relative to the working folder
 */
export function checkTarget(directory: string): Target {
  const target = targetOf(directory);
  const found = statusOf(target.directory);
  refuseUnwritable(target);
  if (found === undefined) return target;
  refuseAnotherKind(target, found);
  const entries = entriesOf(target.directory);
  if (entries.length > 0) throw notEmpty(target, entries);
  refuseUnmovable(target, found);
  return target;
}

/** The folder of requests that a finished bundle replaces. */
export function checkReplaced(directory: string): Target {
  const target = targetOf(directory);
  const found = statusOf(target.directory);
  if (found === undefined) {
    throw new Failure('no-such-folder', `${target.directory} does not exist`, {
      nextSteps: ['name the folder that `certwright issue` wrote the requests into'],
    });
  }
  refuseAnotherKind(target, found);
  refuseUnwritable(target);
  refuseUnmovable(target, found);
  return target;
}

function targetOf(directory: string): Target {
  const absolute = resolve(directory);
  const name = basename(absolute);
  if (name === '') {
    throw new Failure('folder-not-empty', 'the bundle cannot take the place of /', {nextSteps: ['give a new folder']});
  }
  return {directory: absolute, parent: dirname(absolute), name};
}

function statusOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, {throwIfNoEntry: false});
  } catch (error) {
    throw writeFailure(error, path);
  }
}

function entriesOf(directory: string): readonly string[] {
  try {
    return readdirSync(directory).sort();
  } catch (error) {
    throw writeFailure(error, directory);
  }
}

function refuseAnotherKind({directory}: Target, found: Stats): void {
  if (found.isSymbolicLink()) {
    throw new Failure('link-in-the-way', `${directory} is a symbolic link`, {
      nextSteps: ['give the folder that it leads to, or another name'],
    });
  }
  if (!found.isDirectory()) {
    throw new Failure('file-in-the-way', `${directory} is a file, not a folder`, {nextSteps: ['give another name']});
  }
}

/** The nearest folder that exists must take new entries; asked now, so that no key is made in vain. */
function refuseUnwritable({directory, parent}: Target): void {
  try {
    let nearest = parent;
    while (statSync(nearest, {throwIfNoEntry: false}) === undefined) nearest = dirname(nearest);
    if (!statSync(nearest).isDirectory()) {
      throw new Failure('file-in-the-way', `${nearest} is a file, so ${directory} cannot be made`, {
        nextSteps: ['give a path whose parents are folders'],
      });
    }
    accessSync(nearest, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw writeFailure(error, directory);
  }
}

/** A folder that one rename cannot put another in the place of. */
function refuseUnmovable({directory, parent}: Target, found: Stats): void {
  if (found.dev !== statSync(parent).dev) {
    throw new Failure('mount-point', `${directory} is a mount point, and nothing can be moved into its place`, {
      nextSteps: [`give a folder inside it: ${join(directory, 'bundle')}`],
    });
  }
  const here = statSync('.', {throwIfNoEntry: false});
  if (found.dev === here?.dev && found.ino === here.ino) {
    throw new Failure('working-folder', `${directory} is the folder you are in, and the bundle would take its place`, {
      nextSteps: ['give a new folder in it, for example `--out bundle`'],
    });
  }
}

/** Why an existing folder stays as it is. Names what is in it. */
export function notEmpty({directory}: Target, entries: readonly string[]): Failure {
  if (entries.includes('bundle.json')) {
    return new Failure('bundle-exists', `${directory} already holds a bundle (bundle.json), and it stays as it is`, {
      nextSteps: ['give another folder', `see what is in it: certwright verify ${directory}`],
    });
  }
  if (entries.includes('requests')) {
    return new Failure('requests-waiting', `${directory} holds requests that wait for signatures`, {
      // A node's renewals have no plan.
      nextSteps: [
        `once they are signed: certwright ${entries.includes('plan.yaml') ? 'issue' : 'renew'} --signed ${directory}`,
        'or give another folder',
      ],
    });
  }
  const some = entries.slice(0, 3).join(', ');
  const more = entries.length > 3 ? ` and ${entries.length - 3} more` : '';
  return new Failure('folder-not-empty', `${directory} is not empty: ${some}${more}`, {
    nextSteps: ['give a folder that is empty or does not exist'],
  });
}

/** Makes missing parents; answers those that are new, outermost first. */
export function makeParents({parent, directory}: Target): readonly string[] {
  const made: string[] = [];
  try {
    for (let path = parent; statSync(path, {throwIfNoEntry: false}) === undefined; path = dirname(path)) {
      made.unshift(path);
    }
    // One by one: `recursive` never ends where nothing can be made in a folder that is there, as in /proc.
    for (const path of made) makeFolder(path);
  } catch (error) {
    removeParents(made);
    throw writeFailure(error, directory);
  }
  return made;
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    // Somebody else may have made it just now.
    if (statSync(path, {throwIfNoEntry: false})?.isDirectory() !== true) throw error;
  }
}

/** Takes back what `makeParents` made, as far as nobody has put anything into it. */
export function removeParents(made: readonly string[]): void {
  for (const path of made.toReversed()) {
    try {
      rmdirSync(path);
    } catch (error) {
      // Whatever the reason, an empty folder more is no harm, and the failure that led here matters more.
      if (!isSystemError(error)) throw error;
    }
  }
}

import {lstatSync, readdirSync, statSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {join, resolve} from 'node:path';
import {Failure, InputFailure} from '../base/failure.ts';
import {problem, type Problem} from '../base/problem.ts';
import type {BundleFiles} from '../pki/bundle-files.ts';
import type {BundleJson} from './bundle-json.ts';
import {readBundleJson} from './read-bundle-json.ts';
import {readTextIfThere} from './read-text.ts';
import {hasCode, readFailure} from '../base/system-failure.ts';

/** A bundle as it lies. Nothing is believed of it yet: the proof judges its files. */
export interface Bundle {
  /** Absolute. */
  readonly directory: string;
  readonly json: BundleJson;
  /** What the blueprint is made from again. */
  readonly planYaml: string;
  readonly files: BundleFiles;
  /** Entries that are neither file nor folder: they are not followed, and no bundle is written with them. */
  readonly strange: readonly Problem[];
}

/**
 * @throws Failure when there is no bundle, or not a complete one, and whatever the file system says
 * @throws InputFailure when `bundle.json` is not what it should be
 */
export function readBundle(directory: string): Bundle {
  const absolute = resolve(directory);
  const text = readTextIfThere(join(absolute, 'bundle.json'));
  if (text === undefined) throw noBundle(absolute);
  const read = readBundleJson(text);
  if (!read.ok) throw new InputFailure(`${join(absolute, 'bundle.json')} cannot be used`, read.problems);
  const planYaml = readTextIfThere(join(absolute, 'plan.yaml'));
  if (planYaml === undefined) {
    throw new Failure('plan-missing', `${absolute} has no plan.yaml`, {
      nextSteps: ['copy the whole bundle again, or issue it anew'],
    });
  }
  const {modes, strange} = walk(absolute);
  return {directory: absolute, json: read.bundle, planYaml, files: filesIn(absolute, modes), strange};
}

interface Walked {
  /** Of files and folders, by the bundle's path; `''` is the bundle's own folder. */
  readonly modes: ReadonlyMap<string, {readonly mode: number; readonly isFile: boolean}>;
  readonly strange: readonly Problem[];
}

function walk(directory: string): Walked {
  const modes = new Map<string, {mode: number; isFile: boolean}>();
  const strange: Problem[] = [];
  const visit = (path: string): void => {
    // The bundle's folder may be named by a link to it; what is in it may not be links.
    const found = path === '' ? statSync(directory) : lstatSync(join(directory, path));
    if (found.isDirectory()) {
      modes.set(path, {mode: found.mode & 0o7777, isFile: false});
      for (const name of readdirSync(join(directory, path))) visit(path === '' ? name : `${path}/${name}`);
    } else if (found.isFile()) {
      modes.set(path, {mode: found.mode & 0o7777, isFile: true});
    } else {
      strange.push(
        problem('strange-file', path, 'this is neither a file nor a folder', 'remove it: no bundle is written with it'),
      );
    }
  };
  try {
    visit('');
  } catch (error) {
    throw readFailure(error, directory);
  }
  return {modes, strange};
}

/** A bundle's files without anything that says what they are. @param directory absolute */
export function filesAt(directory: string): BundleFiles {
  return filesIn(directory, walk(directory).modes);
}

function filesIn(directory: string, modes: Walked['modes']): BundleFiles {
  const paths = [...modes]
    .filter(([, {isFile}]) => isFile)
    .map(([path]) => path)
    .sort();
  return {
    list: () => paths,
    mode: (path) => modes.get(path)?.mode,
    // Only what was found as a regular file is read, so no path leads outside.
    read: async (path) => {
      if (modes.get(path)?.isFile !== true) return undefined;
      try {
        return await readFile(join(directory, path), 'utf8');
      } catch (error) {
        if (hasCode(error, 'ENOENT')) return undefined;
        throw readFailure(error, join(directory, path));
      }
    },
  };
}

function noBundle(directory: string): Failure {
  const found = lstatSync(directory, {throwIfNoEntry: false});
  if (found === undefined) {
    return new Failure('no-bundle', `${directory} does not exist`, {
      nextSteps: ['name the folder that `certwright issue --out` wrote'],
    });
  }
  if (lstatSync(join(directory, 'requests'), {throwIfNoEntry: false}) !== undefined) {
    return new Failure('requests-waiting', `${directory} holds requests that wait for signatures, not a bundle yet`, {
      nextSteps: [`once they are signed: certwright issue --signed ${directory}`],
    });
  }
  return new Failure('no-bundle', `${directory} holds no bundle: there is no bundle.json in it`, {
    nextSteps: ['name the folder that `certwright issue --out` wrote'],
  });
}

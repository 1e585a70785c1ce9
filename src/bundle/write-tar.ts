import {closeSync, fchmodSync, openSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {nextTurn} from './next-turn.ts';
import type {Staging} from './staging.ts';
import {tarEnd, tarEntry} from './tar.ts';
import {folderMode, foldersOf, type TreeFile, type TreeLink} from './tree.ts';
import {writeFailure} from '../base/system-failure.ts';

const stride = 32;

/** Packs a finished tree, each folder before what is in it, under the name that the bundle's folder will have. */
export async function writeTar(
  staging: Staging,
  files: readonly (TreeFile | TreeLink)[],
  options: {readonly now: Date; readonly signal?: AbortSignal | undefined},
): Promise<void> {
  const {name, directory} = staging.target;
  const changed = options.now;
  try {
    const tar = openSync(staging.tar, 'wx', 0o600);
    try {
      fchmodSync(tar, 0o600);
      writeFileSync(tar, tarEntry({path: name, mode: folderMode(''), changed, content: undefined}));
      const folders = new Set<string>();
      for (const [index, file] of files.entries()) {
        const {path} = file;
        if (index % stride === 0) await nextTurn(options.signal);
        for (const folder of foldersOf(path)) {
          if (folders.has(folder)) continue;
          folders.add(folder);
          writeFileSync(
            tar,
            tarEntry({path: `${name}/${folder}`, mode: folderMode(folder), changed, content: undefined}),
          );
        }
        const entry =
          'link' in file
            ? {mode: 0o777, content: undefined, link: file.link}
            : {mode: file.mode, content: readFileSync(join(staging.bundle, path))};
        writeFileSync(tar, tarEntry({path: `${name}/${path}`, changed, ...entry}));
      }
      writeFileSync(tar, tarEnd());
    } finally {
      closeSync(tar);
    }
  } catch (error) {
    throw writeFailure(error, `${directory}.tar`);
  }
}

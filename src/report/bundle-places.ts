import type {Blueprint} from '../pki/blueprint-types.ts';
import {count} from './words.ts';

/** A file or folder of a bundle, and what it is for. */
export interface BundlePlace {
  /** Relative to the bundle; a folder ends in `/`. */
  readonly path: string;
  readonly what: string;
}

/** What lies where in a bundle: its folders in the order of the blueprint's files, then what is there to be read. */
export function bundlePlaces({files}: Blueprint): BundlePlace[] {
  const folders = Map.groupBy(files, ({path, node}) =>
    node === undefined ? `${path.split('/')[0] ?? ''}/` : `nodes/${node}/`,
  );
  return [
    ...[...folders].map(([path, inside]) => ({path, what: folderWords(path, inside.length)})),
    {path: 'README.md', what: 'what to copy where, in which order'},
    {path: 'plan.yaml', what: 'the plan it came from'},
  ];
}

function folderWords(path: string, files: number): string {
  if (path.startsWith('nodes/')) return `${count(files, 'file')}; its rootfs/ goes over the / of that node`;
  switch (path) {
    case 'authorities/':
      return 'every authority with its key: keep it offline';
    case 'bootstrap/':
      return 'what lets further nodes join';
    case 'users/':
      return 'kubeconfigs for people';
    default:
      return count(files, 'file');
  }
}

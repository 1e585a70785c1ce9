import {rmSync} from 'node:fs';
import {join} from 'node:path';
import {writeFailure} from '../base/system-failure.ts';
import type {BundleFiles} from '../pki/bundle-files.ts';
import {filesAt} from './read-bundle.ts';
import {makeTemporaryFolder} from './temporary-folder.ts';
import type {TreeFile} from './tree.ts';
import {writeTree, type WriteOptions} from './write-tree.ts';

/** A cluster's files among the system's temporary ones, laid out anew as often as one likes, and removed at the end. */
export class ThrowAway {
  /** Absolute; for this user alone. */
  readonly folder: string;

  constructor(name: string) {
    this.folder = makeTemporaryFolder(name);
  }

  /** Where the files lie. */
  get cluster(): string {
    return join(this.folder, 'cluster');
  }

  /**
   * What lay there before is gone.
   *
   * @throws Failure when the world says no, Cancelled when the signal does
   */
  async layOut(files: readonly TreeFile[], options: Omit<WriteOptions, 'directory'>): Promise<BundleFiles> {
    const {cluster} = this;
    this.#remove(cluster);
    await writeTree(files, {...options, directory: cluster});
    return filesAt(cluster);
  }

  remove(): void {
    this.#remove(this.folder);
  }

  #remove(path: string): void {
    try {
      rmSync(path, {recursive: true, force: true});
    } catch (error) {
      throw writeFailure(error, path);
    }
  }
}

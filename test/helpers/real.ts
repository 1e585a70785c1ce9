import {accessSync, constants} from 'node:fs';
import {join} from 'node:path';
import {describe} from 'vitest';

/** Where the real programs are: kubeadm, kubectl, the control plane, etcd. */
const folder = process.env.KUBE_BIN_DIR;

/**
 * Tests against programs that nobody here wrote. They run when KUBE_BIN_DIR is set, and then a missing program fails;
 * without it they are reported as skipped, by this name.
 */
export function describeReal(name: string, tests: (programs: RealPrograms) => void): void {
  describe.skipIf(folder === undefined || folder === '')(name, () => {
    tests(new RealPrograms(folder ?? ''));
  });
}

/** The absolute paths of real programs; asking for one that is not there fails. */
export class RealPrograms {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  path(program: string): string {
    const path = join(this.folder, program);
    try {
      accessSync(path, constants.X_OK);
    } catch {
      throw new Error(`KUBE_BIN_DIR is ${this.folder}, and there is no program ${program} in it`);
    }
    return path;
  }
}

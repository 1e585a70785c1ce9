import {accessSync, constants} from 'node:fs';
import {join} from 'node:path';
import {describe} from 'vitest';

/** Where the real programs are: kubeadm, kubectl, the control plane, etcd. */
const folder = process.env.KUBE_BIN_DIR;
/** The program that makes nodes with containerd and a kubelet. */
const realNode = process.env.REAL_NODE ?? '';

/** Whether there are real nodes; without them what needs one is skipped by name. */
export const hasRealNodes = realNode !== '';

/**
 * Tests against programs that nobody here wrote. They run when KUBE_BIN_DIR is set, and then a missing program fails;
 * without it they are reported as skipped, by this name.
 */
export function describeReal(name: string, tests: (programs: RealPrograms) => void): void {
  describe.skipIf(folder === undefined || folder === '')(name, () => {
    tests(new RealPrograms(folder ?? ''));
  });
}

/** The same for tests that need whole nodes: they run when REAL_NODE is set too. */
export function describeRealNodes(name: string, tests: (programs: RealPrograms) => void): void {
  describe.skipIf(folder === undefined || folder === '' || !hasRealNodes)(name, () => {
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
    if (!isProgram(path)) throw new Error(`KUBE_BIN_DIR is ${this.folder}, and there is no program ${program} in it`);
    return path;
  }

  /** The program that REAL_NODE names, with everything there that it needs. */
  realNode(): string {
    if (!isProgram(realNode)) throw new Error(`REAL_NODE is ${realNode}, and that is no program`);
    const missing = neededByNodes.filter((program) => !folders.some((one) => isProgram(join(one, program))));
    if (missing.length > 0) throw new Error(`real nodes need ${missing.join(', ')}: install them`);
    return realNode;
  }
}

const neededByNodes = ['containerd', 'ctr', 'gcc', 'ip', 'iptables', 'python3', 'runc'];
const folders = (process.env.PATH ?? '').split(':');

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

import {describe} from 'vitest';
import {RealPrograms} from './real-programs.ts';

export type {RealPrograms} from './real-programs.ts';

/** Where the real programs are: kubeadm, kubectl, the control plane, etcd. */
const folder = process.env.KUBE_BIN_DIR;
/** Whether there are real programs; what takes minutes without needing them runs only where they are, too. */
export const hasRealPrograms = folder !== undefined && folder !== '';
/** Whether there are real nodes; without them what needs one is skipped by name. */
export const hasRealNodes = (process.env.REAL_NODE ?? '') !== '';

/**
 * Tests against programs that nobody here wrote. They run when KUBE_BIN_DIR is set, and then a missing program fails;
 * without it they are reported as skipped, by this name.
 */
export function describeReal(name: string, tests: (programs: RealPrograms) => void): void {
  describe.skipIf(!hasRealPrograms)(name, () => {
    tests(new RealPrograms(folder ?? ''));
  });
}

/** The same for tests that need whole nodes: they run when REAL_NODE is set too. */
export function describeRealNodes(name: string, tests: (programs: RealPrograms) => void): void {
  describe.skipIf(!hasRealPrograms || !hasRealNodes)(name, () => {
    tests(new RealPrograms(folder ?? ''));
  });
}

import {accessSync, constants} from 'node:fs';
import {join} from 'node:path';

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

  /** The program that REAL_NODE names, which makes nodes with containerd and a kubelet, with everything there that it needs. */
  realNode(): string {
    const realNode = process.env.REAL_NODE ?? '';
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

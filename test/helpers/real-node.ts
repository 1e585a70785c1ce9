import {execFile} from 'node:child_process';
import {chmod, mkdir, rename, symlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {componentRows} from '../../src/pki/components.ts';
import type {Machine, Network} from './network.ts';
import type {RealPrograms} from './real.ts';

/**
 * A node with containerd, runc and a kubelet, made by the program that REAL_NODE names, in a network's room: so all of
 * it ends with the network. The kubelet runs when it is started here, and with the words that it is given here.
 */
export class RealNode {
  readonly machine: Machine;
  /** What lies over the node's /; changes are seen at once, from both sides. */
  readonly rootfs: string;
  readonly #name: string;
  readonly #room: Machine;
  readonly #program: string;
  readonly #folder: string;
  readonly #programs: RealPrograms;

  private constructor(
    room: Machine,
    options: {
      readonly name: string;
      readonly rootfs: string;
      readonly folder: string;
    },
    programs: RealPrograms,
  ) {
    this.#name = options.name;
    this.#room = room;
    this.#program = programs.realNode();
    this.#folder = options.folder;
    this.#programs = programs;
    this.rootfs = options.rootfs;
    this.machine = room.within(options.name, [this.#program, 'exec', options.name]);
  }

  /**
   * @param rootfs a copy of it is laid over /
   * @param folder for what the node needs; it must not exist
   */
  static async add(
    network: Network,
    options: {
      readonly name: string;
      readonly addresses: readonly string[];
      readonly rootfs: string;
      readonly hosts: Readonly<Record<string, string>>;
      readonly folder: string;
    },
    programs: RealPrograms,
  ): Promise<RealNode> {
    const rootfs = join(options.folder, 'rootfs');
    const bin = join(options.folder, 'bin');
    for (const folder of [rootfs, bin]) await mkdir(folder, {recursive: true});
    await promisify(execFile)('cp', ['--archive', `${options.rootfs}/.`, rootfs]);
    for (const program of [...componentRows.map(({id}) => id), 'etcdctl', 'kubeadm', 'kubectl']) {
      if (program !== 'kubelet') await symlink(programs.path(program), join(bin, program));
    }
    const node = new RealNode(network.room, {...options, rootfs}, programs);
    await node.#setKubelet('exit 0');
    const hosts = Object.entries(options.hosts).flatMap(([name, address]) => ['--host', `${name}=${address}`]);
    await node.#realNode('up', options.name, options.addresses.join(','), rootfs, ...hosts);
    return node;
  }

  /**
   * Starts the kubelet anew.
   *
   * @param words of a shell: `$(cat kubelet.flags)`
   */
  async startKubelet(words: string): Promise<void> {
    await this.#setKubelet(`exec ${this.#programs.path('kubelet')} ${words} ${ofTheTestHost.join(' ')}`);
    await this.#realNode('restart-kubelet', this.#name);
  }

  /** `systemctl restart kubelet`, on a machine without systemd. */
  async addSystemctl(): Promise<void> {
    const path = join(this.#folder, 'bin/systemctl');
    const restart = `exec ${this.#program} restart-kubelet ${this.#name}`;
    await writeFile(path, `#!/bin/sh\n[ "$1 $2" = 'restart kubelet' ] || exit 4\n${restart}\n`);
    await chmod(path, 0o755);
  }

  /** Writes a static pod, once the image is there that it runs: one real program. */
  async addStaticPod(name: string, manifest: string): Promise<void> {
    const path = await this.importImage(name, manifest);
    await rename(path, join(path, '..', `${name}.yaml`));
  }

  /**
   * Imports the image of a pod.
   *
   * @returns where its manifest lies: a file that begins with a dot, which a kubelet leaves alone
   */
  async importImage(name: string, manifest: string): Promise<string> {
    const folder = join(this.rootfs, 'etc/kubernetes/manifests');
    await mkdir(folder, {recursive: true});
    await writeFile(join(folder, `.${name}.yaml`), manifest);
    await this.importImages();
    return join(folder, `.${name}.yaml`);
  }

  /** For every static pod there is. */
  async importImages(): Promise<void> {
    await this.#realNode('images', this.#name);
  }

  /** The newest log of a static pod's container, of the kubelet, or of containerd. */
  async log(component: string): Promise<string> {
    return (await this.#realNode('logs', this.#name, component)).stdout;
  }

  /** real-node starts the program of this name with words of its own; these are left out. */
  async #setKubelet(command: string): Promise<void> {
    const path = join(this.#folder, 'bin/kubelet');
    const version = `[ "$1" != --version ] || exec ${this.#programs.path('kubelet')} --version`;
    await writeFile(path, `#!/bin/sh\n${version}\n${command}\n`);
    await chmod(path, 0o755);
  }

  #realNode(...words: readonly string[]) {
    return this.#room.run(this.#program, words, {
      environment: {KUBE_BIN_DIR: join(this.#folder, 'bin')},
      timeout: 300_000,
    });
  }
}

/** What a machine made of namespaces does not let a kubelet do; nothing of it is about certificates. */
const ofTheTestHost = ['--fail-swap-on=false', '--cgroups-per-qos=false', '--enforce-node-allocatable='];

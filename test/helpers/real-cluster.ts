import {urlHost} from '../../src/base/address.ts';
import type {ComponentId} from '../../src/pki/blueprint-types.ts';
import {layouts} from '../../src/pki/layouts.ts';
import type {ClusterPlan, PlanNode} from '../../src/pki/plan.ts';
import {Bundle} from './bundle.ts';
import {Network, type Machine, type Running} from './network.ts';
import {whenOver} from './left-behind.ts';
import {RealNode} from './real-node.ts';
import type {RealPrograms} from './real.ts';

/** A bundle laid out: each node a machine of one network with its files at their real paths, the programs real. */
export class RealCluster implements AsyncDisposable {
  readonly bundle: Bundle;
  readonly programs: RealPrograms;
  readonly #network: Network;
  readonly #cleanUp: () => Promise<void>;
  readonly #kubelets: ReadonlySet<string>;
  readonly #machines = new Map<string, Promise<Machine>>();
  readonly #nodes = new Map<string, Promise<RealNode>>();

  private constructor(bundle: Bundle, network: Network, programs: RealPrograms, kubelets: readonly string[]) {
    this.bundle = bundle;
    this.programs = programs;
    this.#network = network;
    this.#cleanUp = whenOver('exec 3<"$2"', removeRest, bundle.beside(''), network.mountsOfRoom);
    this.#kubelets = new Set(kubelets);
  }

  /** @param kubelets names of the nodes that get what a kubelet needs: they are real nodes */
  static async of(plan: ClusterPlan, programs: RealPrograms, kubelets: readonly string[] = []): Promise<RealCluster> {
    const network = await Network.open();
    try {
      return new RealCluster(await Bundle.of(plan), network, programs, kubelets);
    } catch (error) {
      await network[Symbol.asyncDispose]();
      throw error;
    }
  }

  get plan(): ClusterPlan {
    return this.bundle.blueprint.plan;
  }

  nodesWith(role: PlanNode['roles'][number]): string[] {
    return this.plan.nodes.filter(({roles}) => roles.includes(role)).map(({name}) => name);
  }

  /** Where a node's own API server answers. */
  apiserverUrl(node: string): string {
    return `https://${urlHost(this.addressOf(node))}:${layouts[this.plan.layout].apiserverPort}`;
  }

  addressOf(node: string): string {
    const [address] = this.plan.nodes.find(({name}) => name === node)?.addresses ?? [];
    if (address === undefined) throw new Error(`the plan has no node ${node}`);
    return address;
  }

  /** A node's machine, made when it is first asked for. */
  async machine(name: string): Promise<Machine> {
    if (this.#kubelets.has(name)) return (await this.realNode(name)).machine;
    const machine = this.#machines.get(name) ?? this.#network.addMachine(this.#machineOf(name));
    this.#machines.set(name, machine);
    return machine;
  }

  /** One of the nodes with a kubelet, made when it is first asked for; its kubelet does not run yet. */
  realNode(name: string): Promise<RealNode> {
    const node = this.#nodes.get(name) ?? RealNode.add(this.#network, this.#machineOf(name), this.programs);
    this.#nodes.set(name, node);
    return node;
  }

  /** A node with a kubelet that is not in the plan. */
  addRealNode(name: string, addresses: readonly string[], rootfs: string): Promise<RealNode> {
    const {hosts, folder} = this.#surroundings(name);
    const node = RealNode.add(this.#network, {name, addresses, rootfs, hosts, folder}, this.programs);
    this.#nodes.set(name, node);
    return node;
  }

  /** Starts a kubelet as the bundle's README says: `kubelet $(cat kubelet.flags)`. */
  async startKubelet(name: string): Promise<RealNode> {
    const node = await this.realNode(name);
    await node.startKubelet(`$(cat ${this.bundle.flagsFile(name, 'kubelet')})`);
    return node;
  }

  /** Runs one of the real programs on a node to its end; one that fails fails the test. */
  async run(node: string, program: string, ...words: readonly string[]) {
    return (await this.machine(node)).run(this.programs.path(program), words, this.#options());
  }

  /** The same for a program that may say no. */
  async attempt(node: string, program: string, ...words: readonly string[]) {
    return (await this.machine(node)).attempt(this.programs.path(program), words, this.#options());
  }

  /** Starts a component as the bundle's README says: `etcd $(cat etcd.flags)`. */
  async start(node: string, component: ComponentId): Promise<Running> {
    const machine = await this.machine(node);
    const program = this.programs.path(component);
    const words = ['-euc', 'exec "$0" $(cat "$1")', program, this.bundle.flagsFile(node, component)];
    return machine.start('sh', words, component);
  }

  /** kubectl keeps what it learned of a cluster in its home. */
  #options() {
    return {environment: {HOME: this.bundle.beside('home')}};
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#network[Symbol.asyncDispose]();
    await this.bundle[Symbol.asyncDispose]();
    await this.#cleanUp();
  }

  #machineOf(name: string) {
    const node = this.plan.nodes.find((one) => one.name === name);
    if (node === undefined) throw new Error(`the plan has no node ${name}`);
    return {
      name,
      addresses: [...node.addresses, ...this.#endpointAddress(node)],
      rootfs: this.bundle.rootfs(name),
      ...this.#surroundings(name),
    };
  }

  #surroundings(name: string) {
    return {hosts: this.#hosts(), folder: this.bundle.beside(`real-${name}`)};
  }

  /** Without a load balancer the first API server answers for the endpoint. */
  #endpointAddress(node: PlanNode): string[] {
    const {host} = this.bundle.blueprint.endpoint;
    const isFirst = node.name === this.nodesWith('control-plane')[0];
    const isAddress = /^[\d.]+$|:/.test(host);
    const isTaken = this.plan.nodes.some(({addresses}) => addresses.includes(host));
    return isFirst && isAddress && !isTaken ? [host] : [];
  }

  #hosts(): Record<string, string> {
    const names = this.plan.nodes.map(({name, addresses}) => [name, addresses[0] ?? ''] as const);
    const first = this.nodesWith('control-plane')[0] ?? '';
    const hosts = Object.fromEntries(names);
    return {...hosts, [this.bundle.blueprint.endpoint.host]: hosts[first] ?? ''};
  }
}

/**
 * The control groups of containers are not the room's: they are found by the names that containerd wrote down there. A
 * group can be removed once its last process is gone; files, once nobody writes any more.
 */
export const removeRest = `
  containers=$(nsenter --mount=/proc/self/fd/3 find /run/real-node -path '*.cri/*' -type d -regextype posix-extended -regex '.*/[0-9a-f]{64}' -printf '%f\\n')
  for attempt in $(seq 100); do
    left=0
    for container in $containers; do
      for group in /sys/fs/cgroup/k8s.io/$container /sys/fs/cgroup/*/k8s.io/$container; do
        [ ! -d "$group" ] || rmdir "$group" || left=1
      done
    done
    rm -rf "$1" && [ $left = 0 ] && exit
    sleep 0.2
  done`;

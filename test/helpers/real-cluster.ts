import type {ComponentId} from '../../src/pki/blueprint-types.ts';
import type {ClusterPlan, PlanNode} from '../../src/pki/plan.ts';
import {Bundle} from './bundle.ts';
import {Network, type Machine, type Running} from './network.ts';
import type {RealPrograms} from './real.ts';

/** A bundle laid out: each node a machine of one network with its files at their real paths, the programs real. */
export class RealCluster implements AsyncDisposable {
  readonly bundle: Bundle;
  readonly programs: RealPrograms;
  readonly #network: Network;
  readonly #machines = new Map<string, Promise<Machine>>();

  private constructor(bundle: Bundle, network: Network, programs: RealPrograms) {
    this.bundle = bundle;
    this.programs = programs;
    this.#network = network;
  }

  static async of(plan: ClusterPlan, programs: RealPrograms): Promise<RealCluster> {
    const network = await Network.open();
    try {
      return new RealCluster(await Bundle.of(plan), network, programs);
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

  /** A node's machine, made when it is first asked for. */
  machine(name: string): Promise<Machine> {
    const machine = this.#machines.get(name) ?? this.#addMachine(name);
    this.#machines.set(name, machine);
    return machine;
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
  }

  #addMachine(name: string): Promise<Machine> {
    const node = this.plan.nodes.find((one) => one.name === name);
    if (node === undefined) throw new Error(`the plan has no node ${name}`);
    return this.#network.addMachine({
      name,
      addresses: [...node.addresses, ...this.#endpointAddress(node)],
      rootfs: this.bundle.rootfs(name),
      hosts: this.#hosts(),
    });
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

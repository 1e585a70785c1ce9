import {layouts} from '../../src/pki/layouts.ts';
import type {Ran} from '../../src/run/run-program.ts';
import type {Running} from './network.ts';
import type {RealCluster} from './real-cluster.ts';

/** Real programs on every control-plane node, started with nothing but their flags files, and the etcd members. */
export interface ControlPlane {
  /** The first control-plane node; its controller manager and its scheduler lead. */
  readonly node: string;
  /** By node. */
  readonly etcd: ReadonlyMap<string, Running>;
  /** By node, the first one first. */
  readonly apiservers: ReadonlyMap<string, Running>;
  readonly apiserver: Running;
  readonly controllerManager: Running;
  readonly scheduler: Running;
  /** Those of the other control-plane nodes. */
  readonly waiting: readonly Running[];
  /** Runs kubectl on the first node with the bundle's admin kubeconfig. */
  readonly kubectl: (...words: readonly string[]) => Promise<Ran>;
  /** The same for what may be refused. */
  readonly tryKubectl: (...words: readonly string[]) => Promise<Ran>;
}

/** Comes back when each API server is ready, a controller manager and a scheduler lead, and all others wait. */
export async function startControlPlane(cluster: RealCluster): Promise<ControlPlane> {
  const [node = '', ...others] = cluster.nodesWith('control-plane');
  const members = cluster.nodesWith(cluster.plan.etcd === 'external' ? 'etcd' : 'control-plane');
  const etcd = await startOn(cluster, members, 'etcd');
  const apiservers = await startOn(cluster, [node, ...others], 'kube-apiserver');
  const apiserver = apiservers.get(node);
  if (apiserver === undefined) throw new Error('the plan has no control-plane node');
  const asAdmin = ['--kubeconfig', layouts[cluster.plan.layout].kubeconfigs.admin];
  for (const [name, running] of apiservers) {
    await running.until('/readyz says ok', async () => {
      const asked = [...asAdmin, '--server', cluster.apiserverUrl(name), 'get', '--raw', '/readyz'];
      return (await cluster.attempt(name, 'kubectl', ...asked)).stdout === 'ok' || undefined;
    });
  }
  const starting = async (on: string, component: 'kube-controller-manager' | 'kube-scheduler', words: string) => {
    const running = await cluster.start(on, component);
    await running.until(words, () => running.log.includes(words) || undefined);
    return running;
  };
  const leads = 'successfully acquired lease';
  const [controllerManager, scheduler] = await Promise.all([
    starting(node, 'kube-controller-manager', leads),
    starting(node, 'kube-scheduler', leads),
  ]);
  const waits = 'attempting to acquire leader lease';
  const waiting = await Promise.all(
    others.flatMap((other) => [
      starting(other, 'kube-controller-manager', waits),
      starting(other, 'kube-scheduler', waits),
    ]),
  );
  return {
    node,
    etcd,
    apiservers,
    apiserver,
    controllerManager,
    scheduler,
    waiting,
    kubectl: (...words) => cluster.run(node, 'kubectl', ...asAdmin, ...words),
    tryKubectl: (...words) => cluster.attempt(node, 'kubectl', ...asAdmin, ...words),
  };
}

async function startOn(
  cluster: RealCluster,
  nodes: readonly string[],
  component: 'etcd' | 'kube-apiserver',
): Promise<ReadonlyMap<string, Running>> {
  return new Map(await Promise.all(nodes.map(async (name) => [name, await cluster.start(name, component)] as const)));
}

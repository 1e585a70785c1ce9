import {layouts} from '../../src/pki/layouts.ts';
import type {Ran} from '../../src/run/run-program.ts';
import type {Running} from './network.ts';
import type {RealCluster} from './real-cluster.ts';

/** Real programs on one node, started with nothing but their flags files, and the etcd members that they need. */
export interface ControlPlane {
  readonly node: string;
  /** By node. */
  readonly etcd: ReadonlyMap<string, Running>;
  readonly apiserver: Running;
  readonly controllerManager: Running;
  readonly scheduler: Running;
  /** Runs kubectl on this node with the bundle's admin kubeconfig. */
  readonly kubectl: (...words: readonly string[]) => Promise<Ran>;
}

/** Comes back when the API server is ready, and the controller manager and the scheduler have each got their lease. */
export async function startControlPlane(cluster: RealCluster): Promise<ControlPlane> {
  const [node = ''] = cluster.nodesWith('control-plane');
  const members = cluster.nodesWith(cluster.plan.etcd === 'external' ? 'etcd' : 'control-plane');
  const etcd = new Map(
    await Promise.all(members.map(async (member) => [member, await cluster.start(member, 'etcd')] as const)),
  );
  const asAdmin = ['--kubeconfig', layouts[cluster.plan.layout].kubeconfigs.admin];
  const apiserver = await cluster.start(node, 'kube-apiserver');
  await apiserver.until('/readyz says ok', async () => {
    const {stdout} = await cluster.attempt(node, 'kubectl', ...asAdmin, 'get', '--raw', '/readyz');
    return stdout === 'ok' || undefined;
  });
  const kubectl = (...words: readonly string[]) => cluster.run(node, 'kubectl', ...asAdmin, ...words);
  const leading = async (component: 'kube-controller-manager' | 'kube-scheduler') => {
    const running = await cluster.start(node, component);
    await running.until('it has its lease', () => running.log.includes('successfully acquired lease') || undefined);
    return running;
  };
  const [controllerManager, scheduler] = await Promise.all([
    leading('kube-controller-manager'),
    leading('kube-scheduler'),
  ]);
  return {node, etcd, apiserver, controllerManager, scheduler, kubectl};
}

import {emptyPlan, type ClusterPlan, type NodeRole, type PlanNode} from '../../src/pki/plan.ts';

/** The parts of a plan that a test wants otherwise; each group is merged over the plan below. */
export type PlanChanges = {
  readonly [K in keyof ClusterPlan]?: ClusterPlan[K] extends readonly unknown[] | string
    ? ClusterPlan[K]
    : Partial<ClusterPlan[K]>;
};

export function node(name: string, addresses: string | readonly string[], ...roles: readonly NodeRole[]): PlanNode {
  return {name, addresses: typeof addresses === 'string' ? [addresses] : addresses, roles, sans: []};
}

/** One control-plane node and one worker, everything else as in the empty plan. */
export function planWith(changes: PlanChanges = {}): ClusterPlan {
  const base: ClusterPlan = {
    ...emptyPlan,
    cluster: {name: 'demo', kubernetesVersion: '1.36', controlPlaneEndpoint: 'api.demo.test:6443'},
    nodes: [node('cp-1', '10.0.0.11', 'control-plane'), node('worker-1', '10.0.0.21', 'worker')],
  };
  const merged: Record<string, unknown> = {...base};
  for (const [key, value] of Object.entries(changes)) {
    const before = merged[key];
    merged[key] =
      typeof value === 'object' && !Array.isArray(value) ? {...(before as object), ...(value as object)} : value;
  }
  return merged as unknown as ClusterPlan;
}

/** Three control-plane nodes with two workers. */
export const haNodes: readonly PlanNode[] = [
  node('cp-1', '10.0.0.11', 'control-plane'),
  node('cp-2', '10.0.0.12', 'control-plane'),
  node('cp-3', '10.0.0.13', 'control-plane'),
  node('worker-1', '10.0.0.21', 'worker'),
  node('worker-2', '10.0.0.22', 'worker'),
];

/** Three etcd members apart from two control-plane nodes, and a worker. */
export const externalEtcdNodes: readonly PlanNode[] = [
  node('etcd-1', '10.0.0.31', 'etcd'),
  node('etcd-2', '10.0.0.32', 'etcd'),
  node('etcd-3', '10.0.0.33', 'etcd'),
  node('cp-1', '10.0.0.11', 'control-plane'),
  node('cp-2', '10.0.0.12', 'control-plane'),
  node('worker-1', '10.0.0.21', 'worker'),
];

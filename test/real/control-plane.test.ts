import {beforeAll, expect} from 'vitest';
import {layouts} from '../../src/pki/layouts.ts';
import {closeAfterAll} from '../helpers/close-after-all.ts';
import {startControlPlane} from '../helpers/control-plane.ts';
import {presetPlan} from '../helpers/presets.ts';
import {RealCluster} from '../helpers/real-cluster.ts';
import type {RealNode} from '../helpers/real-node.ts';
import {describeReal, hasRealNodes} from '../helpers/real.ts';
import {bootedCases, bootedTitle} from './cases.ts';
import {declareApiTests} from './suites/api.ts';
import {declareKubeletTests} from './suites/kubelet.ts';
import {declareOneAuthorityTests, declareSigningTests} from './suites/signing.ts';
import type {Started} from './suites/started.ts';

/**
 * Clusters of real programs, on every topology, layout and address family, started with nothing but their flags files:
 * etcd, every control plane, and a kubelet. What follows is asked of each while it runs.
 */

for (const booted of bootedCases) {
  const {preset, algorithm, serving, sets} = booted;
  describeReal(bootedTitle(booted), (programs) => {
    const closing = closeAfterAll();
    const plan = presetPlan(
      preset,
      'cluster.kubernetesVersion=1.20',
      `keys.algorithm=${algorithm}`,
      `kubelets.serving=${serving}`,
      'users=viewer read-only',
      ...sets,
    );
    let started: Started;
    let node: RealNode;

    beforeAll(async () => {
      const role = layouts[plan.layout].kubeletOnControlPlane ? 'control-plane' : 'worker';
      const kubelet = plan.nodes.find(({roles}) => roles.includes(role))?.name ?? expect.fail(`no ${role}`);
      const cluster = closing(await RealCluster.of(plan, programs, hasRealNodes ? [kubelet] : []));
      started = {cluster, plane: await startControlPlane(cluster), kubelet};
      // It registers while the API is asked.
      if (hasRealNodes) node = await cluster.startKubelet(kubelet);
    }, 600_000);

    declareApiTests(() => started);
    declareSigningTests(() => started);
    if (preset === 'one-ca') declareOneAuthorityTests(() => started);
    declareKubeletTests(plan, () => ({...started, node}));
  });
}

import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {diagnose} from '../../src/node/diagnose.ts';
import {inventoryOf, lookAtNode} from '../../src/node/inventory.ts';
import {openRoot} from '../../src/node/root.ts';
import {describeReal} from '../helpers/real.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

describeReal('a node that kubeadm 1.20 made', (programs) => {
  test('has each of its certificates found with who uses it, and nothing wrong', () => {
    const root = temporaryFolder();
    writeFileSync(
      join(root, 'kubeadm.yaml'),
      `apiVersion: kubeadm.k8s.io/v1beta2
kind: InitConfiguration
localAPIEndpoint: {advertiseAddress: 10.0.0.11}
nodeRegistration: {name: cp-1}
---
apiVersion: kubeadm.k8s.io/v1beta2
kind: ClusterConfiguration
kubernetesVersion: v1.20.2
controlPlaneEndpoint: api.demo.test:6443
`,
    );
    for (const phase of ['certs all', 'kubeconfig all', 'control-plane all', 'etcd local']) {
      const words = ['init', 'phase', ...phase.split(' '), '--config', '/kubeadm.yaml', '--rootfs', root];
      execFileSync(programs.path('kubeadm'), words, {stdio: 'pipe'});
    }
    const found = lookAtNode(openRoot(root), {isLive: false, homes: ['/root']});
    expect(diagnose(found, {now: new Date(), warnWithin: 30 * 24, served: undefined})).toMatchObject({
      state: 'ok',
      findings: [],
    });
    const used = inventoryOf(found, undefined).certificates.flatMap(({id, isAuthority, users}) =>
      isAuthority ? [] : [`${id}: ${[...new Set(users.map(({component}) => component))].join(' ') || 'nobody'}`],
    );
    expect(used.toSorted()).toEqual([
      'admin: nobody',
      'apiserver-etcd-client: kube-apiserver',
      'apiserver-kubelet-client: kube-apiserver',
      'apiserver: kube-apiserver',
      'controller-manager: kube-controller-manager',
      'etcd-healthcheck-client: nobody',
      'etcd-peer: etcd',
      'etcd-server: etcd',
      'front-proxy-client: kube-apiserver',
      'kubelet-client: nobody',
      'scheduler: kube-scheduler',
    ]);
  });
});

import {expect, test} from 'vitest';
import {flagsHere, type Here} from '../../src/lab/real-flags.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {flagsText} from '../../src/pki/flags.ts';
import {presetPlan} from '../helpers/presets.ts';

const here: Here = {
  rootfs: '/lab/rootfs',
  data: '/lab/etcd',
  node: 'cp-1',
  ports: {etcd: 1, peers: 2, apiserver: 3},
};

function flagsOf(component: 'etcd' | 'kube-apiserver'): readonly string[] {
  const planned = makeBlueprint(presetPlan('kubeadm-ha')).components.find((each) => each.component === component);
  return flagsHere(planned === undefined ? '' : flagsText(planned), component, here);
}

test('real etcd of the lab reads the files of the lab, and stands on loopback alone', () => {
  const flags = flagsOf('etcd');
  expect(flags).toContain('--cert-file=/lab/rootfs/etc/kubernetes/pki/etcd/server.crt');
  expect(flags).toContain('--client-cert-auth=true');
  expect(flags).toContain('--data-dir=/lab/etcd');
  expect(flags).toContain('--initial-cluster=cp-1=https://127.0.0.1:2');
  expect(flags.filter((flag) => /10\.0\.0\.|:2379|:2380|:2381/.test(flag))).toEqual([]);
});

test('a real API server of the lab reads the files of the lab, and calls the etcd beside it', () => {
  const flags = flagsOf('kube-apiserver');
  expect(flags).toContain('--etcd-servers=https://127.0.0.1:1');
  expect(flags).toContain('--secure-port=3');
  expect(flags).toContain('--bind-address=127.0.0.1');
  expect(flags).toContain('--etcd-cafile=/lab/rootfs/etc/kubernetes/pki/etcd/ca.crt');
  expect(flags.filter((flag) => flag.includes('=/') && !flag.includes('=/lab/'))).toEqual([]);
});

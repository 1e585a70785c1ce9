import {expect, test} from 'vitest';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {haNodes, planWith} from '../helpers/plans.ts';

test.each([
  ['1.20', 'https://api.demo.test:6443'],
  ['1.32', 'https://api.demo.test:6443'],
  ['1.33', 'https://10.0.0.11:6443'],
  ['1.36', 'https://10.0.0.11:6443'],
])('in %s the kubelet of a control-plane node calls %s', (kubernetesVersion, server) => {
  const {kubeconfigs, connections} = makeBlueprint(
    planWith({nodes: haNodes, cluster: {kubernetesVersion}, kubelets: {client: 'issued'}}),
  );
  const kubelet = (name: string) => kubeconfigs.find(({id, node}) => id === 'kubelet' && node === name);
  expect(kubelet('cp-1')?.server).toBe(server);
  expect(kubelet('cp-2')?.server).toBe(server.replace('10.0.0.11', '10.0.0.12'));
  expect(kubelet('worker-1')?.server).toBe('https://api.demo.test:6443');
  const call = connections.find(({id, caller}) => id === 'kubelet-to-apiserver' && caller.node === 'cp-1');
  expect(`https://${call?.host}:${call?.port}`).toBe(server);
});

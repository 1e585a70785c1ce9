import {describe, expect, test} from 'vitest';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {indexBlueprint} from '../../src/report/blueprint-index.ts';
import {formLines} from '../../src/report/chosen-forms.ts';
import {haNodes, planWith} from '../helpers/plans.ts';

const index = indexBlueprint(makeBlueprint(planWith({nodes: haNodes})));

describe('forms of components, chosen by words', () => {
  test('one is printed as it is, to be written into its file', () => {
    const {lines} = formLines(index, {form: 'configuration', node: 'worker-1'});
    expect(lines[0]).toBe('apiVersion: kubelet.config.k8s.io/v1beta1');
    expect(lines).toContain('clusterDomain: cluster.local');
  });

  test('several stand each under a comment that says where it goes', () => {
    const {lines} = formLines(index, {form: 'static-pod', component: 'etcd'});
    expect(lines.filter((line) => line.startsWith('# '))).toEqual([
      '# cp-1: /etc/kubernetes/manifests/etcd.yaml',
      '# cp-2: /etc/kubernetes/manifests/etcd.yaml',
      '# cp-3: /etc/kubernetes/manifests/etcd.yaml',
    ]);
    expect(lines.filter((line) => line === '---')).toHaveLength(2);
  });

  test("kubeadm's file is the node's, however many components it makes", () => {
    const {lines} = formLines(index, {form: 'kubeadm', node: 'cp-1'});
    expect(lines.filter((line) => line === 'kind: ClusterConfiguration')).toHaveLength(1);
  });

  test('what is not in the plan is named, with what there is', () => {
    expect(formLines(index, {form: 'flags', node: 'worker-3'}).problems).toMatchObject([
      {code: 'unknown-node', fix: 'did you mean worker-1?'},
    ]);
    expect(formLines(index, {form: 'flags', component: 'kube-proxy'}).problems).toMatchObject([
      {code: 'unknown-component', message: 'no node of the plan runs "kube-proxy"'},
    ]);
    expect(formLines(index, {form: 'static-pod', component: 'kubelet'}).problems).toMatchObject([
      {code: 'no-such-form', fix: 'the forms here are configuration, kubeadm, flags, unit'},
    ]);
  });
});

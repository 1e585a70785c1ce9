import {describe, expect, test} from 'vitest';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {outlineOf} from '../../src/pki/outline.ts';
import type {ClusterPlan} from '../../src/pki/plan.ts';
import {layoutIds, topologyIds} from '../../src/pki/plan.ts';
import {externalEtcdNodes, haNodes, node, planWith} from '../helpers/plans.ts';

/** What the whole blueprint makes, counted one by one. */
function counted(plan: ClusterPlan) {
  const {authorities, certificates, keyPairs, files} = makeBlueprint(plan);
  const issued = authorities.filter(({brought}) => brought === undefined).length + certificates.length;
  return {keys: issued + keyPairs.length, certificates: issued, files: files.length};
}

const shapes: readonly (readonly [string, Partial<ClusterPlan>])[] = [
  ['no node', {nodes: []}],
  ['one node', {nodes: [node('cp-1', '10.0.0.11', 'control-plane')]}],
  ['three control-plane nodes', {nodes: haNodes}],
  ['external etcd', {etcd: 'external', nodes: externalEtcdNodes}],
  ['a worker named before the control plane', {nodes: haNodes.toReversed()}],
  ['people and kubelets that are all issued', {nodes: haNodes, kubelets: {client: 'issued', serving: 'signed'}}],
  ['nodes of several roles', {nodes: [...haNodes, node('all-1', '10.0.0.9', 'worker', 'control-plane')]}],
  [
    'an authority that is brought',
    {nodes: haNodes, trust: {...planWith().trust, authorities: {'etcd-ca': {certificate: 'ca.crt'}}}},
  ],
];

describe('the outline of a plan', () => {
  test.each(shapes)('counts %s as the whole blueprint does', (_, changes) => {
    for (const layout of layoutIds) {
      for (const topology of topologyIds) {
        const plan = planWith({
          ...changes,
          layout,
          trust: {...changes.trust, topology},
          users: [{name: 'viewer', groups: []}],
        });
        expect([layout, topology, outlineOf(plan).amounts]).toEqual([layout, topology, counted(plan)]);
      }
    }
  });

  test('is made of one node of each kind, however many there are', () => {
    const workers = Array.from({length: 500}, (_, index) => node(`worker-${index}`, '10.1.0.1', 'worker'));
    const {kinds, blueprint} = outlineOf(planWith({nodes: [...haNodes.slice(0, 3), ...workers]}));
    expect(kinds.map(({example, count}) => [example.name, count])).toEqual([
      ['cp-1', 1],
      ['cp-2', 2],
      ['worker-0', 500],
    ]);
    expect(blueprint.nodes.length).toBe(3);
  });
});

import {expect, test} from 'vitest';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {arrowOf, clusterMapOf} from '../../src/pki/cluster-map.ts';
import {connectionRows} from '../../src/pki/connections.ts';
import {presetNames, presetPlan} from '../helpers/presets.ts';

test.for(presetNames)('every connection of %s is on the map, once for each row', (name) => {
  const {connections, ...blueprint} = makeBlueprint(presetPlan(name));
  const map = clusterMapOf({...blueprint, connections});
  expect(map.arrows.flatMap(({instances}) => instances).toSorted(byId)).toEqual(connections.toSorted(byId));
  expect(map.arrows.map(({id}) => id)).toEqual([...new Set(map.arrows.map(({id}) => id))]);
  const boxes = map.boxes.map(({id}) => id);
  for (const {caller, provider} of map.arrows) expect(boxes).toEqual(expect.arrayContaining([caller, provider]));
});

test('a connection has the same number in every cluster', () => {
  const single = clusterMapOf(makeBlueprint(presetPlan('kubeadm-single')));
  const hardWay = clusterMapOf(makeBlueprint(presetPlan('the-hard-way')));
  const number = connectionRows.findIndex(({id}) => id === 'apiserver-to-kubelet') + 1;
  expect([single, hardWay].map((map) => arrowOf(map, 'apiserver-to-kubelet')?.number)).toEqual([number, number]);
});

test('all nodes of a kind are one box, in the order of the plan', () => {
  const {boxes} = clusterMapOf(makeBlueprint(presetPlan('external-etcd')));
  const nodesOf = (id: string) => boxes.find((box) => box.id === id)?.nodes;
  expect(nodesOf('etcd')).toEqual(['etcd-1', 'etcd-2', 'etcd-3']);
  expect(nodesOf('kube-apiserver')).toEqual(['cp-1', 'cp-2']);
  expect(nodesOf('webhook')).toEqual([]);
});

function byId(one: {readonly id: string}, other: {readonly id: string}): number {
  return one.id.localeCompare(other.id);
}

import {expect, test} from 'vitest';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {clusterMapOf, type ClusterMap, type MapSpot} from '../../src/pki/cluster-map.ts';
import {connectionRows} from '../../src/pki/connections.ts';
import {spotsOf, walkMap} from '../../src/report/map-walk.ts';
import {presetNames, presetPlan} from '../helpers/presets.ts';

const mapOf = (name: string): ClusterMap => clusterMapOf(makeBlueprint(presetPlan(name)));
const sides = ['up', 'right', 'down', 'left'] as const;
const start: MapSpot = {kind: 'component', id: 'kube-apiserver'};
const name = ({kind, id}: MapSpot): string => `${kind} ${id}`;

test.for(presetNames)('arrow keys lead to every box and every connection of %s', (preset) => {
  const map = mapOf(preset);
  const reached = new Map<string, MapSpot>([[name(start), start]]);
  for (const from of reached.values()) {
    for (const side of sides) {
      const to = walkMap(map, from, side);
      reached.set(name(to), to);
    }
  }
  const all = [...map.boxes.map(({id}) => `component ${id}`), ...map.arrows.map(({id}) => `connection ${id}`)];
  expect([...reached.keys()].toSorted()).toEqual(all.toSorted());
  expect(spotsOf(map).map(name).toSorted()).toEqual(all.toSorted());
});

test('right and left follow a connection to the box at its other end', () => {
  const map = mapOf('kubeadm-single');
  const walk = (from: MapSpot, ...keys: readonly (typeof sides)[number][]): string =>
    name(keys.reduce((spot, side) => walkMap(map, spot, side), from));
  expect(walk({kind: 'component', id: 'kube-scheduler'}, 'right')).toBe('connection scheduler-to-apiserver');
  expect(walk({kind: 'component', id: 'kube-scheduler'}, 'right', 'right')).toBe('component kube-apiserver');
  expect(walk(start, 'right')).toBe('connection apiserver-to-etcd');
  expect(walk(start, 'right', 'down', 'right')).toBe('component kubelet');
  expect(walk({kind: 'component', id: 'kubelet'}, 'left', 'left')).toBe('component kube-apiserver');
  expect(walk({kind: 'component', id: 'scraper'}, 'left', 'right')).toBe('component kube-controller-manager');
});

test('every connection of the catalogue can be walked to, whichever a cluster has', () => {
  const {boxes, arrows} = mapOf('kubeadm-single');
  const [{instances} = expect.fail('there is no arrow')] = arrows;
  const all = connectionRows.map(({id, caller, provider}, index) => {
    return {id, caller, provider, number: index + 1, credential: 'token', instances} as const;
  });
  const spots = spotsOf({boxes, arrows: all}).filter(({kind}) => kind === 'connection');
  expect(spots.map(({id}) => id).toSorted()).toEqual(connectionRows.map(({id}) => id).toSorted());
});

test('where nothing is on that side one stays', () => {
  const map = mapOf('kubeadm-single');
  expect(walkMap(map, {kind: 'component', id: 'pod'}, 'down')).toEqual({kind: 'component', id: 'pod'});
  expect(walkMap(map, {kind: 'component', id: 'pod'}, 'left')).toEqual({kind: 'component', id: 'pod'});
});

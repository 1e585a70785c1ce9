import {expect, test} from 'vitest';
import {nearest} from '../../src/base/nearest.ts';

const keys = ['cluster', 'layout', 'trust', 'network', 'keys', 'validity', 'etcd', 'nodes', 'sans', 'kubelets'];

test.each([
  ['netwrok', 'network', 'two letters swapped'],
  ['kubelet', 'kubelets', 'one missing'],
  ['validitty', 'validity', 'one too many'],
  ['Nodes', 'nodes', 'another case'],
  ['etdc', 'etcd', 'a swap in a short word'],
])('%s means %s: %s', (typed, meant) => {
  expect(nearest(typed, keys)).toBe(meant);
});

test('what resembles nothing gets no suggestion', () => {
  expect(nearest('password', keys)).toBeUndefined();
  expect(nearest('x', keys)).toBeUndefined();
  expect(nearest('', keys)).toBeUndefined();
});

test('among equally near words the first wins', () => {
  expect(nearest('bat', ['cat', 'hat'])).toBe('cat');
});

import {expect, test} from 'vitest';
import {leaseName, leaseOf} from '../../src/api/leases.ts';
import {apiServer} from './asked.ts';

const never = new AbortController().signal;

test('a lease says when it was renewed last, and on which node', async () => {
  const spec = {holderIdentity: 'cp-1_b733ac33-c9c1', renewTime: '2027-01-01T00:00:02.000000Z'};
  const {question} = await apiServer(() => ({status: 200, body: {spec}}));
  expect(await leaseOf(question, never)).toEqual({
    kind: 'renewed',
    at: new Date('2027-01-01T00:00:02Z'),
    holder: 'cp-1',
  });
});

test('whoever holds a lease says nothing to the terminal by its name', async () => {
  const spec = {holderIdentity: 'cp-1\u001b[2J_x', renewTime: '2027-01-01T00:00:02.000000Z'};
  const {question} = await apiServer(() => ({status: 200, body: {spec}}));
  expect(await leaseOf(question, never)).toMatchObject({holder: 'cp-1 [2J'});
});

test.each([
  [403, {kind: 'Status'}, 'hidden'],
  [404, {kind: 'Status'}, 'hidden'],
  [200, {spec: {}}, 'hidden'],
  [200, {spec: {holderIdentity: 'cp-1', renewTime: 'yesterday'}}, 'hidden'],
  [200, {spec: {holderIdentity: '', renewTime: '2027-01-01T00:00:02.000000Z'}}, 'silent'],
  [500, 'etcd is gone', 'silent'],
] as const)('an answer of %i with %j tells that the lease is %s', async (status, body, kind) => {
  const {question} = await apiServer(() => ({status, body}));
  expect(await leaseOf(question, never)).toMatchObject({kind});
});

test('only who leads has one', () => {
  expect(leaseName('kube-scheduler')).toContain('/namespaces/kube-system/leases/kube-scheduler');
  expect(leaseName('kube-apiserver')).toBeUndefined();
});

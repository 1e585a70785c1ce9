import {expect, test} from 'vitest';
import type {ClusterPlan} from '../../src/pki/plan.ts';
import {offeredNames} from '../../src/wizard/offers.ts';
import {node, planWith} from '../helpers/plans.ts';

const offered = (plan: ClusterPlan): readonly string[] => offeredNames(plan).map(({value}) => value);

test('localhost and names of a load balancer in the domain of the endpoint are offered', () => {
  expect(offered(planWith())).toEqual(['localhost', '127.0.0.1', 'lb.demo.test']);
});

test('without a domain anywhere the name follows the cluster', () => {
  const cluster = {name: 'Demo', controlPlaneEndpoint: '10.0.0.100:6443'};
  expect(offered(planWith({cluster}))).toEqual(['localhost', '127.0.0.1', 'demo-api']);
});

test('a domain that only the nodes have will do', () => {
  const cluster = {controlPlaneEndpoint: '10.0.0.100:6443'};
  const nodes = [node('cp-1.lab.test', '10.0.0.11', 'control-plane')];
  expect(offered(planWith({cluster, nodes}))).toContain('api.lab.test');
});

test('IPv6 has a loopback of its own', () => {
  const nodes = [node('cp-1', ['10.0.0.11', 'fd00::11'], 'control-plane')];
  expect(offered(planWith({nodes}))).toContain('::1');
});

test('a name that is picked stays on offer, so that it can be put back', () => {
  expect(offered(planWith({sans: {apiserver: ['localhost']}}))).toContain('localhost');
});

test('what is in the certificate anyway is not offered', () => {
  const nodes = [{...node('cp-1', '10.0.0.11', 'control-plane'), sans: ['localhost']}];
  expect(offered(planWith({nodes}))).not.toContain('localhost');
});

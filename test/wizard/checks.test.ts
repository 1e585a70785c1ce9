import {readdirSync, readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {ClusterPlan} from '../../src/pki/plan.ts';
import {checkPlan} from '../../src/wizard/check-plan.ts';
import {stepOfPath} from '../../src/wizard/steps.ts';
import {arbitraryPlan} from '../helpers/arbitrary-plan.ts';
import {externalEtcdNodes, haNodes, node, planWith, type PlanChanges} from '../helpers/plans.ts';

/** A value that has the problem, and one as like it as can be that has not. */
interface Case {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly path: string;
  readonly bad: PlanChanges;
  readonly good: PlanChanges;
}

function error(code: string, path: string, bad: PlanChanges, good: PlanChanges): Case {
  return {code, severity: 'error', path, bad, good};
}

function warn(code: string, path: string, bad: PlanChanges, good: PlanChanges): Case {
  return {code, severity: 'warning', path, bad, good};
}

const cp = node('cp-1', '10.0.0.11', 'control-plane');
const nodes = (...more: ClusterPlan['nodes']): PlanChanges => ({nodes: [cp, ...more]});
const named = (name: string): PlanChanges => nodes(node(name, '10.0.0.22', 'worker'));
const addressed = (...addresses: string[]): PlanChanges => nodes(node('w-1', addresses, 'worker'));
const sans = (...apiserver: string[]): PlanChanges => ({sans: {apiserver}});
const services = (...serviceSubnets: string[]): PlanChanges => ({network: {serviceSubnets}});
const pods = (...podSubnets: string[]): PlanChanges => ({network: {podSubnets}});
const endpoint = (controlPlaneEndpoint: string | undefined): PlanChanges => ({cluster: {controlPlaneEndpoint}});
const user = (name: string, ...groups: string[]): PlanChanges => ({users: [{name, groups}]});
const brought = (id: string, authority: ClusterPlan['trust']['authorities'][string]): PlanChanges => ({
  trust: {authorities: {[id]: authority}},
});
const assign = (certificate: string, authority: string): PlanChanges => ({trust: {assign: {[certificate]: authority}}});
const token = (change: Partial<ClusterPlan['bootstrap']['token']>): PlanChanges => ({
  bootstrap: {token: {...planWith().bootstrap.token, ...change}},
});
const members = (count: number): ClusterPlan['nodes'] =>
  Array.from({length: count}, (_, index) => node(`cp-${index + 1}`, `10.0.1.${index + 1}`, 'control-plane'));
const v6 = {
  nodes: [node('cp-1', '2001:db8::11', 'control-plane')],
  network: {serviceSubnets: ['fd00:10:96::/112'], podSubnets: ['fd00:10:244::/56']},
};

const cases: readonly Case[] = [
  error('bad-cluster-name', 'cluster.name', {cluster: {name: 'my cluster'}}, {cluster: {name: 'My_cluster.1'}}),
  error(
    'unsupported-version',
    'cluster.kubernetesVersion',
    {cluster: {kubernetesVersion: '1.19'}},
    {cluster: {kubernetesVersion: '1.20'}},
  ),
  error(
    'unsupported-version',
    'cluster.kubernetesVersion',
    {cluster: {kubernetesVersion: '1.37'}},
    {cluster: {kubernetesVersion: '1.36.1'}},
  ),
  error(
    'not-a-version',
    'cluster.kubernetesVersion',
    {cluster: {kubernetesVersion: 'latest'}},
    {cluster: {kubernetesVersion: '1.36'}},
  ),

  error('name-missing', 'nodes[1].name', named(''), named('w')),
  error('name-has-upper-case', 'nodes[1].name', named('Worker-1'), named('worker-1')),
  error('name-has-underscore', 'nodes[1].name', named('worker_1'), named('worker-1')),
  error('name-ends-with-dot', 'nodes[1].name', named('worker-1.demo.test.'), named('worker-1.demo.test')),
  error('not-a-name', 'nodes[1].name', named('../../etc'), named('etc')),
  error('label-too-long', 'nodes[1].name', named('a'.repeat(64)), named('a'.repeat(52))),
  error('name-too-long', 'nodes[1].name', named('a.'.repeat(127) + 'a'), named('a.b')),
  error('looks-like-address', 'nodes[1].name', named('10.0.0.256'), named('n10-0-0-25')),
  warn('node-name-is-address', 'nodes[1].name', named('10.0.0.22'), named('n22')),
  // "system:node:" and 52 characters are RFC 5280's 64.
  warn('common-name-too-long', 'nodes[1].name', named('a'.repeat(53)), named('a'.repeat(52))),
  error('duplicate-node-name', 'nodes[1].name', named('cp-1'), named('cp-2')),

  error('address-missing', 'nodes[1].addresses', addressed(), addressed('10.0.0.22')),
  error('not-an-address', 'nodes[1].addresses[0]', addressed('10.0.0.256'), addressed('10.0.0.25')),
  error('not-an-address', 'nodes[1].addresses[0]', addressed('w-1.demo.test'), addressed('fd12::1')),
  error('address-loopback', 'nodes[1].addresses[0]', addressed('127.0.0.1'), addressed('10.0.0.22')),
  error('address-loopback', 'nodes[1].addresses[0]', addressed('::1'), addressed('2001:db8::1')),
  error('address-unspecified', 'nodes[1].addresses[0]', addressed('0.0.0.0'), addressed('10.0.0.22')),
  error('address-multicast', 'nodes[1].addresses[0]', addressed('224.0.0.1'), addressed('223.0.0.1')),
  error('address-link-local', 'nodes[1].addresses[0]', addressed('fe80::1'), addressed('fd80::1')),
  error('address-broadcast', 'nodes[1].addresses[0]', addressed('255.255.255.255'), addressed('10.0.0.255')),
  error('duplicate-address', 'nodes[1].addresses[0]', addressed('10.0.0.11'), addressed('10.0.0.12')),
  error(
    'duplicate-address',
    'nodes[1].addresses[1]',
    addressed('10.0.0.12', '::ffff:10.0.0.11'),
    addressed('10.0.0.12', 'fd12::11'),
  ),
  warn(
    'repeated-address',
    'nodes[1].addresses[1]',
    addressed('10.0.0.12', '10.0.0.12'),
    addressed('10.0.0.12', '10.0.0.13'),
  ),

  error('role-missing', 'nodes[1].roles', nodes(node('w-1', '10.0.0.22')), nodes(node('w-1', '10.0.0.22', 'worker'))),
  error('no-control-plane', 'nodes', {nodes: []}, nodes()),
  error('no-control-plane', 'nodes', {nodes: [node('w-1', '10.0.0.22', 'worker')]}, nodes()),
  error('no-etcd-node', 'nodes', {etcd: 'external'}, {etcd: 'external', nodes: externalEtcdNodes}),
  error(
    'etcd-role-with-stacked',
    'nodes[1].roles',
    nodes(node('e-1', '10.0.0.31', 'etcd')),
    nodes(node('e-1', '10.0.0.31', 'worker')),
  ),
  warn('etcd-role-without-effect', 'nodes[0].roles', {nodes: [{...cp, roles: ['control-plane', 'etcd']}]}, nodes()),
  warn(
    'etcd-not-apart',
    'nodes[0].roles',
    {etcd: 'external', nodes: [{...cp, roles: ['control-plane', 'etcd']}]},
    {etcd: 'external', nodes: externalEtcdNodes},
  ),
  warn('even-etcd-members', 'nodes', {nodes: members(2)}, {nodes: members(3)}),
  warn(
    'even-etcd-members',
    'nodes',
    {etcd: 'external', nodes: externalEtcdNodes.slice(1)},
    {etcd: 'external', nodes: externalEtcdNodes},
  ),
  warn('many-etcd-members', 'nodes', {nodes: members(9)}, {nodes: members(7)}),

  error('name-is-url', 'sans.apiserver[0]', sans('https://lb.demo.test'), sans('lb.demo.test')),
  error('name-has-port', 'sans.apiserver[0]', sans('lb.demo.test:6443'), sans('lb.demo.test')),
  error('name-has-brackets', 'sans.apiserver[0]', sans('[fd00::1]'), sans('fd00::1')),
  error('name-is-subnet', 'sans.apiserver[0]', sans('10.0.0.0/24'), sans('10.0.0.0')),
  error(
    'name-has-underscore',
    'sans.apiserver[1]',
    sans('lb.demo.test', 'lb_2.demo.test'),
    sans('lb.demo.test', 'lb-2.demo.test'),
  ),
  error('bad-wildcard', 'sans.apiserver[0]', sans('lb.*.test'), sans('*.lb.test')),
  error('address-has-zone', 'sans.apiserver[0]', sans('fe80::1%eth0'), sans('fe80::1')),
  error('not-an-address', 'sans.apiserver[0]', sans('1::2::3'), sans('1::2:3')),
  error(
    'name-has-port',
    'nodes[1].sans[0]',
    nodes({...node('w-1', '10.0.0.22', 'worker'), sans: ['w:1']}),
    nodes({...node('w-1', '10.0.0.22', 'worker'), sans: ['w']}),
  ),
  warn('repeated-san', 'sans.apiserver[1]', sans('fd00::1', 'FD00:0::1'), sans('fd00::1', 'fd00::2')),
  warn('san-not-dialable', 'sans.apiserver[0]', sans('0.0.0.0'), sans('127.0.0.1')),

  error('subnet-missing', 'network.serviceSubnets', services(), services('10.96.0.0/12')),
  error('not-a-subnet', 'network.serviceSubnets[0]', services('10.96.0.0'), services('10.96.0.0/16')),
  error('not-a-subnet', 'network.podSubnets[0]', pods('pods'), pods('10.128.0.0/16')),
  warn('subnet-has-host-bits', 'network.serviceSubnets[0]', services('10.96.1.7/12'), services('10.96.0.0/12')),
  error(
    'too-many-subnets',
    'network.serviceSubnets',
    services('10.96.0.0/16', 'fd00::/112', '10.97.0.0/16'),
    services('10.96.0.0/16'),
  ),
  error(
    'subnets-of-one-family',
    'network.serviceSubnets[1]',
    services('10.96.0.0/16', '10.97.0.0/16'),
    services('10.96.0.0/16', 'fd00::/112'),
  ),
  error('service-subnet-too-large', 'network.serviceSubnets[0]', services('10.96.0.0/11'), services('10.96.0.0/12')),
  error(
    'service-subnet-too-large',
    'network.serviceSubnets[1]',
    services('10.96.0.0/12', 'fd00::/107'),
    services('10.96.0.0/12', 'fd00::/108'),
  ),
  error('service-subnet-too-small', 'network.serviceSubnets[0]', services('10.96.0.0/29'), services('10.96.0.0/28')),
  error('pod-subnet-too-small', 'network.podSubnets[0]', pods('10.244.0.0/25'), pods('10.244.0.0/23')),
  error(
    'pod-subnet-too-small',
    'network.podSubnets[1]',
    pods('10.244.0.0/16', 'fd00:1::/65'),
    pods('10.244.0.0/16', 'fd00:1::/63'),
  ),
  error(
    'pod-subnet-too-large',
    'network.podSubnets[1]',
    pods('10.244.0.0/16', 'fd00:1::/47'),
    pods('10.244.0.0/16', 'fd00:1::/48'),
  ),
  warn('pod-subnet-has-few-ranges', 'network.podSubnets[0]', pods('10.244.0.0/24'), pods('10.244.0.0/23')),
  error('node-in-subnet', 'network.serviceSubnets[0]', services('10.0.0.0/16'), services('10.1.0.0/16')),
  error('node-in-subnet', 'network.podSubnets[0]', pods('10.0.0.0/16'), pods('10.1.0.0/16')),
  error('subnets-overlap', 'network.podSubnets[0]', pods('10.100.0.0/16'), pods('10.112.0.0/16')),
  error(
    'families-differ',
    'network.serviceSubnets[0]',
    {...v6, network: {serviceSubnets: ['10.96.0.0/12', 'fd00:10:96::/112']}},
    v6,
  ),
  warn('pods-lack-family', 'network.podSubnets', services('10.96.0.0/12', 'fd00::/112'), {
    network: {serviceSubnets: ['10.96.0.0/12', 'fd00::/112'], podSubnets: ['10.244.0.0/16', 'fd01::/56']},
  }),
  error(
    'name-has-upper-case',
    'network.dnsDomain',
    {network: {dnsDomain: 'Cluster.local'}},
    {network: {dnsDomain: 'cluster.local'}},
  ),
  error(
    'name-too-long',
    'network.dnsDomain',
    {network: {dnsDomain: `${'a.'.repeat(120)}a`}},
    {network: {dnsDomain: `${'a.'.repeat(114)}a`}},
  ),

  error('name-is-url', 'cluster.controlPlaneEndpoint', endpoint('https://api.demo.test'), endpoint('api.demo.test')),
  error('bad-port', 'cluster.controlPlaneEndpoint', endpoint('api.demo.test:66443'), endpoint('api.demo.test:6443')),
  error(
    'endpoint-not-reachable',
    'cluster.controlPlaneEndpoint',
    endpoint('127.0.0.1:6443'),
    endpoint('10.0.0.10:6443'),
  ),
  error('endpoint-not-reachable', 'cluster.controlPlaneEndpoint', endpoint('[::]:6443'), endpoint('[fd12::1]:6443')),
  error('endpoint-in-subnet', 'cluster.controlPlaneEndpoint', endpoint('10.96.0.1'), endpoint('10.95.0.1')),
  error('endpoint-missing', 'cluster.controlPlaneEndpoint', {nodes: haNodes, ...endpoint(undefined)}, {nodes: haNodes}),
  warn(
    'endpoint-missing',
    'cluster.controlPlaneEndpoint',
    {layout: 'the-hard-way', nodes: haNodes, ...endpoint(undefined)},
    endpoint(undefined),
  ),
  warn(
    'endpoint-is-one-node',
    'cluster.controlPlaneEndpoint',
    {nodes: haNodes, ...endpoint('10.0.0.11')},
    {nodes: haNodes, ...endpoint('10.0.0.10')},
  ),
  warn('endpoint-port-differs', 'cluster.controlPlaneEndpoint', endpoint('10.0.0.11:8443'), endpoint('10.0.0.11:6443')),
  warn(
    'endpoint-port-differs',
    'cluster.controlPlaneEndpoint',
    {layout: 'minikube', ...endpoint('10.0.0.11:6443')},
    {layout: 'minikube', ...endpoint('10.0.0.11:8443')},
  ),

  error(
    'unknown-certificate',
    'trust.assign.kubelet-server',
    assign('kubelet-server', 'kubelet-serving-ca'),
    assign('kubelet-serving', 'kubelet-serving-ca'),
  ),
  error('name-has-dot', 'trust.assign.apiserver', assign('apiserver', 'my.ca'), assign('apiserver', 'my-ca')),
  error('not-a-name', 'trust.assign.apiserver', assign('apiserver', '../ca'), assign('apiserver', 'ca-1')),
  error(
    'root-signs-leaf',
    'trust.assign.apiserver',
    {trust: {topology: 'intermediates', assign: {apiserver: 'root-ca'}}},
    {trust: {topology: 'intermediates', assign: {apiserver: 'server-ca'}}},
  ),
  warn(
    'new-authority',
    'trust.assign.apiserver',
    assign('apiserver', 'kubernets-ca'),
    assign('apiserver', 'kubernetes-ca'),
  ),

  error('unknown-authority', 'trust.authorities.root-ca', brought('root-ca', {certificate: '/ca.crt'}), {
    trust: {topology: 'intermediates', authorities: {'root-ca': {certificate: '/ca.crt'}}},
  }),
  error('unknown-authority', 'trust.authorities.my-ca', brought('my-ca', {certificate: '/ca.crt'}), {
    trust: {assign: {apiserver: 'my-ca'}, authorities: {'my-ca': {certificate: '/ca.crt'}}},
  }),
  warn(
    'authority-brought-twice',
    'trust.authorities.etcd-ca.certificate',
    {trust: {authorities: {'kubernetes-ca': {certificate: '/ca.crt'}, 'etcd-ca': {certificate: '/ca.crt'}}}},
    {trust: {authorities: {'kubernetes-ca': {certificate: '/ca.crt'}, 'etcd-ca': {certificate: '/etcd.crt'}}}},
  ),
  error(
    'pem-in-plan',
    'trust.authorities.etcd-ca.key',
    brought('etcd-ca', {certificate: '/ca.crt', key: '-----BEGIN PRIVATE KEY-----'}),
    brought('etcd-ca', {certificate: '/ca.crt', key: '/ca.key'}),
  ),
  error(
    'not-a-path',
    'trust.authorities.etcd-ca.certificate',
    brought('etcd-ca', {certificate: ''}),
    brought('etcd-ca', {certificate: 'ca.crt'}),
  ),
  error(
    'passphrase-without-key',
    'trust.authorities.etcd-ca.passphrase',
    brought('etcd-ca', {certificate: '/ca.crt', passphrase: {env: 'P'}}),
    brought('etcd-ca', {certificate: '/ca.crt', key: '/ca.key', passphrase: {env: 'P'}}),
  ),
  error(
    'not-a-variable',
    'trust.authorities.etcd-ca.passphrase.env',
    brought('etcd-ca', {certificate: '/ca.crt', key: '/ca.key', passphrase: {env: 'my secret'}}),
    brought('etcd-ca', {certificate: '/ca.crt', key: '/ca.key', passphrase: {env: 'MY_SECRET'}}),
  ),

  warn(
    'algorithm-not-kept',
    'keys.algorithm',
    {cluster: {kubernetesVersion: '1.30'}, keys: {algorithm: 'ECDSA-P256'}},
    {cluster: {kubernetesVersion: '1.31'}, keys: {algorithm: 'ECDSA-P256'}},
  ),
  warn(
    'algorithm-not-kept',
    'keys.algorithm',
    {cluster: {kubernetesVersion: '1.20'}, keys: {algorithm: 'RSA-4096'}},
    {cluster: {kubernetesVersion: '1.20'}, keys: {algorithm: 'RSA-4096'}, layout: 'the-hard-way'},
  ),
  error('validity-zero', 'validity.leaves', {validity: {leaves: 0}}, {validity: {leaves: 8760}}),
  error('validity-zero', 'validity.authorities', {validity: {authorities: 0}}, {validity: {authorities: 87_600}}),
  error('validity-too-short', 'validity.leaves', {validity: {leaves: 0.5}}, {validity: {leaves: 1}}),
  error(
    'validity-too-long',
    'validity.authorities',
    {validity: {authorities: 876_001}},
    {validity: {authorities: 876_000}},
  ),
  warn('validity-longer-than-usual', 'validity.leaves', {validity: {leaves: 8761}}, {validity: {leaves: 8760}}),
  warn('short-lived', 'validity.leaves', {validity: {leaves: 719}}, {validity: {leaves: 720}}),
  warn(
    'leaf-outlives-authority',
    'validity.leaves',
    {validity: {authorities: 8000, leaves: 8760}},
    {validity: {authorities: 8760, leaves: 8760}},
  ),

  error('name-missing', 'users[0].name', user(''), user('v')),
  error('bad-user-name', 'users[0].name', user('jane/../root'), user('jane@demo.test')),
  error('common-name-too-long', 'users[0].name', user('a'.repeat(65)), user('a'.repeat(64))),
  error('reserved-user', 'users[0].name', user('system:kube-scheduler'), user('scheduler')),
  error('reserved-user', 'users[0].name', user('front-proxy-client'), user('front-proxy-clients')),
  error(
    'duplicate-user',
    'users[1].name',
    {
      users: [
        {name: 'a', groups: []},
        {name: 'a', groups: ['b']},
      ],
    },
    {
      users: [
        {name: 'a', groups: []},
        {name: 'b', groups: []},
      ],
    },
  ),
  error('bad-group', 'users[0].groups[0]', user('v', 'a\nb'), user('v', 'Dev Team')),
  error('organization-too-long', 'users[0].groups[0]', user('v', 'a'.repeat(65)), user('v', 'a'.repeat(64))),
  warn('repeated-group', 'users[0].groups[1]', user('v', 'a', 'a'), user('v', 'a', 'b')),
  warn('group-bypasses-rbac', 'users[0].groups[0]', user('v', 'system:masters'), user('v', 'masters')),
  warn('group-is-admin', 'users[0].groups[0]', user('v', 'kubeadm:cluster-admins'), user('v', 'cluster-admins')),
  warn('reserved-group', 'users[0].groups[0]', user('v', 'system:nodes'), user('v', 'nodes')),

  warn('token-never-ends', 'bootstrap.token.ttl', token({ttl: 0}), token({ttl: 1})),
  warn('long-lived-token', 'bootstrap.token.ttl', token({ttl: 169}), token({ttl: 168})),
  error('not-a-duration', 'bootstrap.token.ttl', token({ttl: -1}), token({ttl: 24})),
  error('bad-description', 'bootstrap.token.description', token({description: 'a\nb'}), token({description: 'a b'})),
  error(
    'bad-token-group',
    'bootstrap.token.groups[0]',
    token({groups: ['system:masters']}),
    token({groups: ['system:bootstrappers:x']}),
  ),
  error(
    'bad-token-group',
    'bootstrap.token.groups[0]',
    token({groups: ['system:bootstrappers:x-']}),
    token({groups: ['system:bootstrappers:a:b']}),
  ),
  error(
    'groups-without-authentication',
    'bootstrap.token.groups',
    token({usages: ['signing']}),
    token({usages: ['signing'], groups: []}),
  ),
  error(
    'token-without-use',
    'bootstrap.token.usages',
    token({usages: []}),
    token({usages: ['signing', 'authentication']}),
  ),
  warn(
    'token-without-authentication',
    'bootstrap.token.usages',
    token({usages: ['signing']}),
    token({usages: ['signing', 'authentication']}),
  ),
  warn(
    'token-without-signing',
    'bootstrap.token.usages',
    token({usages: ['authentication']}),
    token({usages: ['signing', 'authentication']}),
  ),
];

function found(plan: ClusterPlan, {code, path}: Case): string[] {
  return checkPlan(plan)
    .filter((each) => each.code === code && each.at.path === path)
    .map((each) => each.severity);
}

describe('a plan', () => {
  test.each(cases)('has $code at $path, $severity, when it is so and not when it is not', (each) => {
    expect(found(planWith(each.bad), each)).toEqual([each.severity]);
    expect(found(planWith(each.good), each)).toEqual([]);
  });

  test.each(cases.filter(({severity}) => severity === 'error'))(
    'whose $code at $path is mended has no error left',
    ({good}) => {
      expect(checkPlan(planWith(good)).filter(({severity}) => severity === 'error')).toEqual([]);
    },
  );

  test('has nothing wrong when everything is as it should be', () => {
    expect(checkPlan(planWith())).toEqual([]);
    expect(checkPlan(planWith({nodes: haNodes}))).toEqual([]);
    expect(checkPlan(planWith({etcd: 'external', nodes: externalEtcdNodes}))).toEqual([]);
    expect(checkPlan(planWith(v6))).toEqual([]);
  });

  test('gets all its problems at once', () => {
    const plan = planWith({
      cluster: {kubernetesVersion: '2'},
      nodes: [node('A', '127.0.0.1', 'worker'), node('b_', 'x', 'etcd')],
      users: [{name: 'system:x', groups: []}],
    });
    expect(checkPlan(plan).map(({code}) => code)).toEqual([
      'not-a-version',
      'name-has-upper-case',
      'address-loopback',
      'name-has-underscore',
      'not-an-address',
      'no-control-plane',
      'etcd-role-with-stacked',
      'reserved-user',
    ]);
  });

  test('of a thousand workers is checked for repeated names and addresses', () => {
    const workers = Array.from({length: 1000}, (_, index) =>
      node(`w-${index}`, `10.1.${Math.floor(index / 250)}.${(index % 250) + 1}`, 'worker'),
    );
    const plan = planWith({nodes: [cp, ...workers, node('w-7', '10.1.2.3', 'worker')]});
    const errors = checkPlan(plan).filter(({severity}) => severity === 'error');
    expect(errors.map(({code, at}) => [code, at.path])).toEqual([
      ['duplicate-node-name', 'nodes[1001].name'],
      ['duplicate-address', 'nodes[1001].addresses[0]'],
    ]);
  });

  test('whatever is in it, gets problems with a place, a sentence and a remedy', () => {
    fc.assert(
      fc.property(arbitraryPlan, (plan) => {
        // A sentence that ends in a value of the plan ends as that does; otherwise without a full stop.
        const sentence = JSON.stringify(plan).includes('."') ? /^\S.*$/s : /^\S.*[^.]$/s;
        for (const problem of checkPlan(plan)) {
          expect(stepOfPath(problem.at.path), problem.at.path).toBeDefined();
          expect(problem.message).toMatch(sentence);
          expect(problem.fix).toMatch(sentence);
        }
      }),
    );
  });
});

test('every code that a check can give has a case', () => {
  const folder = new URL('../../src/wizard/', import.meta.url);
  const sources = readdirSync(folder)
    .filter((name) => name.startsWith('checks-'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n');
  const own = [...sources.matchAll(/\b(?:problem|warning)\(\s*'([a-z-]+)'/g)].map(([, code]) => code);
  const names = [...readFileSync(new URL('../base/names.ts', folder), 'utf8').matchAll(/\bfault\(\s*'([a-z-]+)'/g)].map(
    ([, code]) => code,
  );
  expect(own.length).toBeGreaterThan(60);
  expect(names.length).toBeGreaterThan(10);
  const covered = new Set(cases.map(({code}) => code));
  expect([...own, ...names].filter((code) => code === undefined || !covered.has(code))).toEqual([]);
});

import {describe, expect, test} from 'vitest';
import {judgeServingRequest, type KnownNode, type ServingWish} from '../../src/pki/serving-request.ts';

const nodes: readonly KnownNode[] = [
  {
    name: 'worker-1',
    addresses: [
      {type: 'InternalIP', address: '10.0.0.21'},
      {type: 'InternalIP', address: 'fd00::21'},
      {type: 'ExternalIP', address: '203.0.113.21'},
      {type: 'Hostname', address: 'worker-1'},
      {type: 'InternalDNS', address: 'Worker-1.demo.test'},
    ],
  },
  {name: 'worker-2', addresses: [{type: 'InternalIP', address: '10.0.0.22'}]},
];

const right: ServingWish = {
  commonName: 'system:node:worker-1',
  organizations: ['system:nodes'],
  names: [
    {type: 'dns', value: 'worker-1'},
    {type: 'dns', value: 'worker-1.demo.test'},
    {type: 'ip', value: '10.0.0.21'},
    {type: 'ip', value: 'fd00:0::21'},
    {type: 'ip', value: '203.0.113.21'},
  ],
  otherNames: [],
  isAuthority: false,
  usages: ['digital signature', 'key encipherment', 'server auth'],
  username: 'system:node:worker-1',
  groups: ['system:nodes', 'system:authenticated'],
};

describe('a request for a serving certificate', () => {
  test('is right when a node asks for its own names, each of which its Node has', () => {
    expect(judgeServingRequest(right, nodes)).toEqual({
      node: 'worker-1',
      names: [
        {value: 'worker-1', as: ['Hostname']},
        {value: 'worker-1.demo.test', as: ['InternalDNS']},
        {value: '10.0.0.21', as: ['InternalIP']},
        {value: 'fd00:0::21', as: ['InternalIP']},
        {value: '203.0.113.21', as: ['ExternalIP']},
      ],
      problems: [],
    });
  });

  test('of a key that is not RSA need not ask for key encipherment', () => {
    expect(judgeServingRequest({...right, usages: ['server auth', 'digital signature']}, nodes).problems).toEqual([]);
  });

  const dns = (value: string) => [{type: 'dns', value} as const];
  const ip = (value: string) => [{type: 'ip', value} as const];
  test.each<[string, Partial<ServingWish>, string]>([
    ['an address of nobody', {names: ip('192.0.2.1')}, '"192.0.2.1" is no address of the Node worker-1'],
    [
      "another node's address",
      {names: ip('10.0.0.22')},
      '"10.0.0.22" is no address of the Node worker-1, but of worker-2',
    ],
    ['a name of nobody', {names: dns('api.demo.test')}, '"api.demo.test" is no address of the Node worker-1'],
    ['no name at all', {names: []}, 'it has no DNS name and no address, and must have one'],
    ['names of other kinds', {otherNames: ['URI:spiffe://a']}, `it has names that are no host's: "URI:spiffe://a"`],
    [
      'another requester',
      {username: 'jane'},
      '"jane" asks for a certificate of "system:node:worker-1": a node asks for itself',
    ],
    [
      'a requester outside system:nodes',
      {groups: []},
      '"system:node:worker-1" asked without being in the group system:nodes',
    ],
    [
      'a usage too many',
      {usages: [...right.usages, 'client auth']},
      'it asks for "client auth", which no kubelet needs to serve',
    ],
    ['a usage too few', {usages: ['key encipherment', 'server auth']}, 'it does not ask for digital signature'],
    ['no group in its subject', {organizations: []}, 'its organization is nothing, and must be system:nodes alone'],
    [
      'two groups in its subject',
      {organizations: ['system:nodes', 'system:masters']},
      'its organization is "system:nodes", "system:masters", and must be system:nodes alone',
    ],
    ['an authority', {isAuthority: true}, 'it asks to become an authority'],
  ])('is wrong for %s', (_, change, message) => {
    expect(judgeServingRequest({...right, ...change}, nodes).problems.map((one) => one.message)).toEqual([message]);
  });

  test('is wrong for somebody who is no node', () => {
    const wish = {...right, commonName: 'worker-1', username: 'worker-1'};
    const {node, problems} = judgeServingRequest(wish, nodes);
    expect(node).toBeUndefined();
    expect(problems.map(({code}) => code)).toEqual(['not-a-node']);
  });

  test('is wrong without a Node, which alone says whose a name is', () => {
    const {problems} = judgeServingRequest(right, nodes.slice(1));
    expect(problems.map(({message}) => message)).toEqual([
      'there is no Node "worker-1": nothing says which names are its own',
    ]);
  });

  test('is wrong when its Node claims what another has, or what no machine is called', () => {
    const claiming: KnownNode = {
      name: 'worker-1',
      addresses: ['10.0.0.22', 'kubernetes.default.svc', 'kubernetes', 'localhost', '127.0.0.1', '*.demo.test'].map(
        (address) => ({type: 'InternalDNS', address}),
      ),
    };
    const names = claiming.addresses.map(({address}) => ({type: 'dns', value: address}) as const);
    const {problems} = judgeServingRequest({...right, names}, [claiming, ...nodes.slice(1)]);
    expect(problems.map(({code}) => code)).toEqual([
      'name-of-two-nodes',
      ...Array<string>(5).fill('name-of-the-cluster'),
    ]);
  });
});

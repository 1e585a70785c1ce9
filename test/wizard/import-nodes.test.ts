import {describe, expect, test} from 'vitest';
import {accept} from '../../src/wizard/accept.ts';
import type {FoundNodes} from '../../src/wizard/found-nodes.ts';
import {importNodes, type NewRoles} from '../../src/wizard/import-nodes.ts';
import {readHosts} from '../../src/wizard/read-hosts.ts';
import {readNodeList} from '../../src/wizard/read-node-list.ts';
import {stepById} from '../../src/wizard/steps.ts';
import {cutText, isList} from '../../src/wizard/text-form.ts';
import {haNodes, planWith, type PlanChanges} from '../helpers/plans.ts';

const hosts = `
127.0.0.1 localhost
127.0.1.1 laptop.home laptop
::1 ip6-localhost ip6-loopback
ff02::1 ip6-allnodes
fe80::1%lo0 localhost
0.0.0.0 ads.example
10.0.0.300 wrong
10.0.0.9
# the cluster
10.0.0.11 CP-1.demo.test cp-1   # the first
10.0.0.12\tcp-2
fd00::12 cp-2.
10.0.0.31 etcd-1.demo.test
`;

describe('a hosts file', () => {
  test('holds the machines that have a name and an address of their own', () => {
    expect(readHosts(hosts).nodes).toEqual([
      {name: 'cp-1', addresses: ['10.0.0.11'], roles: undefined, sans: ['cp-1.demo.test'], at: 'line 11'},
      {name: 'cp-2', addresses: ['10.0.0.12', 'fd00::12'], roles: undefined, sans: [], at: 'line 12, line 13'},
      {name: 'etcd-1.demo.test', addresses: ['10.0.0.31'], roles: undefined, sans: [], at: 'line 14'},
    ]);
  });

  test('says what it passes over, and why', () => {
    expect(readHosts(hosts).skipped.map(({at, why}) => [at, why])).toEqual([
      ['line 2', 'it is this machine to itself'],
      ['line 3', 'it is this machine to itself'],
      ['line 4', 'it is this machine to itself'],
      ['line 5', 'it is a group of machines'],
      ['line 6', 'it is good on one link only'],
      ['line 7', 'it is no machine: the name is blocked'],
      ['line 8', '"10.0.0.300" is no address'],
      ['line 9', 'there is no name beside the address'],
    ]);
  });

  test('with nothing in it says so', () => {
    expect(readHosts('# nothing\n').problems.map(({code}) => code)).toEqual(['no-nodes']);
  });
});

const kubernetesNode = (
  name: string,
  labels: readonly string[],
  addresses: readonly (readonly [string, string])[],
) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {name, labels: Object.fromEntries(labels.map((label) => [`node-role.kubernetes.io/${label}`, '']))},
  status: {addresses: addresses.map(([type, address]) => ({type, address}))},
});

describe('what kubectl get nodes -o json prints', () => {
  test('gives names, addresses of both families, roles and further names', () => {
    const list = {
      kind: 'List',
      items: [
        kubernetesNode(
          'cp-1',
          ['control-plane', 'master'],
          [
            ['ExternalIP', '203.0.113.11'],
            ['InternalIP', '10.0.0.11'],
            ['InternalIP', 'FD00::0:11'],
            ['Hostname', 'cp-1'],
            ['InternalDNS', 'cp-1.internal.test'],
          ],
        ),
        kubernetesNode('old', ['master'], [['InternalIP', '10.0.0.12']]),
        kubernetesNode(
          'k3s',
          ['controlplane', 'etcd', 'worker'],
          [
            ['InternalIP', '10.0.0.13'],
            ['Hostname', '10.0.0.13'],
          ],
        ),
        kubernetesNode(
          'plain',
          ['gpu'],
          [
            ['InternalIP', '10.0.0.21'],
            ['Hostname', 'plain.rack'],
          ],
        ),
        {kind: 'Pod', metadata: {name: 'no'}},
      ],
    };
    const {nodes, skipped, problems} = readNodeList(`\uFEFF${JSON.stringify(list)}`);
    expect(problems).toEqual([]);
    expect(nodes).toEqual([
      {
        name: 'cp-1',
        addresses: ['10.0.0.11', 'fd00::11', '203.0.113.11'],
        roles: ['control-plane'],
        sans: ['cp-1.internal.test'],
        at: 'items[0]',
      },
      {name: 'old', addresses: ['10.0.0.12'], roles: ['control-plane'], sans: [], at: 'items[1]'},
      {name: 'k3s', addresses: ['10.0.0.13'], roles: ['control-plane', 'etcd', 'worker'], sans: [], at: 'items[2]'},
      {name: 'plain', addresses: ['10.0.0.21'], roles: undefined, sans: ['plain.rack'], at: 'items[3]'},
    ]);
    expect(skipped).toEqual([{at: 'items[4]', what: 'Pod', why: 'it is no Node'}]);
  });

  test('of one node is read too', () => {
    expect(readNodeList(JSON.stringify(kubernetesNode('one', [], []))).nodes).toHaveLength(1);
  });

  test.each([
    ['{"items": [\n  1,\n  ]', 'not-json'],
    ['apiVersion: v1\nitems: []', 'not-json'],
    ['NAME   STATUS   ROLES\ncp-1   Ready    control-plane', 'not-json'],
    ['{"kind": "Pod"}', 'not-nodes'],
    ['{"items": []}', 'no-nodes'],
  ])('that is something else is refused: %j', (text, code) => {
    const [problem] = readNodeList(text).problems;
    expect(problem?.code).toBe(code);
    expect(problem?.fix).toMatch(/kubectl get nodes -o json|ask a cluster/);
  });
});

const step = stepById('nodes');
if (step?.kind.kind !== 'records') throw new TypeError('nodes are no table');
const {columns} = step.kind;
const nodesStep = step;

function imported(
  found: FoundNodes,
  {
    roles = 'by-name',
    leftOut = [],
    changes = {nodes: haNodes},
  }: {roles?: NewRoles; leftOut?: readonly string[]; changes?: PlanChanges} = {},
) {
  const plan = planWith(changes);
  const value = cutText(nodesStep.kind, nodesStep.show(plan));
  return importNodes(
    found,
    isList(value) ? value : [],
    {roles, leftOut: new Set(leftOut)},
    {step: nodesStep, columns, plan, accept},
  );
}

describe('an import', () => {
  test('adds, changes and leaves as it is; what a row has it keeps', () => {
    const made = imported(
      readHosts('10.0.0.11 cp-1\nfd00::12 cp-2 cp-2.demo.test\n10.0.0.41 etcd-1\n10.0.0.51 master-9\n10.0.0.61 box\n'),
    );
    expect(made.entries.map(({kind, name, after}) => [kind, name, after])).toEqual([
      ['same', 'cp-1', 'cp-1 10.0.0.11 control-plane'],
      ['changed', 'cp-2', 'cp-2 10.0.0.12,fd00::12 control-plane cp-2.demo.test'],
      ['added', 'etcd-1', 'etcd-1 10.0.0.41 etcd'],
      ['added', 'master-9', 'master-9 10.0.0.51 control-plane'],
      ['added', 'box', 'box 10.0.0.61 worker'],
    ]);
    expect(made.entries[1]?.before).toBe('cp-2 10.0.0.12 control-plane');
  });

  test.each([
    ['10.0.0.12', '10.9.9.9', '10.9.9.9'],
    ['10.0.0.12', 'fd00::12', '10.0.0.12,fd00::12'],
    ['10.0.0.12,192.0.2.12', '10.0.0.12', '10.0.0.12,192.0.2.12'],
    ['10.0.0.12,192.0.2.12', '198.51.100.1', '198.51.100.1'],
    ['fd00::12,10.0.0.12', '10.9.9.9 10.8.8.8', 'fd00::12,10.9.9.9,10.8.8.8'],
    ['fd00:0::12,10.0.0.12', 'fd00::12 10.9.9.9', 'fd00:0::12,10.9.9.9'],
  ])('a row at %s that the source has at %s is then at %s', (own, found, expected) => {
    const nodes = [{name: 'cp-1', addresses: own.split(','), roles: ['control-plane'] as const, sans: []}];
    const text = found
      .split(' ')
      .map((address) => `${address} cp-1`)
      .join('\n');
    expect(imported(readHosts(text), {changes: {nodes}}).entries[0]?.after).toBe(`cp-1 ${expected} control-plane`);
  });

  test('gives new nodes the role that was chosen, unless the source says one', () => {
    const found = readNodeList(
      JSON.stringify({
        items: [
          kubernetesNode('a', [], [['InternalIP', '10.0.0.41']]),
          kubernetesNode('b', ['worker'], [['InternalIP', '10.0.0.42']]),
        ],
      }),
    );
    expect(imported(found, {roles: 'control-plane'}).entries.map(({after}) => after)).toEqual([
      'a 10.0.0.41 control-plane',
      'b 10.0.0.42 worker',
    ]);
  });

  test('is refused as a whole where one row is wrong, and names it; without that row it is good', () => {
    const found = readHosts('10.0.0.41 node-4\n10.0.0.11 other\n10.0.0.43 under_score\n');
    const made = imported(found);
    expect(made.isGood).toBe(false);
    expect(made.entries.map(({problems}) => problems.map(({code}) => code))).toEqual([
      [],
      ['duplicate-address'],
      ['name-has-underscore'],
    ]);
    const without = imported(found, {leftOut: ['other', 'under_score']});
    expect(without.isGood).toBe(true);
    expect(without.text.split('\n')).toHaveLength(haNodes.length + 1);
    expect(without.entries.map(({kind}) => kind)).toEqual(['added', 'left-out', 'left-out']);
  });

  test('that changes nothing is nothing to take', () => {
    expect(imported(readHosts('10.0.0.11 cp-1\n')).isGood).toBe(false);
  });

  test('takes the roles of the cluster, and keeps an etcd role of the plan', () => {
    const nodes = [{...haNodes[0], name: 'a', addresses: ['10.0.0.1'], roles: ['etcd', 'worker'] as const, sans: []}];
    const found = readNodeList(
      JSON.stringify({items: [kubernetesNode('A'.toLowerCase(), ['control-plane'], [['InternalIP', '10.0.0.1']])]}),
    );
    expect(imported(found, {changes: {nodes, etcd: 'external'}}).entries[0]?.after).toBe(
      'a 10.0.0.1 control-plane,etcd',
    );
  });

  test('that leaves the table wrong as a whole says what is still to be mended', () => {
    const made = imported(readHosts('10.0.0.61 box\n'), {changes: {nodes: []}});
    expect(made.problems.map(({code}) => code)).toEqual(['no-control-plane']);
    expect(made.isGood).toBe(true);
  });
});

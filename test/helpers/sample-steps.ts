import {problem, warning} from '../../src/base/problem.ts';
import type {ClusterPlan} from '../../src/pki/plan.ts';
import {keyAlgorithms, nodeRoles, tokenUsages, topologyIds} from '../../src/pki/plan.ts';
import type {Parsed, Step} from '../../src/wizard/step.ts';

/** A few questions of each kind, small enough to know by heart: what the wizard does must not depend on the real ones. */

type Sample = Pick<Step, 'id' | 'page' | 'ask' | 'help' | 'kind' | 'show'> &
  Partial<Step> & {readonly put: (text: string, plan: ClusterPlan) => ClusterPlan | string};

function sample({put, ...given}: Sample): Step {
  const parse = (raw: string, plan: ClusterPlan): Parsed => {
    const result = put(raw.trim(), plan);
    return typeof result === 'string'
      ? {ok: false, plan, problems: [problem('sample', given.id, result, 'Write it as the example has it.')]}
      : {ok: true, plan: result};
  };
  return {
    advanced: false,
    when: () => true,
    parse,
    read: (value, plan) => parse(typeof value === 'string' ? value : JSON.stringify(value), plan),
    write: (plan) => given.show(plan),
    check: () => [],
    schema: {type: 'string'},
    ...given,
  };
}

function oneOf<Value extends string>(values: readonly Value[], text: string): Value | undefined {
  return values.find((value) => value === text);
}

const topology = sample({
  id: 'trust.topology',
  page: 'topology',
  ask: 'Trust topology',
  help: 'Which authority signs what.',
  kind: {
    kind: 'choice',
    options: [
      {value: 'single-ca', label: 'One CA', help: 'One authority signs everything.'},
      {value: 'three-cas', label: 'Three CAs', help: 'As kubeadm does it.'},
      {value: 'intermediates', label: 'Offline root', help: 'One root signs three intermediates.'},
    ],
  },
  show: (plan) => plan.trust.topology,
  put: (text, plan) => {
    const value = oneOf(topologyIds, text);
    return value === undefined ? `${text} is no topology.` : {...plan, trust: {...plan.trust, topology: value}};
  },
  check: (plan) =>
    plan.trust.topology === 'single-ca'
      ? [warning('one-ca', 'trust.topology', "With one CA any kubelet's certificate opens etcd.")]
      : [],
});

const nodes = sample({
  id: 'nodes',
  page: 'nodes',
  ask: 'Nodes',
  help: 'Every machine of the cluster.',
  kind: {
    kind: 'records',
    columns: [
      {id: 'name', ask: 'Name', help: 'Lower case.', isList: false},
      {id: 'addresses', ask: 'Addresses', help: 'IPv4 or IPv6.', isList: true},
      {
        id: 'roles',
        ask: 'Roles',
        help: 'What runs there.',
        isList: true,
        options: [
          {value: 'control-plane', label: 'control-plane', help: 'API server and the rest.'},
          {value: 'etcd', label: 'etcd', help: 'The database.'},
          {value: 'worker', label: 'worker', help: 'Pods.'},
        ],
      },
    ],
    example: 'cp-1 10.0.0.11 control-plane',
  },
  show: (plan) =>
    plan.nodes.map((node) => `${node.name} ${node.addresses.join(',')} ${node.roles.join(',')}`).join('\n'),
  write: (plan) => plan.nodes.map(({name, addresses, roles}) => ({name, addresses, roles})),
  put: (text, plan) => {
    const lines = text.split('\n').filter((line) => line !== '');
    const bad = lines.find((line) => !/^[a-z0-9-]+ [0-9a-f.:,]+ [a-z,-]+$/.test(line));
    if (bad !== undefined) return `"${bad}" is no node.`;
    const made = lines.map((line) => {
      const [name = '', addresses = '', roles = ''] = line.split(' ');
      const known = roles.split(',').flatMap((role) => oneOf(nodeRoles, role) ?? []);
      return {name, addresses: addresses.split(','), roles: known, sans: []};
    });
    return {...plan, nodes: made};
  },
  check: (plan) => (plan.nodes.length === 0 ? [problem('no-node', 'nodes', 'There is no node.', 'Add one.')] : []),
});

const etcd = sample({
  id: 'etcd',
  page: 'nodes',
  ask: 'Etcd',
  help: 'Where etcd runs.',
  kind: {
    kind: 'choice',
    options: [
      {value: 'stacked', label: 'On the control planes', help: 'Fewer machines.'},
      {value: 'external', label: 'On nodes of its own', help: 'More machines.'},
    ],
  },
  show: (plan) => plan.etcd,
  put: (text, plan) => {
    const value = oneOf(['stacked', 'external'], text);
    return value === undefined ? `${text} is neither.` : {...plan, etcd: value};
  },
});

const endpoint = sample({
  id: 'cluster.controlPlaneEndpoint',
  page: 'network',
  ask: 'Control-plane endpoint',
  help: 'What clients dial.',
  kind: {kind: 'text'},
  show: (plan) => plan.cluster.controlPlaneEndpoint ?? '',
  put: (text, plan) =>
    text.includes('://')
      ? 'A URL is no endpoint.'
      : {...plan, cluster: {...plan.cluster, controlPlaneEndpoint: text === '' ? undefined : text}},
});

const subnets = sample({
  id: 'network.serviceSubnets',
  page: 'network',
  ask: 'Service subnets',
  help: 'Addresses for Services.',
  kind: {kind: 'list'},
  show: (plan) => plan.network.serviceSubnets.join(', '),
  put: (text, plan) => {
    const parts = text.split(/[\s,]+/).filter((part) => part !== '');
    const bad = parts.find((part) => !/^[0-9a-f.:]+\/\d+$/.test(part));
    if (bad !== undefined || parts.length === 0) return `${bad ?? 'nothing'} is no subnet.`;
    return {...plan, network: {...plan.network, serviceSubnets: parts}};
  },
});

const dnsDomain = sample({
  id: 'network.dnsDomain',
  page: 'network',
  ask: 'DNS domain',
  help: 'The domain of Services.',
  kind: {kind: 'text'},
  advanced: true,
  show: (plan) => plan.network.dnsDomain,
  put: (text, plan) =>
    /^[a-z.]+$/.test(text) ? {...plan, network: {...plan.network, dnsDomain: text}} : 'That is no domain.',
});

const algorithm = sample({
  id: 'keys.algorithm',
  page: 'keys',
  ask: 'Key algorithm',
  help: 'For every key.',
  kind: {kind: 'choice', options: keyAlgorithms.map((value) => ({value, label: value, help: `${value} keys.`}))},
  show: (plan) => plan.keys.algorithm,
  put: (text, plan) => {
    const value = oneOf(keyAlgorithms, text);
    return value === undefined ? `${text} is no algorithm.` : {...plan, keys: {algorithm: value}};
  },
});

/** Asked only where there is more than one authority, so that a change of the topology voids it. */
const users = sample({
  id: 'users',
  page: 'people',
  ask: 'People',
  help: 'Who gets a kubeconfig.',
  kind: {
    kind: 'records',
    columns: [
      {id: 'name', ask: 'Name', help: 'The user.', isList: false},
      {id: 'groups', ask: 'Groups', help: 'Their groups.', isList: true},
    ],
    example: 'viewer read-only',
  },
  when: (plan) => plan.trust.topology !== 'single-ca',
  show: (plan) => plan.users.map((user) => `${user.name} ${user.groups.join(',')}`.trim()).join('\n'),
  write: (plan) => plan.users.map(({name, groups}) => ({name, groups})),
  put: (text, plan) => ({
    ...plan,
    users: text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [name = '', groups = ''] = line.split(' ');
        return {name, groups: groups.split(',').filter((group) => group !== '')};
      }),
  }),
});

/** Choices of several. */
const usages = sample({
  id: 'bootstrap.token.usages',
  page: 'people',
  ask: 'Token usages',
  help: 'What the bootstrap token is good for.',
  kind: {
    kind: 'choices',
    options: [
      {value: 'signing', label: 'signing', help: 'Signs cluster-info.'},
      {value: 'authentication', label: 'authentication', help: 'Lets kubelets in.'},
    ],
  },
  show: (plan) => plan.bootstrap.token.usages.join(','),
  put: (text, plan) => {
    const chosen = text.split(',').flatMap((part) => oneOf(tokenUsages, part) ?? []);
    if (chosen.length === 0) return 'A token without a usage is of no use.';
    return {...plan, bootstrap: {token: {...plan.bootstrap.token, usages: chosen}}};
  },
});

export const sampleSteps: readonly Step[] = [
  topology,
  etcd,
  nodes,
  endpoint,
  subnets,
  dnsDomain,
  algorithm,
  users,
  usages,
];

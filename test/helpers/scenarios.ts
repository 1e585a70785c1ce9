import type {ClusterPlan} from '../../src/pki/plan.ts';
import {emptyPlan} from '../../src/pki/plan.ts';
import {node} from './plans.ts';
import {presetNames, presetPlan} from './presets.ts';

/**
 * The same choices as a person types them and as a plan file holds them. Every front-end that is given the answers,
 * and the reader that is given the file, must come to the same plan.
 */
export interface Scenario {
  readonly name: string;
  /** What stands there before the first answer. */
  readonly start: ClusterPlan;
  /** The preset that `start` is, and that the file and the settings lie over; undefined = no preset. */
  readonly preset: string | undefined;
  /** Step id → the answer as text, in walking order; every other question gets what stands there. */
  readonly answers: Readonly<Record<string, string>>;
  /** Step id → what is typed first, and refused. */
  readonly mistakes: Readonly<Record<string, string>>;
  readonly yaml: string;
  readonly plan: ClusterPlan;
}

const start = emptyPlan;

const thirty = Array.from({length: 30}, (_, index) => {
  const [name, address] = [`worker-${index + 1}`, `10.0.1.${index + 1}`];
  return {
    line: `${name} ${address} worker`,
    yaml: `  - {name: ${name}, addresses: [${address}], roles: [worker]}`,
    planned: node(name, address, 'worker'),
  };
});

export const scenarios: readonly Scenario[] = [
  scenario({
    name: 'one node and nothing else',
    answers: {nodes: 'cp-1 10.0.0.11 control-plane'},
    yaml: `
nodes:
  - {name: cp-1, addresses: [10.0.0.11], roles: [control-plane]}`,
    changes: {nodes: [node('cp-1', '10.0.0.11', 'control-plane')]},
  }),
  scenario({
    name: 'external etcd behind an endpoint, with ECDSA keys and people',
    answers: {
      'cluster.name': 'production',
      'cluster.kubernetesVersion': 'v1.36.1',
      etcd: 'external',
      nodes: [
        'etcd-1 10.0.0.31 etcd',
        'etcd-2 10.0.0.32 etcd',
        'etcd-3 10.0.0.33 etcd',
        'cp-1 10.0.0.11 control-plane',
        'cp-2 10.0.0.12 control-plane - ; worker-1 10.0.0.21 worker node.demo.test',
      ].join('\n'),
      'network.serviceSubnets': '10.96.0.0/16',
      'cluster.controlPlaneEndpoint': 'api.demo.test:8443',
      'sans.apiserver': 'lb.demo.test, 203.0.113.5',
      'keys.algorithm': 'ECDSA-P384',
      'validity.authorities': '20y',
      'validity.leaves': '90d',
      users: 'viewer read-only\nops "team a",admins',
    },
    yaml: `
cluster: {name: production, kubernetesVersion: 1.36.1, controlPlaneEndpoint: api.demo.test:8443}
etcd: external
nodes:
  - {name: etcd-1, addresses: [10.0.0.31], roles: [etcd]}
  - {name: etcd-2, addresses: [10.0.0.32], roles: [etcd]}
  - {name: etcd-3, addresses: [10.0.0.33], roles: [etcd]}
  - {name: cp-1, addresses: [10.0.0.11], roles: [control-plane]}
  - {name: cp-2, addresses: [10.0.0.12], roles: [control-plane]}
  - {name: worker-1, addresses: [10.0.0.21], roles: [worker], sans: [node.demo.test]}
network: {serviceSubnets: [10.96.0.0/16]}
sans: {apiserver: [lb.demo.test, 203.0.113.5]}
keys: {algorithm: ECDSA-P384}
validity: {authorities: 175200h, leaves: 2160h}
users:
  - {name: viewer, groups: [read-only]}
  - {name: ops, groups: [team a, admins]}`,
    changes: {
      cluster: {name: 'production', kubernetesVersion: '1.36.1', controlPlaneEndpoint: 'api.demo.test:8443'},
      etcd: 'external',
      nodes: [
        node('etcd-1', '10.0.0.31', 'etcd'),
        node('etcd-2', '10.0.0.32', 'etcd'),
        node('etcd-3', '10.0.0.33', 'etcd'),
        node('cp-1', '10.0.0.11', 'control-plane'),
        node('cp-2', '10.0.0.12', 'control-plane'),
        {...node('worker-1', '10.0.0.21', 'worker'), sans: ['node.demo.test']},
      ],
      network: {...start.network, serviceSubnets: ['10.96.0.0/16']},
      sans: {apiserver: ['lb.demo.test', '203.0.113.5']},
      keys: {algorithm: 'ECDSA-P384'},
      validity: {authorities: 175_200, leaves: 2160},
      users: [
        {name: 'viewer', groups: ['read-only']},
        {name: 'ops', groups: ['team a', 'admins']},
      ],
    },
  }),
  scenario({
    name: 'the hard way with one CA and both families',
    answers: {
      layout: 'the-hard-way',
      'trust.topology': 'single-ca',
      nodes: 'cp-1 10.0.0.11,FD00::0:11 control-plane,worker',
      'network.serviceSubnets': '10.96.0.0/12, fd00:10:96::/112',
      'network.podSubnets': '10.244.0.0/16 fd00:10:244::/56',
    },
    yaml: `
layout: the-hard-way
trust: {topology: single-ca}
network:
  serviceSubnets: [10.96.0.0/12, "fd00:10:96::/112"]
  podSubnets: 10.244.0.0/16,fd00:10:244::/56
nodes:
  - name: cp-1
    addresses: [10.0.0.11, "fd00::11"]
    roles: [control-plane, worker]`,
    changes: {
      layout: 'the-hard-way',
      trust: {...start.trust, topology: 'single-ca'},
      network: {
        ...start.network,
        serviceSubnets: ['10.96.0.0/12', 'fd00:10:96::/112'],
        podSubnets: ['10.244.0.0/16', 'fd00:10:244::/56'],
      },
      nodes: [node('cp-1', ['10.0.0.11', 'fd00::11'], 'control-plane', 'worker')],
    },
  }),
  scenario({
    name: 'what is rarely asked: another signer, the token, the kubelets and the DNS domain',
    answers: {
      nodes: 'cp-1 10.0.0.11 control-plane\nworker-1 10.0.0.21 worker',
      'bootstrap.token.ttl': '2h30m',
      'trust.assign': 'kubelet-serving kubelet-serving-ca',
      'kubelets.client': 'bootstrap',
      'kubelets.serving': 'signed',
      'network.dnsDomain': 'k8s.demo.test',
      'bootstrap.token.description': 'for the second rack',
      'bootstrap.token.usages': 'authentication',
      'bootstrap.token.groups': 'system:bootstrappers:rack-2',
    },
    yaml: `
trust: {assign: {kubelet-serving: kubelet-serving-ca}}
nodes:
  - {name: cp-1, addresses: [10.0.0.11], roles: [control-plane]}
  - {name: worker-1, addresses: [10.0.0.21], roles: [worker]}
kubelets: {client: bootstrap, serving: signed}
network: {dnsDomain: k8s.demo.test}
bootstrap:
  token:
    ttl: 2h30m
    description: for the second rack
    usages: [authentication]
    groups: [system:bootstrappers:rack-2]`,
    changes: {
      trust: {...start.trust, assign: {'kubelet-serving': 'kubelet-serving-ca'}},
      nodes: [node('cp-1', '10.0.0.11', 'control-plane'), node('worker-1', '10.0.0.21', 'worker')],
      kubelets: {client: 'bootstrap', serving: 'signed'},
      network: {...start.network, dnsDomain: 'k8s.demo.test'},
      bootstrap: {
        token: {
          ttl: 2.5,
          description: 'for the second rack',
          usages: ['authentication'],
          groups: ['system:bootstrappers:rack-2'],
        },
      },
    },
  }),
  scenario({
    name: 'brought authorities under an offline root',
    answers: {
      'trust.topology': 'intermediates',
      nodes: 'cp-1 10.0.0.11 control-plane',
      'trust.authorities':
        'root-ca /ca/root.crt\nkubernetes-ca /ca/kubernetes.crt /ca/kubernetes.key env:CA_PASSPHRASE',
    },
    yaml: `
trust:
  topology: intermediates
  authorities:
    root-ca: {certificate: /ca/root.crt}
    kubernetes-ca: {certificate: /ca/kubernetes.crt, key: /ca/kubernetes.key, passphrase: {env: CA_PASSPHRASE}}
nodes: [{name: cp-1, addresses: [10.0.0.11], roles: [control-plane]}]`,
    changes: {
      trust: {
        ...start.trust,
        topology: 'intermediates',
        authorities: {
          'root-ca': {certificate: '/ca/root.crt'},
          'kubernetes-ca': {
            certificate: '/ca/kubernetes.crt',
            key: '/ca/kubernetes.key',
            passphrase: {env: 'CA_PASSPHRASE'},
          },
        },
      },
      nodes: [node('cp-1', '10.0.0.11', 'control-plane')],
    },
  }),
  scenario({
    name: 'an authority of one’s own, whose key stays elsewhere',
    answers: {
      nodes: 'cp-1 10.0.0.11 control-plane',
      'trust.authorities': 'etcd-ca /ca/etcd.crt -',
    },
    yaml: `
trust: {authorities: {etcd-ca: {certificate: /ca/etcd.crt}}}
nodes: [{name: cp-1, addresses: [10.0.0.11], roles: [control-plane]}]`,
    changes: {
      trust: {...start.trust, authorities: {'etcd-ca': {certificate: '/ca/etcd.crt'}}},
      nodes: [node('cp-1', '10.0.0.11', 'control-plane')],
    },
  }),
  scenario({
    name: 'thirty nodes pasted at once',
    answers: {nodes: ['cp-1 10.0.0.11 control-plane', ...thirty.map(({line}) => line)].join('\n')},
    yaml: `
nodes:
  - {name: cp-1, addresses: [10.0.0.11], roles: [control-plane]}
${thirty.map(({yaml}) => yaml).join('\n')}`,
    changes: {nodes: [node('cp-1', '10.0.0.11', 'control-plane'), ...thirty.map(({planned}) => planned)]},
  }),
  scenario({
    name: 'an error on every page, mended',
    answers: {
      'cluster.name': 'mended',
      nodes: 'cp-1 10.0.0.11 control-plane\nworker-1 10.0.0.21 worker',
      'network.serviceSubnets': '10.96.0.0/16',
      'validity.leaves': '90d',
      'bootstrap.token.ttl': '2h',
    },
    mistakes: {
      'cluster.name': 'Not A Name!',
      nodes: 'cp-1 10.0.0.11 captain',
      'network.serviceSubnets': '10.96.0.0/33',
      'validity.leaves': 'soon',
      'bootstrap.token.ttl': 'for ever',
    },
    yaml: `
cluster: {name: mended}
nodes:
  - {name: cp-1, addresses: [10.0.0.11], roles: [control-plane]}
  - {name: worker-1, addresses: [10.0.0.21], roles: [worker]}
network: {serviceSubnets: [10.96.0.0/16]}
validity: {leaves: 90d}
bootstrap: {token: {ttl: 2h}}`,
    changes: {
      cluster: {...start.cluster, name: 'mended'},
      nodes: [node('cp-1', '10.0.0.11', 'control-plane'), node('worker-1', '10.0.0.21', 'worker')],
      network: {...start.network, serviceSubnets: ['10.96.0.0/16']},
      validity: {...start.validity, leaves: 2160},
      bootstrap: {token: {...start.bootstrap.token, ttl: 2}},
    },
  }),
  scenario({
    name: 'an answer that another one puts out of force: no kubelet asks with a token, so nothing is asked about tokens',
    from: {...start, bootstrap: {token: {...start.bootstrap.token, ttl: 2, description: 'for the racks'}}},
    answers: {
      nodes: 'cp-1 10.0.0.11 control-plane\nworker-1 10.0.0.21 worker',
      'kubelets.client': 'issued',
    },
    yaml: `
kubelets: {client: issued}
nodes:
  - {name: cp-1, addresses: [10.0.0.11], roles: [control-plane]}
  - {name: worker-1, addresses: [10.0.0.21], roles: [worker]}`,
    changes: {
      nodes: [node('cp-1', '10.0.0.11', 'control-plane'), node('worker-1', '10.0.0.21', 'worker')],
      kubelets: {...start.kubelets, client: 'issued'},
    },
  }),
  ...presetScenarios(),
];

/** Every preset with a change or two, as people use them. */
function presetScenarios(): readonly Scenario[] {
  const changes: Readonly<Record<string, Pick<Scenario, 'answers' | 'yaml'> & {readonly changes: Change}>> = {
    'kubeadm-single': {
      answers: {'cluster.name': 'mine', 'keys.algorithm': 'ECDSA-P256'},
      yaml: 'cluster: {name: mine}\nkeys: {algorithm: ECDSA-P256}',
      changes: (plan) => ({...plan, cluster: {...plan.cluster, name: 'mine'}, keys: {algorithm: 'ECDSA-P256'}}),
    },
    'kubeadm-ha': {
      answers: {'sans.apiserver': 'lb.demo.test, 203.0.113.5', users: 'viewer read-only'},
      yaml: 'sans: {apiserver: [lb.demo.test, 203.0.113.5]}\nusers: [{name: viewer, groups: [read-only]}]',
      changes: (plan) => ({
        ...plan,
        sans: {apiserver: ['lb.demo.test', '203.0.113.5']},
        users: [{name: 'viewer', groups: ['read-only']}],
      }),
    },
    'external-etcd': {
      answers: {'validity.authorities': '20y'},
      yaml: 'validity: {authorities: 20y}',
      changes: (plan) => ({...plan, validity: {...plan.validity, authorities: 175_200}}),
    },
    'one-ca': {
      answers: {'cluster.kubernetesVersion': '1.31'},
      yaml: 'cluster: {kubernetesVersion: "1.31"}',
      changes: (plan) => ({...plan, cluster: {...plan.cluster, kubernetesVersion: '1.31'}}),
    },
    'offline-root': {
      answers: {'keys.algorithm': 'ECDSA-P384'},
      yaml: 'keys: {algorithm: ECDSA-P384}',
      changes: (plan) => ({...plan, keys: {algorithm: 'ECDSA-P384'}}),
    },
    // The preset's workers run kube-proxy, which there has a kubeconfig and a certificate of its own.
    'the-hard-way': {
      answers: {'network.dnsDomain': 'hard.demo.test'},
      yaml: 'network: {dnsDomain: hard.demo.test}',
      changes: (plan) => ({...plan, network: {...plan.network, dnsDomain: 'hard.demo.test'}}),
    },
    minikube: {
      answers: {'cluster.name': 'laptop'},
      yaml: 'cluster: {name: laptop}',
      changes: (plan) => ({...plan, cluster: {...plan.cluster, name: 'laptop'}}),
    },
  };
  return presetNames.map((name): Scenario => {
    const change = changes[name];
    if (change === undefined) throw new Error(`no scenario begins with the preset ${name}`);
    const from = presetPlan(name);
    const {answers, yaml} = change;
    return {
      name: `the preset ${name}, changed a little`,
      start: from,
      preset: name,
      answers,
      mistakes: {},
      yaml: `planVersion: 1\n${yaml}\n`,
      plan: change.changes(from),
    };
  });
}

type Change = (plan: ClusterPlan) => ClusterPlan;

function scenario({
  changes,
  yaml,
  from = start,
  mistakes = {},
  ...given
}: Pick<Scenario, 'name' | 'answers' | 'yaml'> & {
  /** What stands there before the first answer, where it is not the plan with nothing chosen. */
  readonly from?: ClusterPlan;
  readonly mistakes?: Scenario['mistakes'];
  readonly changes: Partial<ClusterPlan>;
}): Scenario {
  return {
    ...given,
    start: from,
    preset: undefined,
    mistakes,
    yaml: `planVersion: 1${yaml}\n`,
    plan: {...start, ...changes},
  };
}

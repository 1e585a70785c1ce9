import type {ClusterPlan} from '../../src/pki/plan.ts';
import {emptyPlan} from '../../src/pki/plan.ts';
import {node} from './plans.ts';

/**
 * The same choices as a person types them and as a plan file holds them. Every front-end that is given the answers,
 * and the reader that is given the file, must come to the same plan.
 */
export interface Scenario {
  readonly name: string;
  /** Step id → the answer as text, in walking order; every other question gets what stands there. */
  readonly answers: Readonly<Record<string, string>>;
  readonly yaml: string;
  readonly plan: ClusterPlan;
}

const start = emptyPlan;

/** What every scenario starts from: nothing is chosen. */
export const scenarioStart: ClusterPlan = start;

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
];

function scenario({
  changes,
  yaml,
  ...given
}: Pick<Scenario, 'name' | 'answers' | 'yaml'> & {readonly changes: Partial<ClusterPlan>}): Scenario {
  return {...given, yaml: `planVersion: 1${yaml}\n`, plan: {...start, ...changes}};
}

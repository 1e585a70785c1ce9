import {layouts} from '../pki/layouts.ts';
import {layoutIds, topologyIds} from '../pki/plan.ts';
import {topologies} from '../pki/topology.ts';
import {newestMinor, oldestMinor} from '../pki/versions.ts';
import {checkClusterName, checkVersion} from './checks-cluster.ts';
import {checkAssignments, checkBroughtAuthorities} from './checks-trust.ts';
import {step} from './declare-step.ts';
import {byFirstColumn, brought, once, toRecords, writeBrought} from './read-authorities.ts';
import {choice, mapOf, text} from './read-value.ts';
import type {Step, StepOption} from './step.ts';
import {isMap} from './text-form.ts';

/** The first page: which cluster, which tool brings it up, and who signs whom. */

const layoutOptions: readonly StepOption[] = layoutIds.map((id) => ({
  value: id,
  label: {kubeadm: 'kubeadm', 'the-hard-way': 'The hard way', minikube: 'minikube'}[id],
  help: sentence(layouts[id].why),
}));

const topologyOptions: readonly StepOption[] = topologyIds.map((id) => ({
  value: id,
  label: topologies[id].label,
  help: sentence(topologies[id].why),
}));

const etcdPlaces = ['stacked', 'external'] as const;

export const topologySteps: readonly Step[] = [
  step({
    id: 'cluster.name',
    page: 'topology',
    ask: 'Cluster name',
    help: 'Names the cluster in every kubeconfig: contexts read user@name. It stands in no certificate.',
    kind: {kind: 'text'},
    get: (plan) => plan.cluster.name,
    set: (plan, name) => ({...plan, cluster: {...plan.cluster, name}}),
    reader: text({minLength: 1, maxLength: 63}),
    write: (name) => name,
    check: checkClusterName,
  }),
  step({
    id: 'cluster.kubernetesVersion',
    page: 'topology',
    ask: 'Kubernetes version',
    help: `Subjects, groups and flags differ from version to version; 1.${oldestMinor} to 1.${newestMinor} are known. A minor such as 1.${newestMinor} means its latest patch.`,
    kind: {kind: 'text'},
    get: (plan) => plan.cluster.kubernetesVersion,
    set: (plan, kubernetesVersion) => ({...plan, cluster: {...plan.cluster, kubernetesVersion}}),
    reader: text({pattern: '^v?1[.][0-9]+([.][0-9]+)?$'}, (typed) => typed.replace(/^v(?=\d)/, '')),
    write: (version) => version,
    check: checkVersion,
  }),
  step({
    id: 'layout',
    page: 'topology',
    ask: 'Layout',
    help: 'Which tool brings the cluster up, and so where each file lies on a node and which files a node gets.',
    kind: {kind: 'choice', options: layoutOptions},
    get: (plan) => plan.layout,
    set: (plan, layout) => ({...plan, layout}),
    reader: choice(layoutIds, 'kubeadm'),
    write: (layout) => layout,
  }),
  step({
    id: 'etcd',
    page: 'topology',
    ask: 'etcd',
    help: 'Where etcd runs. It holds everything the cluster knows, Secrets included.',
    kind: {
      kind: 'choice',
      options: [
        {
          value: 'stacked',
          label: 'On the control-plane nodes',
          help: 'One etcd member beside each API server: the fewest machines, but a lost node takes both with it.',
        },
        {
          value: 'external',
          label: 'On nodes of its own',
          help: 'Nodes with the role etcd: losing a control-plane node costs no etcd member; at least three machines more.',
        },
      ],
    },
    get: (plan) => plan.etcd,
    set: (plan, etcd) => ({...plan, etcd}),
    reader: choice(etcdPlaces, 'stacked'),
    write: (etcd) => etcd,
  }),
  step({
    id: 'trust.topology',
    page: 'topology',
    ask: 'Authorities',
    help: 'How many authorities (CAs) sign the certificates. Whoever an authority signs is let in wherever that authority is trusted.',
    kind: {kind: 'choice', options: topologyOptions},
    get: (plan) => plan.trust.topology,
    set: (plan, topology) => ({...plan, trust: {...plan.trust, topology}}),
    reader: choice(topologyIds, 'three-cas'),
    write: (topology) => topology,
  }),
  step({
    id: 'trust.authorities',
    page: 'topology',
    ask: 'Authorities you bring',
    help: 'Authorities that exist already, by id; every other one is made. Without its key Certwright writes requests for whoever holds the key, and takes the signed certificates back.',
    kind: {
      kind: 'records',
      columns: [
        {id: 'id', ask: 'Authority', help: 'kubernetes-ca, etcd-ca, front-proxy-ca or root-ca', isList: false},
        {id: 'certificate', ask: 'Certificate', help: 'path of its PEM certificate', isList: false},
        {id: 'key', ask: 'Key', help: 'path of its PEM key; - when it stays elsewhere', isList: false},
        {id: 'passphrase', ask: 'Passphrase', help: 'file:PATH or env:NAME, for an encrypted key', isList: false},
      ],
      example: 'kubernetes-ca ca.crt ca.key env:CA_PASSPHRASE',
    },
    advanced: true,
    get: (plan) => plan.trust.authorities,
    set: (plan, authorities) => ({...plan, trust: {...plan.trust, authorities}}),
    reader: once(mapOf(brought)),
    write: (authorities) =>
      Object.fromEntries(Object.entries(authorities).map(([id, each]) => [id, writeBrought(each)])),
    check: checkBroughtAuthorities,
    asRecords: {
      fromRecords: (records) => byFirstColumn('id', records, (record) => record),
      toRecords: (value) => toRecords('id', value, (inner) => (isMap(inner) ? inner : {})),
    },
  }),
  step({
    id: 'trust.assign',
    page: 'topology',
    ask: 'Other signers',
    help: 'Certificates that another authority signs than the choice above says. An id that is not known yet becomes a new authority; every file that must trust it follows.',
    kind: {
      kind: 'records',
      columns: [
        {id: 'certificate', ask: 'Certificate', help: 'such as kubelet-serving', isList: false},
        {id: 'authority', ask: 'Signed by', help: 'such as kubelet-serving-ca', isList: false},
      ],
      example: 'kubelet-serving kubelet-serving-ca',
    },
    advanced: true,
    get: (plan) => plan.trust.assign,
    set: (plan, assign) => ({...plan, trust: {...plan.trust, assign}}),
    reader: once(mapOf(text())),
    write: (assign) => assign,
    check: checkAssignments,
    asRecords: {
      fromRecords: (records) => byFirstColumn('certificate', records, (record) => record['authority'] ?? null),
      toRecords: (value) => toRecords('certificate', value, (authority) => ({authority})),
    },
  }),
];

function sentence(words: string): string {
  const isProperName = /^(?:kubeadm|minikube|etcd)\b/.test(words);
  return `${isProperName ? words.slice(0, 1) : words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;
}

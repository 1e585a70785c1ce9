import type {Subject} from './blueprint-types.ts';
import {certificate, type CertificateRow, type NodeSituation, type Situation} from './certificate.ts';
import {layouts} from './layouts.ts';
import type {PlanUser} from './plan.ts';
import {kubeletClientOf, kubeletServingOf} from './situation.ts';
import {holdsFor, valueFor, type Dated, type KubernetesVersion, type Span} from './versions.ts';

/**
 * The catalogue of leaf certificates: adding one is adding a row. Subjects and usages are kubeadm's
 * (cmd/kubeadm/app/phases/certs/certlist.go, phases/kubeconfig); what changed from version to version is dated.
 */

/** kubeadm gave these clients everything before they got names of their own. */
const kubeletClientGroup: Dated<readonly string[]> = [
  {until: '1.28', value: ['system:masters']},
  // Dropped by k/k #138958 in 1.36.1, and in these patches of the branches then alive.
  {from: '1.29', until: '1.33.11', value: ['kubeadm:cluster-admins']},
  {from: '1.34', until: '1.34.7', value: ['kubeadm:cluster-admins']},
  {from: '1.35', until: '1.35.4', value: ['kubeadm:cluster-admins']},
  {from: '1.36', until: '1.36.0', value: ['kubeadm:cluster-admins']},
];
const etcdClientGroup: Dated<readonly string[]> = [{until: '1.28', value: ['system:masters']}];
export const etcdClientGroups = (version: KubernetesVersion): readonly string[] =>
  valueFor(etcdClientGroup, version, []);
const adminGroup: Dated<readonly string[]> = [
  {until: '1.28', value: ['system:masters']},
  {from: '1.29', value: ['kubeadm:cluster-admins']},
];
/** From here on admin.conf needs a binding, and a second kubeconfig that needs none makes it. */
const superAdminSpan: Span = {from: '1.29'};

export const hasSuperAdmin = ({plan, version}: Situation): boolean =>
  layouts[plan.layout].tool === 'kubeadm' && holdsFor(superAdminSpan, version);

const kubeProxyIsAService = ({plan}: Situation): boolean => layouts[plan.layout].kubeProxy === 'service';

function subject(commonName: string, groups: Dated<readonly string[]> = []) {
  return ({version}: Situation): Subject => ({commonName, organizations: valueFor(groups, version, [])});
}

const nodeName = ({node}: NodeSituation): Subject => ({commonName: node.name, organizations: []});

export const certificateRows = [
  certificate({
    id: 'apiserver',
    why: 'the API server shows it to everyone who calls it',
    on: 'control-plane',
    authority: 'kubernetes-ca',
    subject: subject('kube-apiserver'),
    usages: ['server auth'],
    sans: 'apiserver',
    stored: {kind: 'pem'},
    usedBy: [{component: 'kube-apiserver', certificate: '--tls-cert-file', key: '--tls-private-key-file'}],
    verifiedBy: ['kubeconfig-apiserver', 'pods-apiserver'],
  }),
  certificate({
    id: 'apiserver-kubelet-client',
    why: 'the API server calls kubelets with it, for logs and exec',
    on: 'control-plane',
    authority: 'kubernetes-ca',
    subject: subject('kube-apiserver-kubelet-client', kubeletClientGroup),
    usages: ['client auth'],
    sans: 'none',
    stored: {kind: 'pem'},
    usedBy: [{component: 'kube-apiserver', certificate: '--kubelet-client-certificate', key: '--kubelet-client-key'}],
    verifiedBy: ['kubelet-clients'],
    allowedBy: 'ClusterRoleBinding kubeadm:apiserver-kubelet-client → ClusterRole system:kubelet-api-admin',
  }),
  certificate({
    id: 'apiserver-etcd-client',
    why: 'the API server calls etcd with it; whoever holds it reads and writes every object of the cluster',
    on: 'control-plane',
    authority: 'etcd-ca',
    subject: subject('kube-apiserver-etcd-client', etcdClientGroup),
    usages: ['client auth'],
    sans: 'none',
    stored: {kind: 'pem'},
    usedBy: [{component: 'kube-apiserver', certificate: '--etcd-certfile', key: '--etcd-keyfile'}],
    verifiedBy: ['etcd-clients'],
  }),
  certificate({
    id: 'front-proxy-client',
    why: 'the API server shows it to aggregated API servers, which then believe the user it names in headers',
    on: 'control-plane',
    authority: 'front-proxy-ca',
    subject: subject('front-proxy-client'),
    usages: ['client auth'],
    sans: 'none',
    stored: {kind: 'pem'},
    usedBy: [{component: 'kube-apiserver', certificate: '--proxy-client-cert-file', key: '--proxy-client-key-file'}],
    verifiedBy: ['apiserver-front-proxies', 'controller-manager-front-proxies'],
  }),
  certificate({
    id: 'etcd-server',
    why: "etcd shows it to its clients; etcd's own gateway also calls that port with it, so it is a client certificate too",
    on: 'etcd',
    authority: 'etcd-ca',
    subject: nodeName,
    usages: ['server auth', 'client auth'],
    sans: 'etcd',
    stored: {kind: 'pem'},
    usedBy: [{component: 'etcd', certificate: '--cert-file', key: '--key-file'}],
    verifiedBy: ['etcd-servers', 'etcdctl-servers', 'etcd-clients'],
  }),
  certificate({
    id: 'etcd-peer',
    why: 'etcd members show it to each other, at both ends of the same connection',
    on: 'etcd',
    authority: 'etcd-ca',
    subject: nodeName,
    usages: ['server auth', 'client auth'],
    sans: 'etcd',
    stored: {kind: 'pem'},
    usedBy: [{component: 'etcd', certificate: '--peer-cert-file', key: '--peer-key-file'}],
    verifiedBy: ['etcd-peers'],
  }),
  certificate({
    id: 'etcd-healthcheck-client',
    why: 'etcdctl and backups on this node call etcd with it',
    on: 'etcd',
    authority: 'etcd-ca',
    subject: subject('kube-etcd-healthcheck-client', etcdClientGroup),
    usages: ['client auth'],
    sans: 'none',
    stored: {kind: 'pem'},
    usedBy: [{component: 'etcdctl', certificate: '--cert', key: '--key'}],
    verifiedBy: ['etcd-clients'],
  }),
  certificate({
    id: 'admin',
    why: 'an administrator works with it, and so does kubeadm',
    on: 'control-plane',
    authority: 'kubernetes-ca',
    subject: (situation) => ({
      commonName: 'kubernetes-admin',
      // By hand nobody makes the binding that a group of its own would need, so the built-in group is used.
      organizations:
        layouts[situation.plan.layout].tool === 'by hand'
          ? ['system:masters']
          : valueFor(adminGroup, situation.version, []),
    }),
    usages: ['client auth'],
    sans: 'none',
    stored: {kind: 'kubeconfig', kubeconfig: 'admin'},
    usedBy: [],
    verifiedBy: ['apiserver-clients', 'controller-manager-clients', 'kubelet-clients'],
    allowedBy: 'from 1.29, ClusterRoleBinding kubeadm:cluster-admins → ClusterRole cluster-admin',
  }),
  certificate({
    id: 'super-admin',
    why: 'for breaking the glass: its group system:masters bypasses RBAC and cannot be revoked, so keep it offline',
    on: 'first-control-plane',
    when: hasSuperAdmin,
    authority: 'kubernetes-ca',
    subject: () => ({commonName: 'kubernetes-super-admin', organizations: ['system:masters']}),
    usages: ['client auth'],
    sans: 'none',
    stored: {kind: 'kubeconfig', kubeconfig: 'super-admin'},
    usedBy: [],
    verifiedBy: ['apiserver-clients', 'controller-manager-clients', 'kubelet-clients'],
  }),
  certificate({
    id: 'controller-manager',
    why: 'the controller manager calls the API with it, as system:kube-controller-manager',
    on: 'control-plane',
    authority: 'kubernetes-ca',
    subject: subject('system:kube-controller-manager'),
    usages: ['client auth'],
    sans: 'none',
    stored: {kind: 'kubeconfig', kubeconfig: 'controller-manager'},
    usedBy: [],
    verifiedBy: ['apiserver-clients'],
  }),
  certificate({
    id: 'scheduler',
    why: 'the scheduler calls the API with it, as system:kube-scheduler',
    on: 'control-plane',
    authority: 'kubernetes-ca',
    subject: subject('system:kube-scheduler'),
    usages: ['client auth'],
    sans: 'none',
    stored: {kind: 'kubeconfig', kubeconfig: 'scheduler'},
    usedBy: [],
    verifiedBy: ['apiserver-clients'],
  }),
  certificate({
    id: 'kubelet-client',
    why: "this node's kubelet calls the API with it; the node authorizer lets it touch only what its own pods need",
    on: 'kubelet',
    issuedNow: (situation) => kubeletClientOf(situation) === 'issued',
    later: 'the controller manager signs it when the kubelet asks with its bootstrap token',
    authority: 'kubernetes-ca',
    subject: ({node}) => ({commonName: `system:node:${node.name}`, organizations: ['system:nodes']}),
    usages: ['client auth'],
    sans: 'none',
    stored: {kind: 'kubeconfig', kubeconfig: 'kubelet'},
    usedBy: [],
    verifiedBy: ['apiserver-clients'],
  }),
  certificate({
    id: 'kubelet-serving',
    why: 'the kubelet shows it on port 10250 to the API server and to metrics collectors',
    on: 'kubelet',
    when: (situation) => kubeletServingOf(situation) !== 'self-signed',
    issuedNow: (situation) => kubeletServingOf(situation) === 'signed',
    later: 'the controller manager signs it once somebody has approved the request',
    authority: 'kubernetes-ca',
    subject: ({node}) => ({commonName: `system:node:${node.name}`, organizations: ['system:nodes']}),
    usages: ['server auth'],
    sans: 'kubelet',
    stored: {kind: 'pem'},
    usedBy: [{component: 'kubelet', certificate: 'tlsCertFile', key: 'tlsPrivateKeyFile'}],
    verifiedBy: ['apiserver-kubelets'],
  }),
  certificate({
    id: 'kube-proxy',
    why: 'kube-proxy calls the API with it; with kubeadm it is a DaemonSet with a service account instead, and has none',
    on: 'kube-proxy',
    when: kubeProxyIsAService,
    authority: 'kubernetes-ca',
    subject: () => ({commonName: 'system:kube-proxy', organizations: ['system:node-proxier']}),
    usages: ['client auth'],
    sans: 'none',
    stored: {kind: 'kubeconfig', kubeconfig: 'kube-proxy'},
    usedBy: [],
    verifiedBy: ['apiserver-clients'],
  }),
  certificate({
    id: 'user',
    why: 'a person calls the API with it; the groups are its organizations, and RBAC says what they may do',
    on: 'person',
    authority: 'kubernetes-ca',
    subject: ({user}: {readonly user: PlanUser | undefined}) => ({
      commonName: user?.name ?? '',
      organizations: user?.groups ?? [],
    }),
    usages: ['client auth'],
    sans: 'none',
    stored: {kind: 'kubeconfig', kubeconfig: 'user'},
    usedBy: [],
    verifiedBy: ['apiserver-clients', 'controller-manager-clients', 'kubelet-clients'],
  }),
] satisfies readonly CertificateRow[];

/** Ids that `trust.assign` may name. */
export const certificateIds: readonly string[] = certificateRows.map((row) => row.id);

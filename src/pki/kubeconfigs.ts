import {hasSuperAdmin} from './certificates.ts';
import {kubeconfig, type KubeconfigRow, type NodeSituation} from './certificate.ts';
import {layouts} from './layouts.ts';
import {kubeletClientOf, someKubeletBootstraps} from './situation.ts';
import {holdsFor, type Span} from './versions.ts';

/**
 * Kubeconfigs: the server's address, the authority to verify it with, and a credential, in one file. Structure and
 * names are kubeadm's (cmd/kubeadm/app/phases/kubeconfig).
 */

/** From here on a kubelet beside an API server calls that one (ControlPlaneKubeletLocalMode), before it the endpoint. */
const kubeletLocalModeSpan: Span = {from: '1.33'};

const runsAnAPIServer = ({node}: NodeSituation): boolean => node.roles.includes('control-plane');

function kubeletServer(situation: NodeSituation): 'endpoint' | 'local' {
  if (layouts[situation.plan.layout].tool === 'by hand' || !runsAnAPIServer(situation)) return 'endpoint';
  return holdsFor(kubeletLocalModeSpan, situation.version) ? 'local' : 'endpoint';
}

export const kubeconfigRows: readonly KubeconfigRow[] = [
  kubeconfig({
    id: 'admin',
    on: 'control-plane',
    user: () => 'kubernetes-admin',
    server: () => 'endpoint',
    usedBy: [],
    why: 'for administrators and for kubeadm; copy it to ~/.kube/config to work with the cluster',
  }),
  kubeconfig({
    id: 'super-admin',
    on: 'first-control-plane',
    when: hasSuperAdmin,
    user: () => 'kubernetes-super-admin',
    server: () => 'endpoint',
    usedBy: [],
    why: 'for the day when the binding of admin.conf is gone; it cannot be revoked, so keep it offline',
  }),
  kubeconfig({
    id: 'controller-manager',
    on: 'control-plane',
    user: () => 'system:kube-controller-manager',
    server: () => 'local',
    usedBy: [
      {
        component: 'kube-controller-manager',
        flags: ['--kubeconfig', '--authentication-kubeconfig', '--authorization-kubeconfig'],
      },
    ],
    why: 'the controller manager reaches the API server of its own node with it',
  }),
  kubeconfig({
    id: 'scheduler',
    on: 'control-plane',
    user: () => 'system:kube-scheduler',
    server: () => 'local',
    usedBy: [
      {
        component: 'kube-scheduler',
        flags: ['--kubeconfig', '--authentication-kubeconfig', '--authorization-kubeconfig'],
      },
    ],
    why: 'the scheduler reaches the API server of its own node with it',
  }),
  kubeconfig({
    id: 'kubelet',
    on: 'kubelet',
    onThisNode: (situation) => kubeletClientOf(situation) === 'issued',
    user: ({node}) => `system:node:${node.name}`,
    server: kubeletServer,
    usedBy: [{component: 'kubelet', flags: ['--kubeconfig']}],
    why: "this node's kubelet reaches the API with it",
  }),
  kubeconfig({
    id: 'bootstrap-kubelet',
    on: 'kubelet',
    when: someKubeletBootstraps,
    onThisNode: (situation) => kubeletClientOf(situation) === 'bootstrap',
    user: () => 'tls-bootstrap-token-user',
    server: () => 'endpoint',
    credential: 'bootstrap-token',
    usedBy: [{component: 'kubelet', flags: ['--bootstrap-kubeconfig']}],
    why: "the kubelet's first start: with the token in it, it asks for a certificate of its own",
  }),
  kubeconfig({
    id: 'kube-proxy',
    on: 'kube-proxy',
    user: () => 'system:kube-proxy',
    server: () => 'endpoint',
    usedBy: [{component: 'kube-proxy', flags: ['clientConnection.kubeconfig']}],
    why: 'kube-proxy watches Services and EndpointSlices with it',
  }),
  kubeconfig({
    id: 'user',
    on: 'person',
    user: ({user}) => user?.name ?? '',
    server: () => 'endpoint',
    usedBy: [],
    why: 'for a person: kubectl --kubeconfig with this file acts under their own name',
  }),
];

const byId: ReadonlyMap<string, KubeconfigRow> = new Map(kubeconfigRows.map((row) => [row.id, row]));

export function kubeconfigRow(id: string): KubeconfigRow {
  const row = byId.get(id);
  if (row === undefined) throw new TypeError(`no kubeconfig row ${id}`);
  return row;
}

import {trust, type TrustId, type TrustRow} from './certificate.ts';
import {kubeletServingOf} from './situation.ts';

/**
 * Every file that somebody is verified with. What it holds is derived: the authorities that sign, in this plan, the
 * certificates whose rows say `verifiedBy` this one.
 */
export const trustRows: readonly TrustRow[] = [
  trust({
    id: 'etcd-clients',
    component: 'etcd',
    flag: '--trusted-ca-file',
    verifies: 'clients',
    authority: 'etcd-ca',
    folder: 'etcd',
    why: 'whoever shows a client certificate of this authority may read and write everything in etcd',
  }),
  trust({
    id: 'etcd-peers',
    component: 'etcd',
    flag: '--peer-trusted-ca-file',
    // Peers are client and server at once; the stricter rule holds for the file.
    verifies: 'clients',
    authority: 'etcd-ca',
    folder: 'etcd',
    why: 'other members are verified with it, whichever side calls',
  }),
  trust({
    id: 'etcd-servers',
    component: 'kube-apiserver',
    flag: '--etcd-cafile',
    verifies: 'servers',
    authority: 'etcd-ca',
    folder: 'control-plane',
    why: "the API server verifies etcd's serving certificate with it",
  }),
  trust({
    id: 'etcdctl-servers',
    component: 'etcdctl',
    flag: '--cacert',
    verifies: 'servers',
    authority: 'etcd-ca',
    folder: 'etcd',
    why: "etcdctl verifies etcd's serving certificate with it",
  }),
  trust({
    id: 'apiserver-clients',
    component: 'kube-apiserver',
    flag: '--client-ca-file',
    verifies: 'clients',
    authority: 'kubernetes-ca',
    folder: 'control-plane',
    why: 'whoever shows a client certificate of this authority is the user that its subject names',
  }),
  trust({
    id: 'apiserver-front-proxies',
    component: 'kube-apiserver',
    flag: '--requestheader-client-ca-file',
    verifies: 'clients',
    authority: 'front-proxy-ca',
    folder: 'control-plane',
    why: 'a client of this authority with an allowed name is believed when it names another user in a header',
  }),
  trust({
    id: 'apiserver-kubelets',
    component: 'kube-apiserver',
    flag: '--kubelet-certificate-authority',
    verifies: 'servers',
    authority: 'kubernetes-ca',
    folder: 'control-plane',
    when: (situation) => kubeletServingOf(situation) !== 'self-signed',
    why: "the API server verifies the kubelets' serving certificates with it; without it they are not verified at all",
  }),
  trust({
    id: 'controller-manager-clients',
    component: 'kube-controller-manager',
    flag: '--client-ca-file',
    verifies: 'clients',
    authority: 'kubernetes-ca',
    folder: 'control-plane',
    why: 'callers of its own port 10257 are verified with it',
  }),
  trust({
    id: 'controller-manager-front-proxies',
    component: 'kube-controller-manager',
    flag: '--requestheader-client-ca-file',
    verifies: 'clients',
    authority: 'front-proxy-ca',
    folder: 'control-plane',
    why: 'the same for callers through a front proxy',
  }),
  trust({
    id: 'pods-apiserver',
    component: 'kube-controller-manager',
    flag: '--root-ca-file',
    verifies: 'servers',
    authority: 'kubernetes-ca',
    folder: 'control-plane',
    why: 'what pods verify the API server with: it goes to the ConfigMap kube-root-ca.crt of every namespace',
  }),
  trust({
    id: 'kubelet-clients',
    component: 'kubelet',
    flag: 'authentication.x509.clientCAFile',
    verifies: 'clients',
    authority: 'kubernetes-ca',
    folder: 'kubelet',
    why: 'the kubelet verifies the API server with it when it is called for logs and exec',
  }),
  trust({
    id: 'kubeconfig-apiserver',
    component: undefined,
    flag: undefined,
    verifies: 'servers',
    authority: 'kubernetes-ca',
    folder: 'control-plane',
    why: "embedded in kubeconfigs as certificate-authority-data: the API server's certificate is verified with it",
  }),
];

const byId: ReadonlyMap<TrustId, TrustRow> = new Map(trustRows.map((row) => [row.id, row]));

export function trustRow(id: TrustId): TrustRow {
  const row = byId.get(id);
  if (row === undefined) throw new TypeError(`no trust row ${id}`);
  return row;
}

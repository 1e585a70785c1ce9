import type {FolderId, KubeconfigId} from './certificate.ts';
import type {AuthorityId, LayoutId} from './plan.ts';

/**
 * Where files lie on a node. A layout is a table: adding one is adding a row here and its id to `layoutIds`.
 * Paths are absolute; certificates and keys are given without `.crt` and `.key`.
 */
export interface Layout {
  readonly id: LayoutId;
  readonly why: string;
  /** What brings the cluster up: kubeadm runs static pods and makes bindings; by hand means systemd units. */
  readonly tool: 'kubeadm' | 'by hand';
  /** Where the components' programs lie: kubeadm's packages and the guide put them in different folders. */
  readonly programs: string;
  /** Port of each API server; a load balancer in front of them may have another. */
  readonly apiserverPort: number;
  /** kubeadm runs a kubelet on every control-plane node; by hand only workers have one. */
  readonly kubeletOnControlPlane: boolean;
  /** With kubeadm kube-proxy is a DaemonSet with a service account; by hand it has a certificate of its own. */
  readonly kubeProxy: 'daemon-set' | 'service';
  /** Which authorities' keys a control-plane node holds (kubeadm renews with them; the controller manager signs with one). */
  readonly authorityKeysOnControlPlane: readonly AuthorityId[];
  /** kubeadm's `certificatesDir`. */
  readonly certificatesFolder: string;
  readonly certificates: Readonly<Record<string, string>>;
  /** A person's kubeconfig lies on no node. */
  readonly kubeconfigs: Readonly<Record<Exclude<KubeconfigId, 'user'>, string>>;
  /** Authorities' files by whose folder they are in; an authority without a name of its own is called by its id. */
  readonly authorities: Readonly<
    Record<FolderId, {readonly folder: string; readonly names: Readonly<Record<AuthorityId, string>>}>
  >;
  readonly serviceAccount: {readonly private: string; readonly public: string};
  readonly kubeletConfig: string;
  readonly kubeProxyConfig: string;
}

function kubeadmLike(row: Pick<Layout, 'id' | 'why' | 'apiserverPort'>, pki: string): Layout {
  const names = {'kubernetes-ca': 'ca', 'etcd-ca': 'etcd/ca', 'front-proxy-ca': 'front-proxy-ca'};
  return {
    ...row,
    tool: 'kubeadm',
    programs: '/usr/bin',
    kubeletOnControlPlane: true,
    kubeProxy: 'daemon-set',
    authorityKeysOnControlPlane: ['kubernetes-ca', 'etcd-ca', 'front-proxy-ca'],
    certificatesFolder: pki,
    certificates: {
      apiserver: `${pki}/apiserver`,
      'apiserver-kubelet-client': `${pki}/apiserver-kubelet-client`,
      'apiserver-etcd-client': `${pki}/apiserver-etcd-client`,
      'front-proxy-client': `${pki}/front-proxy-client`,
      'etcd-server': `${pki}/etcd/server`,
      'etcd-peer': `${pki}/etcd/peer`,
      'etcd-healthcheck-client': `${pki}/etcd/healthcheck-client`,
      'kubelet-serving': '/var/lib/kubelet/pki/kubelet',
    },
    kubeconfigs: {
      admin: '/etc/kubernetes/admin.conf',
      'super-admin': '/etc/kubernetes/super-admin.conf',
      'controller-manager': '/etc/kubernetes/controller-manager.conf',
      scheduler: '/etc/kubernetes/scheduler.conf',
      kubelet: '/etc/kubernetes/kubelet.conf',
      'bootstrap-kubelet': '/etc/kubernetes/bootstrap-kubelet.conf',
      'kube-proxy': '/var/lib/kube-proxy/kubeconfig.conf',
    },
    authorities: {
      'control-plane': {folder: pki, names},
      etcd: {folder: `${pki}/etcd`, names: {'etcd-ca': 'ca'}},
      kubelet: {folder: pki, names},
    },
    serviceAccount: {private: `${pki}/sa.key`, public: `${pki}/sa.pub`},
    kubeletConfig: '/var/lib/kubelet/config.yaml',
    kubeProxyConfig: '/var/lib/kube-proxy/config.conf',
  };
}

export const layouts: Readonly<Record<LayoutId, Layout>> = {
  kubeadm: kubeadmLike(
    {
      id: 'kubeadm',
      why: "kubeadm's own paths, so that kubeadm init, join, certs and upgrade find every file where they look for it",
      apiserverPort: 6443,
    },
    '/etc/kubernetes/pki',
  ),
  minikube: kubeadmLike(
    {
      id: 'minikube',
      why: "minikube's paths: kubeadm with its certificates in /var/lib/minikube/certs and the API server on 8443",
      apiserverPort: 8443,
    },
    '/var/lib/minikube/certs',
  ),
  'the-hard-way': {
    id: 'the-hard-way',
    why: 'binaries as systemd services, each with a folder of its own, nothing hidden by a tool',
    tool: 'by hand',
    programs: '/usr/local/bin',
    apiserverPort: 6443,
    kubeletOnControlPlane: false,
    kubeProxy: 'service',
    authorityKeysOnControlPlane: ['kubernetes-ca'],
    certificatesFolder: '/var/lib/kubernetes',
    certificates: {
      apiserver: '/var/lib/kubernetes/kube-apiserver',
      'apiserver-kubelet-client': '/var/lib/kubernetes/kube-apiserver-kubelet-client',
      'apiserver-etcd-client': '/var/lib/kubernetes/kube-apiserver-etcd-client',
      'front-proxy-client': '/var/lib/kubernetes/front-proxy-client',
      'etcd-server': '/etc/etcd/etcd-server',
      'etcd-peer': '/etc/etcd/etcd-peer',
      'etcd-healthcheck-client': '/etc/etcd/etcd-healthcheck-client',
      'kubelet-serving': '/var/lib/kubelet/kubelet',
    },
    kubeconfigs: {
      admin: '/var/lib/kubernetes/admin.kubeconfig',
      'super-admin': '/var/lib/kubernetes/super-admin.kubeconfig',
      'controller-manager': '/var/lib/kubernetes/kube-controller-manager.kubeconfig',
      scheduler: '/var/lib/kubernetes/kube-scheduler.kubeconfig',
      kubelet: '/var/lib/kubelet/kubeconfig',
      'bootstrap-kubelet': '/var/lib/kubelet/bootstrap-kubeconfig',
      'kube-proxy': '/var/lib/kube-proxy/kubeconfig',
    },
    authorities: {
      'control-plane': {
        folder: '/var/lib/kubernetes',
        names: {'kubernetes-ca': 'ca', 'etcd-ca': 'etcd-ca', 'front-proxy-ca': 'front-proxy-ca'},
      },
      etcd: {folder: '/etc/etcd', names: {'etcd-ca': 'ca'}},
      kubelet: {folder: '/var/lib/kubelet', names: {'kubernetes-ca': 'ca'}},
    },
    serviceAccount: {
      private: '/var/lib/kubernetes/service-accounts.key',
      public: '/var/lib/kubernetes/service-accounts.pub',
    },
    kubeletConfig: '/var/lib/kubelet/kubelet-config.yaml',
    kubeProxyConfig: '/var/lib/kube-proxy/kube-proxy-config.yaml',
  },
};

/** Where a kubeconfig lies on a node; a person's lies on none. */
export function kubeconfigPath(layout: Layout, id: KubeconfigId): string {
  if (id === 'user') throw new TypeError('a person’s kubeconfig lies on no node');
  return layout.kubeconfigs[id];
}

/** Path of an authority's file, without its ending, in one of a node's folders. */
export function authorityPath(layout: Layout, folder: FolderId, authority: AuthorityId): string {
  const place = layout.authorities[folder];
  return `${place.folder}/${place.names[authority] ?? authority}`;
}

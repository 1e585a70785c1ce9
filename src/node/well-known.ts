import {layouts} from '../pki/layouts.ts';

/** Where certificates, keys and kubeconfigs of a node usually lie, whether or not a flag names them. */

/** Folders of which every such file counts. */
export const wellKnownFolders: readonly string[] = [
  ...new Set(
    Object.values(layouts).flatMap(({certificatesFolder, authorities}) => [
      certificatesFolder,
      ...Object.values(authorities).map(({folder}) => folder),
    ]),
  ),
].filter((folder) => folder !== '/var/lib/kubelet');

/** Folders of which only kubeconfigs count: `*.conf`. */
export const kubeconfigFolders: readonly string[] = ['/etc/kubernetes'];

/** Kubeconfigs with names of their own. */
export const wellKnownKubeconfigs: readonly string[] = [
  ...new Set(Object.values(layouts).flatMap(({kubeconfigs}) => Object.values(kubeconfigs))),
];

/** Files with PEM blocks by their endings; `.csr` and `.srl` are nobody's credentials. */
export function isMaterialName(name: string): boolean {
  return /\.(crt|pem|key|pub)$/.test(name);
}

/** Where kubeadm's kubelet has its configuration when no unit says another place. */
export const kubeletDefaults = {
  configuration: '/var/lib/kubelet/config.yaml',
  flags: new Map([
    ['--kubeconfig', ['/etc/kubernetes/kubelet.conf']],
    ['--bootstrap-kubeconfig', ['/etc/kubernetes/bootstrap-kubelet.conf']],
    ['--config', ['/var/lib/kubelet/config.yaml']],
  ]),
  /** What kubeadm's unit adds to its flags, the later the stronger. */
  environment: {
    files: ['/var/lib/kubelet/kubeadm-flags.env', '/etc/default/kubelet', '/etc/sysconfig/kubelet'],
    names: ['KUBELET_KUBEADM_ARGS', 'KUBELET_EXTRA_ARGS'],
  },
  manifests: '/etc/kubernetes/manifests',
} as const;

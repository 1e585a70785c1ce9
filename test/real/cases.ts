import type {KeyAlgorithm} from '../../src/pki/plan.ts';

/** Which clusters the tests start from their flags files. `docs/tested.md` has a row for each. */
export interface BootedCase {
  readonly preset: string;
  readonly algorithm: KeyAlgorithm;
  readonly families: 'IPv4' | 'IPv4 and IPv6' | 'IPv6';
  /** What the preset's plan is changed by, beside version and keys. */
  readonly sets: readonly string[];
}

const presets = ['kubeadm-single', 'kubeadm-ha', 'external-etcd', 'one-ca', 'offline-root', 'the-hard-way'];
const algorithms = ['RSA-2048', 'ECDSA-P256'] as const;

const bothFamilies = [
  'network.serviceSubnets=10.96.0.0/16,fd00:10:96::/112',
  'network.podSubnets=10.244.0.0/16,fd00:10:244::/56',
  'nodes=cp-1 10.0.0.11,fd00::11 control-plane',
];
const laterFamily = [
  'network.serviceSubnets=fd00:10:96::/112',
  'network.podSubnets=fd00:10:244::/56',
  `nodes=${[
    'etcd-1 fd00::31 etcd',
    'etcd-2 fd00::32 etcd',
    'etcd-3 fd00::33 etcd',
    'cp-1 fd00::11 control-plane',
    'cp-2 fd00::12 control-plane',
  ].join(';')}`,
];

export const bootedCases: readonly BootedCase[] = [
  ...presets.flatMap((preset) =>
    algorithms.map((algorithm) => ({preset, algorithm, families: 'IPv4' as const, sets: []})),
  ),
  // minikube is kubeadm in other folders.
  {preset: 'minikube', algorithm: 'RSA-2048', families: 'IPv4', sets: []},
  {preset: 'kubeadm-single', algorithm: 'ECDSA-P256', families: 'IPv4 and IPv6', sets: bothFamilies},
  {preset: 'external-etcd', algorithm: 'ECDSA-P256', families: 'IPv6', sets: laterFamily},
];

export function bootedTitle({preset, algorithm, families}: BootedCase): string {
  return `a cluster as ${preset} sets it up with ${algorithm} keys and ${families}`;
}

/** What is asked of such a cluster where there are real nodes. */
export const kubeletTitle = 'with a kubelet on a real node';

/** Which bundles kubeadm's own phases are run on. */
export const kubeadmCases: readonly (readonly [preset: string, algorithm: KeyAlgorithm])[] = [
  ['kubeadm-single', 'RSA-2048'],
  ['kubeadm-single', 'ECDSA-P256'],
  ['kubeadm-ha', 'ECDSA-P256'],
  ['external-etcd', 'ECDSA-P256'],
  ['one-ca', 'ECDSA-P256'],
  ['minikube', 'ECDSA-P256'],
];

export function kubeadmTitle(preset: string, algorithm: KeyAlgorithm): string {
  return `kubeadm with the files of ${preset} and ${algorithm} keys`;
}

export const joiningTitle = 'a cluster of kubeadm, and how nodes join it';

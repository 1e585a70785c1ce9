import type {KeyAlgorithm} from '../../src/pki/plan.ts';

/** Which clusters the tests start from their flags files. `docs/tested.md` has a row for each. */
export interface BootedCase {
  readonly preset: string;
  readonly algorithm: KeyAlgorithm;
  readonly families: 'IPv4' | 'IPv4 and IPv6' | 'IPv6';
  /** Who signs what kubelets show: with `self-signed` nobody verifies it. */
  readonly serving: 'signed' | 'self-signed';
  /** What the preset's plan is changed by, beside version, keys and the kubelets. */
  readonly sets: readonly string[];
}

const presets = ['kubeadm-single', 'kubeadm-ha', 'external-etcd', 'one-ca', 'offline-root', 'the-hard-way'];

export const bootedCases: readonly BootedCase[] = [
  ...presets.flatMap((preset) => [
    {...asItStands(preset), algorithm: 'RSA-2048' as const},
    // Where one authority or a chain of them stands above the kubelets, these are verified too.
    {
      ...asItStands(preset),
      algorithm: 'ECDSA-P256' as const,
      ...(preset === 'one-ca' || preset === 'offline-root' ? {serving: 'signed' as const} : {}),
    },
  ]),
  // minikube is kubeadm in other folders.
  {...asItStands('minikube'), algorithm: 'RSA-2048'},
  {
    preset: 'the-hard-way',
    algorithm: 'ECDSA-P256',
    families: 'IPv4 and IPv6',
    serving: 'signed',
    sets: [
      'network.serviceSubnets=10.32.0.0/24,fd00:10:32::/112',
      'network.podSubnets=10.200.0.0/16,fd00:10:200::/56',
      'nodes=server 10.240.0.10,fd00::10 control-plane;node-0 10.240.0.20,fd00::20 worker',
    ],
  },
  {
    preset: 'kubeadm-single',
    algorithm: 'RSA-2048',
    families: 'IPv4 and IPv6',
    serving: 'self-signed',
    sets: [
      'network.serviceSubnets=10.96.0.0/16,fd00:10:96::/112',
      'network.podSubnets=10.244.0.0/16,fd00:10:244::/56',
      'nodes=cp-1 10.0.0.11,fd00::11 control-plane',
    ],
  },
  {
    preset: 'external-etcd',
    algorithm: 'ECDSA-P256',
    families: 'IPv6',
    serving: 'signed',
    sets: [
      'network.serviceSubnets=fd00:10:96::/112',
      'network.podSubnets=fd00:10:244::/56',
      `nodes=${[
        'etcd-1 fd00::31 etcd',
        'etcd-2 fd00::32 etcd',
        'etcd-3 fd00::33 etcd',
        'cp-1 fd00::11 control-plane',
        'cp-2 fd00::12 control-plane',
      ].join(';')}`,
    ],
  },
];

function asItStands(preset: string): Omit<BootedCase, 'algorithm'> {
  return {preset, families: 'IPv4', serving: preset === 'the-hard-way' ? 'signed' : 'self-signed', sets: []};
}

export function bootedTitle({preset, algorithm, families, serving}: BootedCase): string {
  return `a cluster as ${preset} sets it up with ${algorithm} keys, ${families} and ${serving} kubelets`;
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

/** Suites of changes to a node that are cut off. */
export const everyCallTitle = 'at every call that changes a node, after recover';
export const ownDiskTitle = 'on a disk of its own (needs root, to mount it)';
export const severalRunsTitle = 'of several runs at once';

export const rotationTitle = 'a rotation on a running node that kubeadm made';

export const expiredTitle = 'a cluster of one node whose certificates have all ended';

export const labTitle = 'what the lab says of real components';
export const labRealTitle = 'learn lab --real';
export const explainStartTitle = 'explain with a control plane that does not start';
export const explainCallersTitle = 'explain with callers that a running control plane refuses';

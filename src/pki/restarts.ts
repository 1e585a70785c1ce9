import type {ComponentId} from './blueprint-types.ts';
import type {FileUse} from './file-flags.ts';
import {holdsFor, type KubernetesVersion, type Span} from './versions.ts';

/**
 * Whether a process takes a changed file by itself. Measured on 1.36.2, and read in its source where it says so; the API
 * server of 1.20 looks once a minute.
 */
export type PickUp = 'by itself' | 'after a restart';

/**
 * @param use what the file is to the component
 * @param version undefined = nothing says, as on a node: what only newer ones read again counts as read once, for a restart
 *   too many does no harm
 */
export function pickUpOf(
  component: ComponentId,
  flag: string,
  use: FileUse,
  version: KubernetesVersion | undefined,
): PickUp {
  const since = (span: Span): PickUp =>
    version !== undefined && holdsFor(span, version) ? 'by itself' : 'after a restart';
  switch (use.holds) {
    case 'certificate':
    case 'key':
      return component === 'kubelet' ? since(reloadedSince.kubeletPair) : 'by itself';
    case 'signing-certificate':
    case 'signing-key':
      return 'by itself';
    case 'authorities':
      if (component === 'kubelet') return since(reloadedSince.kubeletClients);
      if (flag === '--kubelet-certificate-authority') return since(reloadedSince.clientAuthorities);
      // etcd never reads it again; the API server's etcd client and the ConfigMap of the root neither.
      return component === 'etcd' || flag === '--etcd-cafile' || flag === '--root-ca-file'
        ? 'after a restart'
        : 'by itself';
    case 'kubeconfig':
    case 'token-public-keys':
    case 'token-private-key':
      return 'after a restart';
    case 'named-by-kubeconfig':
      return component === 'kubelet' ? 'by itself' : 'after a restart';
    default:
      return use satisfies never;
  }
}

/** From when on the feature gates behind it are on of themselves. */
const reloadedSince = {
  /** ReloadKubeletServerCertificateFile */
  kubeletPair: {from: '1.31'},
  /** ReloadKubeletClientCAFile */
  kubeletClients: {from: '1.36'},
  /** ClientsAllowCARotation: what client-go verifies servers with, as the API server does kubelets. */
  clientAuthorities: {from: '1.36'},
} as const;

import type {ComponentId} from './blueprint-types.ts';
import type {FileUse} from './file-flags.ts';

/**
 * Whether a process takes a changed file by itself. Measured on 1.36.2, and read in its source where it says so; the API
 * server of 1.20 looks once a minute.
 */
export type PickUp = 'by itself' | 'after a restart';

/** @param use what the file is to the component */
export function pickUpOf(component: ComponentId, flag: string, use: FileUse): PickUp {
  switch (use.holds) {
    case 'certificate':
    case 'key':
    case 'signing-certificate':
    case 'signing-key':
      return 'by itself';
    case 'authorities':
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

import {dirname, resolve} from 'node:path';
import {InputFailure} from '../base/failure.ts';
import {certificatesIn} from '../base/pem.ts';
import {problem} from '../base/problem.ts';
import type {Kubeconfig, KubeconfigUser} from '../kubeconfig/kubeconfig.ts';
import {readKubeconfig} from '../kubeconfig/read-kubeconfig.ts';
import {textAt} from './authority-key.ts';

/** Where a cluster is reached, and what to verify it with. */
export interface ClusterDoor {
  readonly clusterName: string;
  /** `https://host:port`. */
  readonly server: string;
  /** PEM, every CA. */
  readonly certificateAuthority: string;
  readonly tlsServerName: string | undefined;
}

export interface OpenedKubeconfig {
  readonly door: ClusterDoor;
  /** Whose it is; undefined = nobody's. */
  readonly user: KubeconfigUser | undefined;
}

/**
 * The cluster of a kubeconfig's current context.
 *
 * @param path absolute
 * @param root where absolute paths in it begin: `/`, or the folder that stands for it
 * @throws InputFailure when it is no kubeconfig, or says too little to make another from
 */
export async function openKubeconfig(path: string, root = '/'): Promise<OpenedKubeconfig> {
  const text = await textAt(path);
  if (text === undefined) {
    throw refused(path, 'file-missing', 'it does not exist', 'name a kubeconfig of the cluster: --kubeconfig FILE');
  }
  const kubeconfig = readKubeconfig(text);
  const errors = kubeconfig.problems.filter(({severity}) => severity === 'error');
  if (errors.length > 0) throw new InputFailure(`${path} cannot be used`, errors);
  const context = contextOf(kubeconfig);
  const cluster = kubeconfig.clusters.find(({name}) => name === context?.cluster);
  if (context === undefined || cluster?.server === undefined) {
    throw refused(path, 'no-context', 'it has no current context', 'set one: kubectl config use-context NAME');
  }
  const {certificateAuthority: held, name, server, tlsServerName} = cluster;
  // A relative path is relative to the kubeconfig's own folder, as for kubectl.
  const pem =
    held?.kind === 'file'
      ? await textAt(held.path.startsWith('/') ? resolve(root, `.${held.path}`) : resolve(dirname(path), held.path))
      : held?.certificates.join('');
  const certificates = certificatesIn(pem ?? '');
  if (certificates.length === 0) {
    throw refused(
      path,
      'no-certificate-authority',
      `its cluster ${JSON.stringify(name)} names no CA to verify the API server with`,
      'use a kubeconfig with certificate-authority-data',
    );
  }
  return {
    door: {clusterName: name, server, certificateAuthority: certificates.join(''), tlsServerName},
    user: kubeconfig.users.find((user) => user.name === context.user),
  };
}

function contextOf({contexts, currentContext}: Kubeconfig) {
  const named = contexts.find(({name}) => name === currentContext);
  return named ?? (currentContext === undefined && contexts.length === 1 ? contexts[0] : undefined);
}

function refused(path: string, code: string, message: string, fix: string): InputFailure {
  return new InputFailure(`${path} cannot be used`, [problem(code, path, message, fix)]);
}

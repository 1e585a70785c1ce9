import {join} from 'node:path';
import {certificatesIn} from '../base/pem.ts';
import {firstControlPlane} from '../bundle/node-groups.ts';
import {readTextIfThere} from '../bundle/read-text.ts';
import {authorityPath, layouts} from '../pki/layouts.ts';
import {layoutIds} from '../pki/plan.ts';
import type {BundleAt} from './bundle-at.ts';
import {openKubeconfig} from './cluster-door.ts';

/** How a cluster is spoken to in an administrator's name. */
export interface Admin {
  /** Absolute path of the kubeconfig. */
  readonly kubeconfig: string;
  /** `https://host:port`, as the kubeconfig has it. */
  readonly server: string;
  /** The authority's certificates as they lie here: in the kubeconfig, and beside it. */
  readonly onDisk: readonly {readonly path: string; readonly certificates: readonly string[]}[];
}

/**
 * @param kubeconfig absolute; undefined = the bundle's, else where the layouts put it on a control-plane node
 * @throws InputFailure when there is none, or none that names a cluster
 */
export async function adminAt(kubeconfig: string | undefined, at: BundleAt | undefined): Promise<Admin> {
  const path = kubeconfig ?? (at === undefined ? onThisMachine() : inBundle(at));
  const {door} = await openKubeconfig(path);
  const embedded = {path, certificates: certificatesIn(door.certificateAuthority)};
  return {kubeconfig: path, server: door.server, onDisk: [embedded, ...beside(path, at)]};
}

function inBundle({blueprint, bundle}: BundleAt): string {
  const node = firstControlPlane(blueprint) ?? '';
  return join(bundle.directory, 'nodes', node, 'rootfs', layouts[blueprint.plan.layout].kubeconfigs.admin);
}

function onThisMachine(): string {
  const paths = layoutIds.map((id) => layouts[id].kubeconfigs.admin);
  return paths.find((path) => readTextIfThere(path) !== undefined) ?? layouts.kubeadm.kubeconfigs.admin;
}

/** The authority's own file: of the bundle, or of the layouts whose kubeconfig this is. */
function beside(kubeconfig: string, at: BundleAt | undefined): Admin['onDisk'] {
  const paths =
    at === undefined
      ? layoutIds
          .filter((id) => layouts[id].kubeconfigs.admin === kubeconfig)
          .map((id) => `${authorityPath(layouts[id], 'control-plane', 'kubernetes-ca')}.crt`)
      : [join(at.bundle.directory, `authorities/${trustedBy(at)}.crt`)];
  return paths.flatMap((path) => {
    const certificates = certificatesIn(readTextIfThere(path) ?? '');
    return certificates.length === 0 ? [] : [{path, certificates}];
  });
}

function trustedBy({blueprint}: BundleAt): string {
  return blueprint.kubeconfigs.find(({id}) => id === 'admin')?.trusts[0] ?? '';
}

import type {Problem} from '../base/problem.ts';
import type {PlannedConnection} from '../pki/blueprint-types.ts';
import {clusterMapOf} from '../pki/cluster-map.ts';
import {isPutAside, type HeldCertificate} from '../pki/inventory.ts';
import type {MappedCertificate, MappedCluster, MappedFile} from '../pki/mapped-cluster.ts';
import {foundConnections} from './found-connections.ts';
import {authorityNamed} from './identify.ts';
import {type NodeFound, inventoryOf} from './inventory.ts';
import {kubeletPlaces, nodeNameOn} from './kubelet-places.ts';
import type {NodeRoot} from './root.ts';

/** A node as a map: the part of its cluster that this node sees. Certificates are called by their paths. */
export function mappedNode(root: NodeRoot, found: NodeFound, findings: readonly Problem[]): MappedCluster {
  const places = kubeletPlaces(found);
  const node = (places === undefined ? undefined : nodeNameOn(root, found, places)?.name) ?? 'this node';
  const {certificates, files} = inventoryOf(found, undefined);
  const connections: readonly PlannedConnection[] = foundConnections(found, node);
  const troubleOf = (path: string): string | undefined => findings.find(({at}) => at.path === path)?.message;
  const byPlace = new Map(certificates.map((held) => [`${held.at.path} ${held.at.place}`, held]));
  return {
    map: clusterMapOf({
      connections,
      components: found.components.map(({component}) => ({component, node, flags: [], settings: []})),
      nodes: [{name: node, addresses: found.addresses, roles: []}],
    }),
    certificates: certificates.flatMap((held) => mappedCertificate(held, node, byPlace)),
    files: files.flatMap(({path, users, state}) =>
      users.map(({component, flag, use}): MappedFile => {
        // Not every file that a flag names has to be there.
        const trouble = troubleOf(path) ?? (state === 'read' || state === 'missing' ? undefined : state);
        return {component, node, flag, use, path, ...(trouble === undefined ? {} : {trouble})};
      }),
    ),
  };
}

function mappedCertificate(
  {at, id, isAuthority, subject, usages, sans, signedBy, issuer, notAfter}: HeldCertificate,
  node: string,
  byPlace: ReadonlyMap<string, HeldCertificate>,
): readonly MappedCertificate[] {
  if (isAuthority || at.place > 0 || at.entry?.kind === 'cluster' || isPutAside(at)) return [];
  const signer = signedBy === undefined ? undefined : byPlace.get(`${signedBy.path} ${signedBy.place}`);
  return [
    {
      name: at.path,
      id: id ?? subject.commonName,
      node,
      subject,
      usages,
      sans,
      signedBy: (signer === undefined ? undefined : authorityNamed(signer.subject.commonName)) ?? signer?.id ?? issuer,
      path: at.path,
      notAfter,
    },
  ];
}

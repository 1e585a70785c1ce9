import type {
  Blueprint,
  EndId,
  PlannedCertificate,
  PlannedConnection,
  PresentedFrom,
  Subject,
  Usage,
} from './blueprint-types.ts';
import {certificateRows} from './certificates.ts';
import {type ClusterMap, clusterMapOf} from './cluster-map.ts';
import {type FileUse, fileUseOf} from './file-flags.ts';
import {pathOnNode} from './files.ts';
import {kubeconfigRows} from './kubeconfigs.ts';

/**
 * A map with what stands behind it: certificates, and the files that its components hold. Of a plan, or of a node as it
 * was found; both look alike. No secret in it.
 */
export interface MappedCluster {
  readonly map: ClusterMap;
  /** Each certificate once, in issuing order. */
  readonly certificates: readonly MappedCertificate[];
  /** What flags and settings of components name, by node and then as the component's flags are sorted. */
  readonly files: readonly MappedFile[];
}

export interface MappedCertificate {
  /** As connections call it: `cp-1/apiserver`, `users/viewer`; of a found one its path. */
  readonly name: string;
  /** The catalogue's row. */
  readonly id: string;
  readonly node: string | undefined;
  readonly subject: Subject;
  readonly usages: readonly Usage[];
  readonly sans: readonly string[];
  /** The authority that signs it, by its id; of a found one whose signer is not there, the issuer's name. */
  readonly signedBy: string;
  /** Absolute, on its node; of a person's the bundle's path. */
  readonly path: string;
  /** Of one that exists. */
  readonly notAfter?: Date;
}

export interface MappedFile {
  readonly component: EndId;
  readonly node: string | undefined;
  readonly flag: string;
  readonly use: FileUse;
  /** Absolute, on the node. */
  readonly path: string;
  /** What is wrong with it; left out = nothing, or nobody looked. */
  readonly trouble?: string;
}

export function mappedClusterOf(blueprint: Blueprint): MappedCluster {
  const places = placesOf(blueprint);
  return {
    map: clusterMapOf(blueprint),
    certificates: blueprint.certificates.map((certificate) => mappedCertificate(certificate, places)),
    files: [
      ...blueprint.components.flatMap(({component, node, flags, settings}) =>
        [...flags, ...settings].flatMap(({name: flag, value: path}): readonly MappedFile[] => {
          const use = path === '' ? undefined : fileUseOf(component, flag);
          return use === undefined ? [] : [{component, node, flag, use, path}];
        }),
      ),
      ...byHand(blueprint.connections),
    ],
  };
}

function mappedCertificate(
  {name, id, node, subject, usages, sans, authority}: PlannedCertificate,
  paths: ReadonlyMap<string, string>,
): MappedCertificate {
  const names = sans.map(({value}) => value);
  return {name, id, node, subject, usages, sans: names, signedBy: authority, path: paths.get(name) ?? ''};
}

/** Where each certificate lies: in a file of its own, or in a kubeconfig. */
function placesOf({files, kubeconfigs}: Blueprint): ReadonlyMap<string, string> {
  const carried = new Map(
    kubeconfigs.flatMap(({name, credential}) =>
      credential.kind === 'certificate' ? [[name, credential.certificate] as const] : [],
    ),
  );
  return new Map(
    files.flatMap(({path, target, content}) => {
      const certificate =
        content.kind === 'certificate'
          ? content.certificate
          : content.kind === 'kubeconfig'
            ? carried.get(content.kubeconfig)
            : undefined;
      return certificate === undefined ? [] : [[certificate, target ?? path] as const];
    }),
  );
}

/** Programs that people start: no flag of a component names what they read, but their calls do. */
function byHand(connections: readonly PlannedConnection[]): readonly MappedFile[] {
  const found = connections.flatMap(({caller: {component, node}, credential, callerTrusts}): readonly MappedFile[] => {
    if (component !== 'kubectl' && component !== 'etcdctl') return [];
    const shown = 'from' in credential ? shownFiles(component, node, credential.from) : [];
    return 'from' in callerTrusts && callerTrusts.from.kind === 'file'
      ? [
          ...shown,
          {component, node, flag: callerTrusts.by, use: etcdctlTrust, path: pathOnNode(callerTrusts.from.path)},
        ]
      : shown;
  });
  return [...new Map(found.map((file) => [`${file.node} ${file.flag} ${file.path}`, file])).values()];
}

const etcdctlTrust: FileUse = {holds: 'authorities', trust: 'etcdctl-servers'};

function shownFiles(component: EndId, node: string | undefined, from: PresentedFrom): readonly MappedFile[] {
  if (from.kind === 'kubeconfig') {
    const name = from.path.replace(/^.*\//, '').replace(/\.(conf|kubeconfig)$/, '');
    const kubeconfig = kubeconfigRows.find(({id}) => id === name)?.id ?? 'user';
    return [
      {component, node, flag: '--kubeconfig', use: {holds: 'kubeconfig', kubeconfig}, path: pathOnNode(from.path)},
    ];
  }
  return certificateRows.flatMap(({id, usedBy}) =>
    usedBy.flatMap(({component: user, certificate, key}): readonly MappedFile[] =>
      user === component
        ? [
            {
              component,
              node,
              flag: certificate,
              use: {holds: 'certificate', certificate: id, partner: key},
              path: pathOnNode(from.certificate),
            },
            {
              component,
              node,
              flag: key,
              use: {holds: 'key', certificate: id, partner: certificate},
              path: pathOnNode(from.key),
            },
          ]
        : [],
    ),
  );
}

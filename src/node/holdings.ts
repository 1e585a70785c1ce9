import {dirname, resolve} from 'node:path';
import {fileUseOf} from '../pki/file-flags.ts';
import type {FileUser} from '../pki/inventory.ts';
import type {Kubeconfig, KubeconfigCertificates, KubeconfigSecret} from '../kubeconfig/kubeconfig.ts';
import {readKubeconfig} from '../kubeconfig/read-kubeconfig.ts';
import {type KnownCertificates, type Material, readMaterial} from '../x509/material.ts';
import type {FoundComponent} from './found-component.ts';
import {certificateFolders} from './kubelet-places.ts';
import type {Found, NodeRoot} from './root.ts';
import {isMaterialName, kubeconfigFolders, wellKnownFolders, wellKnownKubeconfigs} from './well-known.ts';

/** A file of the node with what is in it. */
export interface Holding {
  readonly path: string;
  readonly real: string | undefined;
  readonly found: Found;
  readonly material: readonly Material[];
  readonly kubeconfig: HeldKubeconfig | undefined;
  readonly users: readonly FileUser[];
}

export interface HeldKubeconfig {
  readonly config: Kubeconfig;
  /** Embedded authorities, by cluster; embedded certificates and key, by user. */
  readonly clusters: readonly {readonly name: string; readonly material: readonly Material[]}[];
  readonly users: readonly {readonly name: string; readonly material: readonly Material[]}[];
  /** Files that it names, absolute. */
  readonly names: readonly string[];
}

/**
 * Every file of keys, certificates and kubeconfigs: what flags name, what kubeconfigs name, and what lies where such
 * files usually lie. A path is one holding; links to one file are several. By path.
 *
 * @param homes home folders whose `.kube/config` counts
 */
export function holdingsOf(
  root: NodeRoot,
  components: readonly FoundComponent[],
  homes: readonly string[],
): readonly Holding[] {
  const users = usersOf(components);
  const kubeconfigs = new Set([
    ...kubeconfigFolders.flatMap((folder) => inFolder(root, folder, (name) => name.endsWith('.conf'))),
    ...wellKnownKubeconfigs.filter((path) => root.real(path) !== undefined),
    ...homes.map((home) => `${home}/.kube/config`).filter((path) => root.real(path) !== undefined),
    ...[...users].flatMap(([path, who]) => (who.some(({use}) => use.holds === 'kubeconfig') ? [path] : [])),
  ]);
  const held = new Map<string, Holding>();
  const known: KnownCertificates = new Map();
  const hold = (path: string, through: readonly FileUser[] = []): void => {
    const before = held.get(path);
    if (before !== undefined) {
      if (through.length > 0) held.set(path, {...before, users: [...before.users, ...through]});
      return;
    }
    const holding = holdingAt(root, path, {
      isKubeconfig: kubeconfigs.has(path),
      users: [...(users.get(path) ?? []), ...through],
      known,
    });
    held.set(path, holding);
    // Who is given the kubeconfig reads what it names.
    const readers = holding.users.map((user): FileUser => ({...user, use: {holds: 'named-by-kubeconfig', path}}));
    for (const named of holding.kubeconfig?.names ?? []) hold(named, readers);
  };
  for (const path of [
    ...users.keys(),
    ...kubeconfigs,
    ...wellKnownFolders.flatMap((folder) => inFolder(root, folder, isMaterialName)),
  ]) {
    hold(path);
  }
  // Of these no flag names more than the folder.
  for (const folder of certificateFolders(components, [...held.keys()])) {
    for (const path of inFolder(root, folder, isMaterialName)) hold(path);
  }
  return [...held.values()].toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

function inFolder(root: NodeRoot, folder: string, counts: (name: string) => boolean): readonly string[] {
  return root
    .list(folder)
    .filter((name) => counts(name) && !name.startsWith('.'))
    .map((name) => `${folder}/${name}`);
}

/** Who names which file; the same flag from several pieces of evidence counts once. */
function usersOf(components: readonly FoundComponent[]): ReadonlyMap<string, readonly FileUser[]> {
  const users = new Map<string, FileUser[]>();
  for (const {component, flags, settings, onNode} of components) {
    const named = [
      ...[...flags].flatMap(([flag, values]) => values.map((value) => [flag, value] as const)),
      ...settings,
    ];
    for (const [flag, value] of named) {
      const use = fileUseOf(component, flag);
      if (use === undefined || !value.startsWith('/')) continue;
      const path = onNode(value);
      const known = users.get(path) ?? [];
      if (known.some((user) => user.component === component && user.flag === flag)) continue;
      users.set(path, [...known, {component, flag, use}]);
    }
  }
  return users;
}

function holdingAt(
  root: NodeRoot,
  path: string,
  {
    isKubeconfig,
    users,
    known,
  }: {readonly isKubeconfig: boolean; readonly users: readonly FileUser[]; readonly known: KnownCertificates},
): Holding {
  const found = root.read(path);
  const kubeconfig =
    found.ok && isKubeconfig ? heldKubeconfig(found.bytes.toString('utf8'), dirname(path), known) : undefined;
  return {
    path,
    real: found.ok ? found.real : root.real(path),
    found,
    material: found.ok && kubeconfig === undefined ? readMaterial(found.bytes, known) : [],
    kubeconfig,
    users,
  };
}

function heldKubeconfig(text: string, folder: string, known: KnownCertificates): HeldKubeconfig {
  const config = readKubeconfig(text);
  const places = [
    ...config.clusters.map(({certificateAuthority}) => certificateAuthority),
    ...config.users.flatMap(({certificate, key}) => [certificate, key]),
  ];
  return {
    config,
    clusters: config.clusters.map(({name, certificateAuthority}) => ({
      name,
      material: embeddedMaterial(certificateAuthority, undefined, known),
    })),
    users: config.users.map(({name, certificate, key}) => ({
      name,
      material: embeddedMaterial(certificate, key, known),
    })),
    names: [...new Set(places.flatMap((place) => (place?.kind === 'file' ? [resolve(folder, place.path)] : [])))],
  };
}

/** What stands in an entry of a kubeconfig itself: certificates, then the key. */
export function embeddedMaterial(
  certificates: KubeconfigCertificates | undefined,
  key?: KubeconfigSecret,
  known?: KnownCertificates,
): readonly Material[] {
  const texts = [
    ...(certificates?.kind === 'embedded' ? certificates.certificates : []),
    ...(key?.kind === 'embedded' ? [key.secret.reveal()] : []),
  ];
  return readMaterial(Buffer.from(texts.join('\n')), known);
}

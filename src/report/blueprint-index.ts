import type {
  Blueprint,
  FileContent,
  PlannedAuthority,
  PlannedCertificate,
  PlannedComponent,
  PlannedConnection,
  PlannedFile,
  PlannedFlag,
  PlannedKubeconfig,
} from '../pki/blueprint-types.ts';
import {rootfs} from '../pki/files.ts';

/** A flag or setting, and the component whose it is. */
export interface OwnedFlag {
  readonly flag: PlannedFlag;
  readonly component: PlannedComponent;
}

/** A blueprint and the ways through it: from each part to those that belong to it, without looking at all the others. */
export interface BlueprintIndex {
  readonly of: Blueprint;
  readonly authorities: ReadonlyMap<string, PlannedAuthority>;
  /** By name. */
  readonly certificates: ReadonlyMap<string, PlannedCertificate>;
  /** By name. */
  readonly kubeconfigs: ReadonlyMap<string, PlannedKubeconfig>;
  /** By the bundle's path. */
  readonly files: ReadonlyMap<string, PlannedFile>;
  /** By node and component: `cp-1/etcd`. */
  readonly components: ReadonlyMap<string, PlannedComponent>;
  /** By the authority that signs them. */
  readonly signedBy: ReadonlyMap<string, readonly PlannedCertificate[]>;
  /** By what they hold, see `heldKey`; kubeconfigs stand under their certificate and the authorities that they trust. */
  readonly filesHolding: ReadonlyMap<string, readonly PlannedFile[]>;
  /** By the bundle's path of the file that they name. */
  readonly flagsNaming: ReadonlyMap<string, readonly OwnedFlag[]>;
  /** By certificate, whichever end shows it. */
  readonly connectionsShowing: ReadonlyMap<string, readonly PlannedConnection[]>;
  /** By the bundle's path of a file that either end reads: certificate, key, kubeconfig, or what it verifies with. */
  readonly connectionsReading: ReadonlyMap<string, readonly PlannedConnection[]>;
  /** By node and component, whichever end it is. */
  readonly connectionsOf: ReadonlyMap<string, readonly PlannedConnection[]>;
}

/** Under which key files stand that hold it. */
export function heldKey(
  kind: 'certificate' | 'authority' | 'authority-key' | 'key-pair' | 'kubeconfig',
  id: string,
): string {
  return `${kind} ${id}`;
}

/** One pass over the blueprint, as long as a few frames for a thousand nodes: made once, and kept beside it. */
export function indexBlueprint(blueprint: Blueprint): BlueprintIndex {
  const kubeconfigs = byKey(blueprint.kubeconfigs, ({name}) => name);
  const files = byKey(blueprint.files, ({path}) => path);
  const filesHolding = new Groups<PlannedFile>();
  for (const file of blueprint.files) {
    for (const key of heldIn(file.content, kubeconfigs)) filesHolding.add(key, file);
  }
  const flagsNaming = new Groups<OwnedFlag>();
  for (const component of blueprint.components) {
    for (const flags of [component.flags, component.settings]) {
      for (const flag of flags) {
        if (!flag.value.startsWith('/')) continue;
        const path = rootfs(component.node, flag.value);
        if (files.has(path)) flagsNaming.add(path, {flag, component});
      }
    }
  }
  const connectionsShowing = new Groups<PlannedConnection>();
  const connectionsReading = new Groups<PlannedConnection>();
  const connectionsOf = new Groups<PlannedConnection>();
  for (const connection of blueprint.connections) {
    const {presents, credential, caller, provider} = connection;
    if ('certificate' in presents) connectionsShowing.add(presents.certificate, connection);
    if ('certificate' in credential) connectionsShowing.add(credential.certificate, connection);
    for (const path of pathsOf(connection)) connectionsReading.add(path, connection);
    for (const {component, node} of [caller, provider]) connectionsOf.add(`${node ?? ''}/${component}`, connection);
  }
  return {
    of: blueprint,
    authorities: byKey(blueprint.authorities, ({id}) => id),
    certificates: byKey(blueprint.certificates, ({name}) => name),
    kubeconfigs,
    files,
    components: byKey(blueprint.components, ({node, component}) => `${node}/${component}`),
    signedBy: Map.groupBy(blueprint.certificates, ({authority}) => authority),
    filesHolding: filesHolding.all,
    flagsNaming: flagsNaming.all,
    connectionsShowing: connectionsShowing.all,
    connectionsReading: connectionsReading.all,
    connectionsOf: connectionsOf.all,
  };
}

/** The bundle's paths of everything that the two ends read for a connection. */
export function pathsOf({presents, credential, callerTrusts, providerTrusts}: PlannedConnection): readonly string[] {
  const shown = [presents, credential].flatMap((end) => {
    if (!('from' in end)) return [];
    return end.from.kind === 'files' ? [end.from.certificate, end.from.key] : [end.from.path];
  });
  const trusted = [callerTrusts, providerTrusts].flatMap((trust) => ('from' in trust ? [trust.from.path] : []));
  return [...shown, ...trusted];
}

function heldIn(content: FileContent, kubeconfigs: ReadonlyMap<string, PlannedKubeconfig>): readonly string[] {
  switch (content.kind) {
    case 'certificate':
    case 'certificate-key':
      return [heldKey('certificate', content.certificate)];
    case 'authorities':
      return content.authorities.map((id) => heldKey('authority', id));
    case 'authority-key':
      return [heldKey('authority-key', content.authority)];
    case 'key-pair-private':
    case 'key-pair-public':
      return [heldKey('key-pair', content.keyPair)];
    case 'kubeconfig': {
      const kubeconfig = kubeconfigs.get(content.kubeconfig);
      if (kubeconfig === undefined) return [];
      const {credential, trusts} = kubeconfig;
      return [
        heldKey('kubeconfig', content.kubeconfig),
        ...(credential.kind === 'certificate' ? [heldKey('certificate', credential.certificate)] : []),
        ...trusts.map((id) => heldKey('authority', id)),
      ];
    }
    case 'flags':
    case 'yaml':
    case 'token-secret':
    case 'cluster-info':
    case 'join-command':
      return [];
    default:
      return content satisfies never;
  }
}

function byKey<Item>(items: readonly Item[], key: (item: Item) => string): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [key(item), item]));
}

class Groups<Item> {
  readonly all = new Map<string, Item[]>();

  /** Once, however often in a row: both ends of a connection may read one file. */
  add(key: string, item: Item): void {
    const group = this.all.get(key);
    if (group === undefined) this.all.set(key, [item]);
    else if (group.at(-1) !== item) group.push(item);
  }
}

import type {
  Advice,
  Blueprint,
  PlannedAuthority,
  PlannedCertificate,
  PlannedComponent,
  PlannedConnection,
  PlannedFile,
  PlannedFlag,
  PlannedKeyPair,
} from '../../src/pki/blueprint-types.ts';
import {sentence} from '../parts/text.ts';
import type {TreeItem} from '../parts/tree-state.ts';
import {count, usagesText} from '../../src/report/words.ts';
import {urlHost} from '../../src/base/address.ts';

/** What a row of the preview is about: enough to write its details. */
export type About =
  | {readonly kind: 'authority'; readonly authority: PlannedAuthority}
  | {readonly kind: 'certificate'; readonly certificate: PlannedCertificate}
  | {readonly kind: 'key-pair'; readonly keyPair: PlannedKeyPair}
  | {readonly kind: 'connection'; readonly connection: PlannedConnection}
  | {readonly kind: 'component'; readonly component: PlannedComponent}
  | {readonly kind: 'flag'; readonly flag: PlannedFlag; readonly component: PlannedComponent}
  | {readonly kind: 'file'; readonly file: PlannedFile}
  | {readonly kind: 'advice'; readonly advice: Advice}
  | {readonly kind: 'group'; readonly title: string; readonly why: string};

export type PreviewItem = TreeItem<About>;

/** Certificates under the authority that signs them; intermediates under their root. */
export function itemsByAuthority(blueprint: Blueprint): readonly PreviewItem[] {
  const signed = Map.groupBy(blueprint.certificates, ({authority}) => authority);
  const below = (above: string | undefined): readonly PreviewItem[] =>
    blueprint.authorities
      .filter(({signedBy}) => signedBy === above)
      .map((authority) => ({
        id: authority.id,
        cells: [authority.id, authority.brought === undefined ? 'authority' : 'brought', ''],
        as: 'title',
        about: {kind: 'authority', authority},
        children: [...below(authority.id), ...(signed.get(authority.id) ?? []).map(certificateItem)],
      }));
  return [...below(undefined), ...blueprint.keyPairs.map(keyPairItem)];
}

/** Certificates under the node that they are for. */
export function itemsByNode(blueprint: Blueprint): readonly PreviewItem[] {
  const held = Map.groupBy(blueprint.certificates, ({node}) => node);
  const nodes = blueprint.nodes.map((node): PreviewItem => {
    const certificates = held.get(node.name) ?? [];
    return {
      id: `node ${node.name}`,
      cells: [node.name, node.roles.join(', '), count(certificates.length, 'certificate')],
      as: 'title',
      about: {kind: 'group', title: node.name, why: `Reached at ${node.addresses.join(', ')}`},
      children: certificates.map(certificateItem),
    };
  });
  const people = held.get(undefined) ?? [];
  const persons: PreviewItem = {
    id: 'people',
    cells: ['people', '', count(people.length, 'certificate')],
    as: 'title',
    about: {kind: 'group', title: 'People', why: 'Certificates of users; they belong to no node.'},
    children: people.map(certificateItem),
  };
  const pairs = blueprint.keyPairs.map(keyPairItem);
  return people.length === 0 ? [...nodes, ...pairs] : [...nodes, persons, ...pairs];
}

/** Connections, those of one kind together. */
export function connectionItems(blueprint: Blueprint): readonly PreviewItem[] {
  const kinds = Map.groupBy(blueprint.connections, ({id}) => id);
  return [...kinds.values()].flatMap((same): readonly PreviewItem[] => {
    const [first] = same;
    if (first === undefined) return [];
    const title = connectionTitle(first);
    if (same.length === 1) {
      return [{...connectionItem(first, 0), cells: [title, hostAndPort(first), howWord(first)]}];
    }
    return [
      {
        id: first.id,
        cells: [title, count(same.length, 'connection'), howWord(first)],
        about: {kind: 'group', title: callerAndProvider(first), why: first.why},
        children: same.map(connectionItem),
      },
    ];
  });
}

export function flagItems(blueprint: Blueprint): readonly PreviewItem[] {
  const byNode = Map.groupBy(blueprint.components, ({node}) => node);
  return [...byNode].map(([node, components]) => ({
    id: `node ${node}`,
    cells: [node, count(components.length, 'component')],
    as: 'title',
    about: {kind: 'group', title: node, why: 'The components that run on this node.'},
    children: components.map((component) => ({
      id: `${node} ${component.component}`,
      cells: [component.component, flagCount(component)],
      about: {kind: 'component', component},
      children: [...component.flags, ...component.settings].map((flag, index) => ({
        id: `${node} ${component.component} ${index}`,
        cells: [flag.name, flag.value],
        about: {kind: 'flag', flag, component},
      })),
    })),
  }));
}

/** Files as they will lie in the bundle: by node, then what belongs to none. */
export function fileItems(blueprint: Blueprint): readonly PreviewItem[] {
  const folders = Map.groupBy(blueprint.files, folderOf);
  return [...folders].map(([folder, files]) => ({
    id: folder,
    cells: [folder, count(files.length, 'file')],
    as: 'title',
    about: {kind: 'group', title: folder, why: folderReason(folder)},
    children: files.map((file) => ({
      id: file.path,
      cells: [file.target ?? file.path.slice(folder.length), modeWord(file.mode)],
      about: {kind: 'file', file},
    })),
  }));
}

export function adviceItems(blueprint: Blueprint): readonly PreviewItem[] {
  return blueprint.advice.map((advice, index) => ({
    id: String(index),
    cells: [sentence(advice.message)],
    as: 'warn',
    about: {kind: 'advice', advice},
  }));
}

export function modeWord(mode: number): string {
  return `0${mode.toString(8)}`;
}

/** `kube-apiserver`, on its node where the end has one. */
export function endWord({component, node}: PlannedConnection['caller']): string {
  return node === undefined ? component : `${component} on ${node}`;
}

function callerAndProvider({caller, provider}: PlannedConnection): string {
  return `${caller.component} → ${provider.component}`;
}

export function hostAndPort({host, port}: {readonly host: string; readonly port: number}): string {
  return `${urlHost(host)}:${port}`;
}

function certificateItem(certificate: PlannedCertificate): PreviewItem {
  return {
    id: certificate.name,
    cells: [certificate.name, certificate.subject.commonName, usagesText(certificate.usages)],
    about: {kind: 'certificate', certificate},
  };
}

function keyPairItem(keyPair: PlannedKeyPair): PreviewItem {
  return {
    id: `pair ${keyPair.id}`,
    cells: [keyPair.id, 'key pair', 'no certificate'],
    as: 'title',
    about: {kind: 'key-pair', keyPair},
  };
}

function connectionItem(connection: PlannedConnection, index: number): PreviewItem {
  const {caller, provider} = connection;
  const ends = `${caller.node ?? caller.component} → ${provider.node ?? provider.component}`;
  return {
    id: `${connection.id} ${index}`,
    cells: [ends, hostAndPort(connection), howWord(connection)],
    about: {kind: 'connection', connection},
  };
}

/** `apiserver → etcd`: short, and no two kinds of connection share it. */
export function connectionTitle({id}: PlannedConnection): string {
  return id.replace('-to-', ' → ');
}

/** What TLS proves on it, in the words that the proof will use. */
function howWord({credential, callerTrusts}: PlannedConnection): string {
  if ('notVerified' in callerTrusts) return 'server unverified';
  if ('certificate' in credential) return 'mutual';
  return 'token' in credential ? 'server + token' : 'server only';
}

function flagCount({flags, settings}: PlannedComponent): string {
  const parts = [count(flags.length, 'flag')];
  return settings.length === 0 ? parts.join('') : [...parts, count(settings.length, 'setting')].join(', ');
}

/** `nodes/cp-1/`, `authorities/`. */
function folderOf({path, node}: PlannedFile): string {
  return node === undefined ? `${path.split('/')[0] ?? ''}/` : `nodes/${node}/`;
}

function folderReason(folder: string): string {
  if (folder.startsWith('nodes/')) return 'Exactly the files that this node needs; rootfs/ is laid over its /.';
  switch (folder) {
    case 'authorities/':
      return 'Every authority with its key. The keys are meant for cold storage.';
    case 'bootstrap/':
      return 'What lets further nodes join.';
    case 'users/':
      return 'Kubeconfigs for people.';
    default:
      return 'Files that belong to no node.';
  }
}

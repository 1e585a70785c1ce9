import type {
  Blueprint,
  PlannedCertificate,
  PlannedComponent,
  PlannedConnection,
  PlannedFile,
  PlannedKeyPair,
} from '../pki/blueprint-types.ts';
import {heldKey, type BlueprintIndex} from './blueprint-index.ts';
import type {Thing} from './thing.ts';
import {connectionTitle, contentKind, hostAndPort, howWord} from './thing-words.ts';
import {count, modeText, usagesText} from './words.ts';

/** A row of a view, with the rows under it. */
export interface PreviewRow {
  /** Unique in its view. */
  readonly id: string;
  /** One text a column. */
  readonly cells: readonly string[];
  readonly thing: Thing;
  readonly children?: readonly PreviewRow[];
}

/** The views of one blueprint, in the order of their digits. */
export const previewViews = ['certificates', 'connections', 'flags', 'files', 'advice'] as const;
export type PreviewViewId = (typeof previewViews)[number];

export const viewTitles: Readonly<Record<PreviewViewId, string>> = {
  certificates: 'Certificates',
  connections: 'Connections',
  flags: 'Flags',
  files: 'Files',
  advice: 'Advice',
};

/** @param isByNode certificates under their node instead of their authority */
export function previewRows(index: BlueprintIndex, view: PreviewViewId, isByNode: boolean): readonly PreviewRow[] {
  switch (view) {
    case 'certificates':
      return isByNode ? rowsByNode(index.of) : rowsByAuthority(index);
    case 'connections':
      return connectionRows(index.of);
    case 'flags':
      return flagRows(index.of);
    case 'files':
      return fileRows(index);
    case 'advice':
      return index.of.advice.map((advice, place) => ({
        id: String(place),
        cells: [advice.message],
        thing: {kind: 'advice', advice},
      }));
    default:
      return view satisfies never;
  }
}

/** Certificates under the authority that signs them; intermediates under their root. */
function rowsByAuthority({of, signedBy}: BlueprintIndex): readonly PreviewRow[] {
  const below = (above: string | undefined): readonly PreviewRow[] =>
    of.authorities
      .filter((authority) => authority.signedBy === above)
      .map((authority) => ({
        id: authority.id,
        cells: [authority.id, authority.brought === undefined ? 'authority' : 'brought', ''],
        thing: {kind: 'authority', authority},
        children: [...below(authority.id), ...(signedBy.get(authority.id) ?? []).map(certificateRow)],
      }));
  return [...below(undefined), ...of.keyPairs.map(keyPairRow)];
}

/** Certificates under the node that they are for. */
function rowsByNode(blueprint: Blueprint): readonly PreviewRow[] {
  const held = Map.groupBy(blueprint.certificates, ({node}) => node);
  const nodes = blueprint.nodes.map(({name, addresses, roles}): PreviewRow => {
    const certificates = held.get(name) ?? [];
    return groupRow({
      id: `node ${name}`,
      cells: [name, roles.join(', '), count(certificates.length, 'certificate')],
      title: name,
      why: `Reached at ${addresses.join(', ')}`,
      names: addresses,
      children: certificates.map(certificateRow),
    });
  });
  const people = held.get(undefined) ?? [];
  const persons = groupRow({
    id: 'people',
    cells: ['people', '', count(people.length, 'certificate')],
    title: 'People',
    why: 'Certificates of users; they belong to no node.',
    children: people.map(certificateRow),
  });
  const pairs = blueprint.keyPairs.map(keyPairRow);
  return people.length === 0 ? [...nodes, ...pairs] : [...nodes, persons, ...pairs];
}

/** Connections, those of one kind together. */
function connectionRows(blueprint: Blueprint): readonly PreviewRow[] {
  const kinds = Map.groupBy(blueprint.connections, ({id}) => id);
  return [...kinds.values()].flatMap((same): readonly PreviewRow[] => {
    const [first] = same;
    if (first === undefined) return [];
    const title = connectionTitle(first);
    if (same.length === 1) {
      return [{...connectionRow(first, 0), cells: [title, hostAndPort(first), howWord(first)]}];
    }
    const {id, caller, provider, why} = first;
    const cells = [title, count(same.length, 'connection'), howWord(first)];
    const ends = `${caller.component} → ${provider.component}`;
    return [groupRow({id, cells, title: ends, why, children: same.map(connectionRow)})];
  });
}

function flagRows(blueprint: Blueprint): readonly PreviewRow[] {
  const byNode = Map.groupBy(blueprint.components, ({node}) => node);
  const addresses = new Map(blueprint.nodes.map((node) => [node.name, node.addresses]));
  return [...byNode].map(([node, components]) =>
    groupRow({
      id: `node ${node}`,
      cells: [node, count(components.length, 'component')],
      title: node,
      why: 'The components that run on this node.',
      names: addresses.get(node) ?? [],
      children: components.map((component) => ({
        id: `${node} ${component.component}`,
        cells: [component.component, flagCount(component)],
        thing: {kind: 'component', component},
        children: [...component.flags, ...component.settings].map((flag) => ({
          id: `${node} ${component.component} ${flag.name}`,
          cells: [flag.name, flag.value],
          thing: {kind: 'flag', flag, component},
        })),
      })),
    }),
  );
}

/** Files as they will lie in the bundle: by node, then what belongs to none. */
function fileRows(index: BlueprintIndex): readonly PreviewRow[] {
  const folders = Map.groupBy(index.of.files, folderOf);
  return [...folders].map(([folder, files]) =>
    groupRow({
      id: folder,
      cells: [folder, count(files.length, 'file'), folder === 'authorities/' ? 'goes to no node' : ''],
      title: folder,
      why: folderReason(folder),
      children: files.map((file) => ({
        id: file.path,
        cells: [file.target ?? file.path.slice(folder.length), modeText(file.mode), stayWord(index, file)],
        thing: {kind: 'file', file},
      })),
    }),
  );
}

function groupRow({
  id,
  cells,
  title,
  why,
  names = [],
  children,
}: Pick<PreviewRow, 'id' | 'cells'> & {
  readonly title: string;
  readonly why: string;
  readonly names?: readonly string[];
  readonly children: readonly PreviewRow[];
}): PreviewRow {
  return {id, cells, thing: {kind: 'group', title, why, names, members: children.map(({thing}) => thing)}, children};
}

/** The nodes that get a copy of an authority's key; none = it never leaves the authority folder. */
export function nodesWithKey({filesHolding}: BlueprintIndex, authority: string): readonly string[] {
  return (filesHolding.get(heldKey('authority-key', authority)) ?? []).flatMap(({node}) => node ?? []);
}

function stayWord(index: BlueprintIndex, {content, node}: PlannedFile): string {
  const kind = contentKind(content);
  if (content.kind !== 'authority-key' || node !== undefined) return kind;
  const nodes = nodesWithKey(index, content.authority).length;
  return nodes === 0 ? `${kind}, stays here` : `${kind}, also on ${count(nodes, 'node')}`;
}

function certificateRow(certificate: PlannedCertificate): PreviewRow {
  return {
    id: certificate.name,
    cells: [certificate.name, certificate.subject.commonName, usagesText(certificate.usages)],
    thing: {kind: 'certificate', certificate},
  };
}

function keyPairRow(keyPair: PlannedKeyPair): PreviewRow {
  return {
    id: `pair ${keyPair.id}`,
    cells: [keyPair.id, 'key pair', 'no certificate'],
    thing: {kind: 'key-pair', keyPair},
  };
}

function connectionRow(connection: PlannedConnection, place: number): PreviewRow {
  const {caller, provider, credential} = connection;
  const isPerson = caller.component === 'kubectl' && 'certificate' in credential;
  const from = isPerson ? credential.certificate : (caller.node ?? caller.component);
  const ends = `${from} → ${provider.node ?? provider.component}`;
  return {
    id: `${connection.id} ${place}`,
    cells: [ends, hostAndPort(connection), howWord(connection)],
    thing: {kind: 'connection', connection},
  };
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
      return 'Every authority with its key, meant for cold storage: the folder goes to no node.';
    case 'bootstrap/':
      return 'What lets further nodes join.';
    case 'users/':
      return 'Kubeconfigs for people.';
    default:
      return 'Files that belong to no node.';
  }
}

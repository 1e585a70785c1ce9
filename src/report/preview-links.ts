import type {PlannedCertificate, PlannedComponent, PlannedConnection, PlannedFile} from '../pki/blueprint-types.ts';
import {rootfs} from '../pki/files.ts';
import {certificateName} from '../pki/survey.ts';
import {heldKey, pathsOf, type BlueprintIndex, type OwnedFlag} from './blueprint-index.ts';
import {
  authoritiesUnder,
  authorityLinks,
  certificateLink,
  componentLink,
  connectionLinks,
  fileLinks,
  flagLinks,
  keyPairLinks,
  type Link,
} from './link.ts';
import type {Thing} from './preview-rows.ts';

export interface LinkGroup {
  /** What the things are to the one that they are linked from: `Signed by`, `Flags`. */
  readonly label: string;
  readonly links: readonly Link[];
  /** Further ones that are not listed. */
  readonly more: number;
}

/** An authority of a thousand nodes has signed thousands; the views list them all. */
const mostLinks = 40;

/** Where one can go on to from a thing; groups without links are left out. */
export function linksOf(index: BlueprintIndex, thing: Thing): readonly LinkGroup[] {
  return groupsOf(index, thing)
    .filter(([, links]) => links.length > 0)
    .map(([label, links]) => ({
      label,
      links: links.slice(0, mostLinks),
      more: Math.max(0, links.length - mostLinks),
    }));
}

type Group = readonly [label: string, links: readonly Link[]];

function groupsOf(index: BlueprintIndex, thing: Thing): readonly Group[] {
  switch (thing.kind) {
    case 'authority': {
      const {id, signedBy} = thing.authority;
      return [
        ['Signed by', authorityLinks(index, signedBy === undefined ? [] : [signedBy])],
        ['Key files', fileLinks(index.filesHolding.get(heldKey('authority-key', id)))],
        ['Signs', [...authoritiesUnder(index, id), ...(index.signedBy.get(id) ?? []).map(certificateLink)]],
        ['Trusted in', fileLinks(index.filesHolding.get(heldKey('authority', id)))],
      ];
    }
    case 'certificate':
      return certificateGroups(index, thing.certificate);
    case 'key-pair': {
      const files = index.filesHolding.get(heldKey('key-pair', thing.keyPair.id)) ?? [];
      return [
        ['Files', fileLinks(files)],
        ['Flags', flagLinks(files.flatMap(({path}) => index.flagsNaming.get(path) ?? []))],
      ];
    }
    case 'connection':
      return connectionGroups(index, thing.connection);
    case 'component':
      return componentGroups(index, thing.component);
    case 'flag': {
      const {flag, component} = thing;
      const file = flag.value.startsWith('/') ? index.files.get(rootfs(component.node, flag.value)) : undefined;
      return [
        ['Of', [componentLink(component)]],
        ['Names', fileLinks(file === undefined ? [] : [file])],
        ['Comes from', rowLinks(index, thing)],
        ['Connections', connectionLinks(file === undefined ? [] : usesThrough(index, thing, file))],
      ];
    }
    case 'file':
      return fileGroups(index, thing.file);
    case 'advice':
    case 'group':
      return [];
    default:
      return thing satisfies never;
  }
}

function certificateGroups(index: BlueprintIndex, {name, authority, chain}: PlannedCertificate): readonly Group[] {
  const files = index.filesHolding.get(heldKey('certificate', name)) ?? [];
  return [
    ['Signed by', authorityLinks(index, [authority])],
    [
      'Goes with',
      authorityLinks(
        index,
        chain.filter((id) => id !== authority),
      ),
    ],
    ['Files', fileLinks(files.filter(({content}) => content.kind !== 'kubeconfig'))],
    ['Kubeconfig', fileLinks(files.filter(({content}) => content.kind === 'kubeconfig'))],
    ['Flags', flagLinks(files.flatMap(({path}) => index.flagsNaming.get(path) ?? []))],
    ['Connections', connectionLinks(index.connectionsShowing.get(name))],
  ];
}

function connectionGroups(index: BlueprintIndex, connection: PlannedConnection): readonly Group[] {
  const {caller, provider, presents, credential, callerTrusts, providerTrusts} = connection;
  const shown = (end: typeof presents | typeof credential): readonly Link[] => {
    const certificate = 'certificate' in end ? index.certificates.get(end.certificate) : undefined;
    return certificate === undefined ? [] : [certificateLink(certificate)];
  };
  const trusted = (trust: typeof callerTrusts): readonly Link[] =>
    'from' in trust ? fileLinks([index.files.get(trust.from.path)].filter((file) => file !== undefined)) : [];
  const listed = new Set([callerTrusts, providerTrusts].flatMap((trust) => ('from' in trust ? trust.from.path : [])));
  const others = pathsOf(connection).filter((path) => !listed.has(path));
  const ends = [caller, provider].flatMap(
    ({component, node}) => index.components.get(`${node ?? ''}/${component}`) ?? [],
  );
  return [
    ['Provider shows', shown(presents)],
    ['Caller trusts', trusted(callerTrusts)],
    ['Caller shows', shown(credential)],
    ['Provider trusts', trusted(providerTrusts)],
    ['Ends', [...new Set(ends)].map(componentLink)],
    ['Files read', fileLinks([...new Set(others)].flatMap((path) => index.files.get(path) ?? []))],
  ];
}

function componentGroups(index: BlueprintIndex, component: PlannedComponent): readonly Group[] {
  const {node, flags, settings} = component;
  const named = new Set([...flags, ...settings].flatMap(({value}) => (value.startsWith('/') ? value : [])));
  return [
    ['Files', fileLinks([...named].flatMap((target) => index.files.get(rootfs(node, target)) ?? []))],
    ['Its flags', fileLinks([index.files.get(`nodes/${node}/flags/${component.component}.flags`)].filter(isThere))],
    ['Connections', connectionLinks(index.connectionsOf.get(`${node}/${component.component}`))],
  ];
}

function fileGroups(index: BlueprintIndex, file: PlannedFile): readonly Group[] {
  const {content, path} = file;
  const named = index.flagsNaming.get(path) ?? [];
  return [
    ['Holds', heldLinks(index, file)],
    ['Flags', flagLinks(named)],
    ['Connections', connectionLinks(index.connectionsReading.get(path))],
    [
      'Read by',
      content.kind === 'flags'
        ? [index.components.get(`${content.node}/${content.component}`)].filter(isThere).map(componentLink)
        : [...new Set(named.map(({component}) => component))].map(componentLink),
    ],
  ];
}

/** What is in the file, as far as it is a thing of its own. */
function heldLinks(index: BlueprintIndex, {content}: PlannedFile): readonly Link[] {
  switch (content.kind) {
    case 'certificate':
    case 'certificate-key':
      return [index.certificates.get(content.certificate)].filter(isThere).map(certificateLink);
    case 'authorities':
      return authorityLinks(index, content.authorities);
    case 'authority-key':
      return authorityLinks(index, [content.authority]);
    case 'key-pair-private':
    case 'key-pair-public':
      return keyPairLinks(index, content.keyPair);
    case 'kubeconfig': {
      const kubeconfig = index.kubeconfigs.get(content.kubeconfig);
      if (kubeconfig === undefined) return [];
      const {credential, trusts} = kubeconfig;
      const shown = credential.kind === 'certificate' ? index.certificates.get(credential.certificate) : undefined;
      return [...(shown === undefined ? [] : [certificateLink(shown)]), ...authorityLinks(index, trusts)];
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

/** The catalogue's row that a flag was derived from: a certificate of its node, an authority, or the key pair. */
function rowLinks(index: BlueprintIndex, {flag, component}: OwnedFlag): readonly Link[] {
  const {row} = flag;
  if (row === undefined) return [];
  const certificate = index.certificates.get(certificateName(row, {node: component.node}));
  if (certificate !== undefined) return [certificateLink(certificate)];
  if (index.authorities.has(row)) return authorityLinks(index, [row]);
  return keyPairLinks(index, row);
}

/** Connections that go through this flag: those that read its file and, for a file that verifies, name this flag. */
function usesThrough(
  index: BlueprintIndex,
  {flag, component}: OwnedFlag,
  {path}: PlannedFile,
): readonly PlannedConnection[] {
  const isMine = ({component: id, node}: PlannedConnection['caller']): boolean =>
    id === component.component && node === component.node;
  return (index.connectionsReading.get(path) ?? []).filter((connection) => {
    const {caller, provider, presents, credential, callerTrusts, providerTrusts} = connection;
    const sides = [
      {end: caller, shows: credential, trusts: callerTrusts},
      {end: provider, shows: presents, trusts: providerTrusts},
    ];
    return sides.some(({end, shows, trusts}) => {
      if (!isMine(end)) return false;
      if ('from' in trusts && trusts.from.path === path) return trusts.by === flag.name || trusts.from.kind !== 'file';
      return 'from' in shows && JSON.stringify(shows.from).includes(JSON.stringify(path));
    });
  });
}

function isThere<Value>(value: Value | undefined): value is Value {
  return value !== undefined;
}

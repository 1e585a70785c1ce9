import type {PlannedCertificate, PlannedComponent, PlannedConnection, PlannedFile} from '../pki/blueprint-types.ts';
import {rootfs} from '../pki/files.ts';
import {certificateName} from '../pki/survey.ts';
import {heldKey, pathsOf, type BlueprintIndex, type OwnedFlag} from './blueprint-index.ts';
import {usesThrough} from './flag-uses.ts';
import {
  authoritiesUnder,
  authorityLinks,
  certificateLink,
  componentLink,
  connectionLink,
  fileLink,
  flagLink,
  keyPairLinks,
  linkTo,
  type Link,
} from './link.ts';
import type {Thing} from './thing.ts';

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
  return groupsOf(index, thing).filter(({links}) => links.length > 0);
}

/** Only what is listed is made: some groups have thousands, and they are asked for with every key. */
function group<Item>(label: string, items: readonly Item[] | undefined, link: (item: Item) => Link): LinkGroup {
  const all = items ?? [];
  return {label, links: all.slice(0, mostLinks).map(link), more: Math.max(0, all.length - mostLinks)};
}

function listed(label: string, links: readonly Link[]): LinkGroup {
  return group(label, links, (link) => link);
}

function groupsOf(index: BlueprintIndex, thing: Thing): readonly LinkGroup[] {
  switch (thing.kind) {
    case 'authority': {
      const {id, signedBy} = thing.authority;
      return [
        listed('Signed by', authorityLinks(index, signedBy === undefined ? [] : [signedBy])),
        group('Key files', index.filesHolding.get(heldKey('authority-key', id)), fileLink),
        listed('Below it', authoritiesUnder(index, id)),
        group('Signs', index.signedBy.get(id), certificateLink),
        group('Trusted in', index.filesHolding.get(heldKey('authority', id)), fileLink),
      ];
    }
    case 'certificate':
      return certificateGroups(index, thing.certificate);
    case 'key-pair': {
      const files = index.filesHolding.get(heldKey('key-pair', thing.keyPair.id)) ?? [];
      return [
        group('Files', files, fileLink),
        group(
          'Flags',
          files.flatMap(({path}) => index.flagsNaming.get(path) ?? []),
          flagLink,
        ),
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
        listed('Of', [componentLink(component)]),
        group('Names', file === undefined ? [] : [file], fileLink),
        listed('Comes from', rowLinks(index, thing)),
        group('Connections', file === undefined ? [] : usesThrough(index, thing, file), connectionLink),
      ];
    }
    case 'file':
      return fileGroups(index, thing.file);
    case 'group':
      return [group('Holds', thing.members, linkTo)];
    case 'advice':
      return [];
    default:
      return thing satisfies never;
  }
}

function certificateGroups(index: BlueprintIndex, {name, authority, chain}: PlannedCertificate): readonly LinkGroup[] {
  const files = index.filesHolding.get(heldKey('certificate', name)) ?? [];
  return [
    listed('Signed by', authorityLinks(index, [authority])),
    listed(
      'Goes with',
      authorityLinks(
        index,
        chain.filter((id) => id !== authority),
      ),
    ),
    group(
      'Files',
      files.filter(({content}) => content.kind !== 'kubeconfig'),
      fileLink,
    ),
    group(
      'Kubeconfig',
      files.filter(({content}) => content.kind === 'kubeconfig'),
      fileLink,
    ),
    group(
      'Flags',
      files.flatMap(({path}) => index.flagsNaming.get(path) ?? []),
      flagLink,
    ),
    group('Connections', index.connectionsShowing.get(name), connectionLink),
  ];
}

function connectionGroups(index: BlueprintIndex, connection: PlannedConnection): readonly LinkGroup[] {
  const {caller, provider, presents, credential, callerTrusts, providerTrusts} = connection;
  const shown = (end: typeof presents | typeof credential): readonly Link[] => {
    const certificate = 'certificate' in end ? index.certificates.get(end.certificate) : undefined;
    return certificate === undefined ? [] : [certificateLink(certificate)];
  };
  const trusted = (trust: typeof callerTrusts): readonly Link[] =>
    'from' in trust ? [index.files.get(trust.from.path)].filter(isThere).map(fileLink) : [];
  const verifying = new Set(
    [callerTrusts, providerTrusts].flatMap((trust) => ('from' in trust ? trust.from.path : [])),
  );
  const others = pathsOf(connection).filter((path) => !verifying.has(path));
  const ends = [caller, provider].flatMap(
    ({component, node}) => index.components.get(`${node ?? ''}/${component}`) ?? [],
  );
  return [
    listed('Provider shows', shown(presents)),
    listed('Caller trusts', trusted(callerTrusts)),
    listed('Caller shows', shown(credential)),
    listed('Provider trusts', trusted(providerTrusts)),
    listed('Ends', [...new Set(ends)].map(componentLink)),
    group(
      'Files read',
      [...new Set(others)].flatMap((path) => index.files.get(path) ?? []),
      fileLink,
    ),
  ];
}

function componentGroups(index: BlueprintIndex, component: PlannedComponent): readonly LinkGroup[] {
  const {node, flags, settings} = component;
  const named = new Set([...flags, ...settings].flatMap(({value}) => (value.startsWith('/') ? value : [])));
  return [
    group(
      'Files',
      [...named].flatMap((target) => index.files.get(rootfs(node, target)) ?? []),
      fileLink,
    ),
    group('Its flags', [index.files.get(`nodes/${node}/flags/${component.component}.flags`)].filter(isThere), fileLink),
    group('Connections', index.connectionsOf.get(`${node}/${component.component}`), connectionLink),
  ];
}

function fileGroups(index: BlueprintIndex, file: PlannedFile): readonly LinkGroup[] {
  const {content, path} = file;
  const named = index.flagsNaming.get(path) ?? [];
  return [
    listed('Holds', heldLinks(index, file)),
    group('Flags', named, flagLink),
    group('Connections', index.connectionsReading.get(path), connectionLink),
    listed(
      'Read by',
      content.kind === 'flags'
        ? [index.components.get(`${content.node}/${content.component}`)].filter(isThere).map(componentLink)
        : [...new Set(named.map(({component}) => component))].map(componentLink),
    ),
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

function isThere<Value>(value: Value | undefined): value is Value {
  return value !== undefined;
}

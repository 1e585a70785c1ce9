import {addressIn, endOfUrl, isAddress, normalizeAddress, parseSubnet} from '../base/address.ts';
import type {ComponentId} from '../pki/blueprint-types.ts';
import {flagOf} from './found-component.ts';
import type {Held} from './held.ts';
import type {Holding} from './holdings.ts';
import type {NodeFound} from './inventory.ts';
import {componentsNamed, valueOf} from './rules/rule.ts';
import {wellKnownKubeconfigs} from './well-known.ts';

/** A name or address that callers dial, and who does. */
export interface WantedName {
  /** Lower case, no brackets; an address in its normal form. */
  readonly host: string;
  /** What says so: a flag, a kubeconfig's path, `every pod`. */
  readonly by: string;
}

/**
 * The names that a serving certificate of this node needs, each as often as somebody dials it, whether or not the
 * certificate has them. Empty for one that no component shows.
 */
export function wantedNames(found: NodeFound, held: Held): readonly WantedName[] {
  if (held.at.entry !== undefined || held.at.place !== 0) return [];
  const wanted = held.holding.users.flatMap(({component, flag}) => namesFor(found, held, component, flag));
  const told = new Map(
    wanted.map(({host, by}) => [`${host} ${by}`, {host: normalizeAddress(host) ?? host.toLowerCase(), by}]),
  );
  return [...told.values()];
}

function namesFor(found: NodeFound, held: Held, component: ComponentId, flag: string): readonly WantedName[] {
  const serving = `${component} ${flag}`;
  switch (serving) {
    case 'kube-apiserver --tls-cert-file':
      return withMoved(found, held, apiserverNames(found, held), advertised(found));
    case 'etcd --cert-file': {
      const told = urlsOf(found, 'etcd', '--advertise-client-urls');
      return withMoved(found, held, etcdNames(found, told), told);
    }
    case 'etcd --peer-cert-file': {
      const told = urlsOf(found, 'etcd', '--initial-advertise-peer-urls');
      return withMoved(found, held, told, told);
    }
    case 'kubelet tlsCertFile':
    case 'kubelet --tls-cert-file':
      return kubeletNames(found);
    default:
      return [];
  }
}

/**
 * A machine that has none of the addresses which its certificate names and its flags advertise has moved: its own is
 * wanted now. That a machine has further addresses says nothing, for bridges and tunnels have some too.
 */
function withMoved(
  {addresses}: NodeFound,
  {certificate}: Held,
  wanted: readonly WantedName[],
  told: readonly WantedName[],
): readonly WantedName[] {
  const known = [...told.map(({host}) => host), ...certificate.sans.map(({value}) => value)];
  const [own] = addresses;
  // A name that is advertised may lead anywhere.
  if (own === undefined || told.some(({host}) => !isAddress(host)) || addresses.some((each) => known.includes(each)))
    return wanted;
  return [...wanted, {host: own, by: ownAddress}];
}

/** Who dials a machine's own address when nothing else names it. */
export const ownAddress = 'whoever dials this machine by its address';

function advertised(found: NodeFound): readonly WantedName[] {
  const address = valueOf(found, 'kube-apiserver', '--advertise-address');
  return address === undefined ? [] : [{host: address, by: 'kube-apiserver --advertise-address'}];
}

function apiserverNames(found: NodeFound, held: Held): readonly WantedName[] {
  const ranges = (valueOf(found, 'kube-apiserver', '--service-cluster-ip-range') ?? '').split(',');
  return [
    ...advertised(found),
    // kubeadm itself names only the first family's service address.
    ...ranges.slice(0, 1).flatMap((range): WantedName[] => {
      const subnet = parseSubnet(range.trim());
      const address = subnet === undefined ? undefined : addressIn(subnet, 1);
      return address === undefined ? [] : [{host: address.text, by: 'every pod (the service address)'}];
    }),
    {host: 'kubernetes.default.svc', by: 'every pod'},
    ...found.holdings.flatMap((holding) =>
      (holding.kubeconfig?.config.clusters ?? []).flatMap(
        ({name, server, tlsServerName, skipsVerification}): WantedName[] => {
          const host = tlsServerName ?? hostOf(server);
          if (host === undefined || skipsVerification || !leadsHere(found, held, holding, name)) return [];
          return [{host, by: holding.path}];
        },
      ),
    ),
  ];
}

/** A kubeconfig that no component is given may be for another cluster: it is this one's when its authority signed. */
function leadsHere(found: NodeFound, held: Held, holding: Holding, cluster: string): boolean {
  if (holding.users.length > 0 || wellKnownKubeconfigs.includes(holding.path)) return true;
  return found
    .heldIn(holding)
    .some(
      ({at, certificate}) =>
        at.entry?.kind === 'cluster' &&
        at.entry.name === cluster &&
        found.signers.signed(held.certificate, certificate),
    );
}

/** The API server of this node dials its own member; other nodes dial what is advertised. */
function etcdNames(found: NodeFound, told: readonly WantedName[]): readonly WantedName[] {
  const own = new Set([...told, ...urlsOf(found, 'etcd', '--listen-client-urls')].map(({host}) => host));
  return [...told, ...urlsOf(found, 'kube-apiserver', '--etcd-servers').filter(({host}) => own.has(host))];
}

/** The API server takes one of a Node's addresses, and its flag says which; so one that is covered may do. */
function kubeletNames(found: NodeFound): readonly WantedName[] {
  return componentsNamed(found, 'kubelet').flatMap((kubelet) => [
    ...(flagOf(kubelet, '--node-ip') ?? '')
      .split(',')
      .filter((address) => isAddress(address) && !unspecified.has(address))
      .map((host) => ({host, by: 'kubelet --node-ip'})),
    ...[flagOf(kubelet, '--hostname-override')].flatMap((host) =>
      host === undefined ? [] : [{host, by: 'kubelet --hostname-override'}],
    ),
  ]);
}

/** `--node-ip` takes these for a family. */
const unspecified: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

function urlsOf(found: NodeFound, component: ComponentId, flag: string): readonly WantedName[] {
  return (valueOf(found, component, flag) ?? '').split(',').flatMap((url) => {
    const host = hostOf(url.trim());
    return host === undefined ? [] : [{host, by: `${component} ${flag}`}];
  });
}

/** The host of a URL, without brackets and in lower case. */
export function hostOf(server: string | undefined): string | undefined {
  return server === undefined ? undefined : endOfUrl(server)?.host;
}

/** Whether a certificate's names cover what is dialled, as Go looks at it: wildcards cover one label. */
export function covers(sans: readonly string[], host: string): boolean {
  const address = normalizeAddress(host);
  if (address !== undefined) return sans.includes(address);
  const name = host.toLowerCase();
  const parent = name.includes('.') ? `*${name.slice(name.indexOf('.'))}` : undefined;
  return sans.map((san) => san.toLowerCase()).some((san) => san === name || san === parent);
}

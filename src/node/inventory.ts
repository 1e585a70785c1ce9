import type {HeldAt, HeldCertificate, HeldComponent, HeldFile, Inventory, ServedCertificate} from '../pki/inventory.ts';
import {type OpenChange, openChange} from './change/journal.ts';
import {componentsOn} from './components.ts';
import type {Evidence, FoundComponent, UnreadFile} from './found-component.ts';
import {type Held, heldCertificates} from './held.ts';
import {type Holding, holdingsOf} from './holdings.ts';
import {identify} from './identify.ts';
import type {NodeRoot} from './root.ts';
import {type Signers, signersAmong} from './signers.ts';

/** A node as it was found: for the diagnosis everything, for whoever shows it the plain `Inventory`. */
export interface NodeFound {
  readonly components: readonly FoundComponent[];
  /** Manifests and configurations that lie where components are looked for, and say nothing. */
  readonly unread: readonly UnreadFile[];
  readonly holdings: readonly Holding[];
  readonly certificates: readonly Held[];
  /** Those of one file, its kubeconfig entries included. */
  readonly heldIn: (holding: Holding) => readonly Held[];
  /** By path. */
  readonly holdingAt: (path: string) => Holding | undefined;
  readonly signers: Signers;
  /** A change by Certwright that is under way, or was cut off. */
  readonly openChange: OpenChange | undefined;
  /** The node's own, the one that others dial first; empty when only its files are known. */
  readonly addresses: readonly string[];
}

export interface LookOptions {
  /** Whether the root is this machine's own: then its processes count too. */
  readonly isLive: boolean;
  /** Home folders whose `.kube/config` counts, absolute on the node. */
  readonly homes: readonly string[];
  /** This machine's own, where the root is this machine's; the one that others dial first. */
  readonly addresses?: readonly string[];
}

/** Looks at a node's files. Reads only; what cannot be read is a holding with the reason. */
export function lookAtNode(root: NodeRoot, {isLive, homes, addresses = []}: LookOptions): NodeFound {
  const unread = new Map<string, UnreadFile>();
  const components = componentsOn(root, isLive, (file) => unread.set(file.path, file));
  const holdings = withRefused(holdingsOf(root, components, homes), root.refused());
  const certificates = heldCertificates(holdings);
  const byHolding = Map.groupBy(certificates, ({holding}) => holding);
  const byPath = new Map(holdings.map((holding) => [holding.path, holding]));
  return {
    components,
    unread: [...unread.values()],
    holdings,
    certificates,
    heldIn: (holding) => byHolding.get(holding) ?? [],
    holdingAt: (path) => byPath.get(path),
    signers: signersAmong(certificates.map(({certificate}) => certificate)),
    openChange: openChange(root),
    addresses,
  };
}

/** Manifests, folders and kubeconfigs that this user may not look at are told like the files that he may not read. */
function withRefused(holdings: readonly Holding[], refused: readonly string[]): readonly Holding[] {
  const known = new Set(holdings.map(({path}) => path));
  const more = refused
    .filter((path) => !known.has(path))
    .map((path): Holding => {
      const found = {ok: false, why: 'not permitted'} as const;
      return {path, real: undefined, found, material: [], kubeconfig: undefined, users: []};
    });
  return more.length === 0
    ? holdings
    : [...holdings, ...more].toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

export function inventoryOf(
  {components, holdings, certificates, signers}: NodeFound,
  served: readonly ServedCertificate[] | undefined,
): Inventory {
  const places = placesOf(certificates);
  return {
    components: heldComponents(components),
    files: holdings.map(heldFile),
    certificates: certificates
      .map((held) => heldCertificate(held, signers, places))
      .toSorted((one, other) => Number(other.isAuthority) - Number(one.isAuthority)),
    served,
  };
}

/** One row a component and piece of evidence; a process of a component that a file starts too says that it runs. */
function heldComponents(components: readonly FoundComponent[]): readonly HeldComponent[] {
  const running = new Set(components.flatMap(({component, from}) => (from.kind === 'process' ? [component] : [])));
  const started = new Set(components.flatMap(({component, from}) => (from.kind === 'process' ? [] : [component])));
  return components
    .filter(({component, from}) => from.kind !== 'process' || !started.has(component))
    .map(({component, from}) => ({component, evidence: evidenceText(from), isRunning: running.has(component)}));
}

function evidenceText(from: Evidence): string {
  switch (from.kind) {
    case 'static-pod':
      return `static pod ${from.path}`;
    case 'unit':
      return `unit ${from.path}`;
    case 'process':
      return `process ${from.pid}`;
    case 'configuration':
      return `configuration ${from.path}`;
    default:
      return from satisfies never;
  }
}

function heldFile({path, real, found, material, kubeconfig, users}: Holding): HeldFile {
  const isEmpty = found.ok && kubeconfig === undefined && material.length === 0;
  return {
    path,
    real,
    state: found.ok ? (isEmpty ? 'empty' : 'read') : found.why,
    mode: found.ok ? found.mode : undefined,
    users,
  };
}

function heldCertificate(held: Held, signers: Signers, places: ReadonlyMap<string, HeldAt>): HeldCertificate {
  const {at, certificate, holding} = held;
  const {subject, issuer, serial, notBefore, notAfter, fingerprint, isAuthority, key, usages, sans} = certificate;
  const signer = signers.of(certificate);
  return {
    at,
    id: identify(held),
    isAuthority,
    subject: {commonName: subject.commonName, organizations: subject.organizations, text: subject.text},
    issuer: issuer.text,
    signedBy: signer === undefined ? undefined : signer === certificate ? at : places.get(signer.fingerprint),
    key: key.name,
    keyIdentifier: certificate.subjectKeyIdentifier,
    usages,
    sans: sans.map(({value}) => value),
    serial,
    notBefore,
    notAfter,
    fingerprint,
    users: holding.users,
  };
}

/** Where each certificate lies: in a file rather than in a kubeconfig, at its top rather than added to it, the first of several. */
function placesOf(certificates: readonly Held[]): ReadonlyMap<string, HeldAt> {
  const places = new Map<string, HeldAt>();
  for (const {at, certificate} of certificates) {
    const known = places.get(certificate.fingerprint);
    if (known === undefined || rankOf(at) < rankOf(known)) {
      places.set(certificate.fingerprint, at);
    }
  }
  return places;
}

function rankOf({entry, place}: HeldAt): number {
  return (entry === undefined ? 0 : 2) + Math.min(place, 1);
}

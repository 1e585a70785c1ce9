import {basename} from 'node:path';
import {type FileUser, isPutAside} from '../pki/inventory.ts';
import {type Held, holdsTokenKey, keyBeside} from './held.ts';
import type {Holding} from './holdings.ts';
import {identify} from './identify.ts';
import type {NodeFound} from './inventory.ts';
import {keyPathsOf} from './key-paths.ts';
import {asKubeletHasIt} from './kubelet-items.ts';
import {isCurrentPem} from './kubelet-places.ts';

/** A leaf of a node, and whether it can be renewed here. */
export type RenewalItem = {
  /** What a person calls it: kubeadm's name where it has one (`apiserver`, `admin.conf`), else its path. */
  readonly name: string;
  readonly held: Held;
  /** Who reads it. */
  readonly users: readonly FileUser[];
} & Judgement;

export type Judgement = Renewable | Remade | Blocked;

export interface Blocked {
  readonly kind: 'blocked';
  readonly why: string;
  readonly wayOn: string;
  /** Set where an authority elsewhere can sign its successor: what a request for it, and taking it back, need to know. */
  readonly elsewhere?: Asked;
}

/** A leaf that an authority elsewhere can be asked for. */
export interface Asked {
  /** undefined = its certificate is not on this node either. */
  readonly authority: Held | undefined;
  readonly key: Renewable['key'];
}

export interface Renewable {
  readonly kind: 'renewable';
  /** The certificate that signed it, and the file with that key. */
  readonly authority: Held;
  readonly authorityKey: string;
  /** Where its own key lies: a file beside it, the certificate's own file, or the same entry of a kubeconfig. */
  readonly key:
    | {readonly kind: 'file'; readonly path: string}
    | {readonly kind: 'same-file'}
    /** The kubelet's: in one file with it, a new one for every pair, behind a link. */
    | {readonly kind: 'rotating'}
    | {readonly kind: 'kubeconfig'};
}

/** Nobody signs it: its component makes another when it starts and finds neither it nor its key. */
export interface Remade {
  readonly kind: 'remade';
  readonly keyPath: string;
}

/** Every leaf that somebody shows, in the order of their paths; copies by links once. */
export function renewalItems(found: NodeFound): readonly RenewalItem[] {
  const seen = new Set<string>();
  return found.certificates.flatMap((held): RenewalItem[] => {
    const {at, certificate, holding} = held;
    if (at.place !== 0 || at.entry?.kind === 'cluster' || certificate.isAuthority || isPutAside(at)) return [];
    if (holdsTokenKey(held)) return [];
    const real = `${holding.real ?? at.path} ${at.entry?.name ?? ''}`;
    if (seen.has(real)) return [];
    seen.add(real);
    return [{name: nameOf(held), held, users: holding.users, ...asKubeletHasIt(found, held, judged(found, held))}];
  });
}

function judged(found: NodeFound, held: Held): Judgement {
  const {at, certificate, pin} = held;
  const signer = found.signers.of(certificate);
  const places = found.certificates.filter(({certificate: each}) => each.fingerprint === signer?.fingerprint);
  const authority = places.find((each) => each.at.entry === undefined) ?? places[0];
  const key = isCurrentPem(at.path) ? ({kind: 'rotating'} as const) : ownKey(found, held, pin);
  const asked = `ask that authority: certwright renew ${nameOf(held)} --requests DIR`;
  if (authority === undefined || authority.certificate === certificate) {
    return {
      kind: 'blocked',
      why: `the authority that signed it (${certificate.issuer.text}) is not on this node`,
      ...(key === undefined
        ? {wayOn: 'renew it where that authority is'}
        : {wayOn: asked, elsewhere: {authority: undefined, key}}),
    };
  }
  const authorityKey = found.holdings.find(
    ({material}) =>
      authority.pin !== undefined &&
      material.some(({kind, pin: each}) => kind === 'private-key' && each === authority.pin),
  );
  if (authorityKey === undefined) {
    return {
      kind: 'blocked',
      why: `the key of its authority (${authority.at.path}) is not on this node`,
      ...(key === undefined ? {wayOn: 'renew it where that key is'} : {wayOn: asked, elsewhere: {authority, key}}),
    };
  }
  return key === undefined
    ? {
        kind: 'blocked',
        why: 'no key that belongs to it lies beside it',
        wayOn: 'see where its key is: certwright check',
      }
    : {kind: 'renewable', authority, authorityKey: authorityKey.path, key};
}

function ownKey(found: NodeFound, held: Held, pin: string | undefined): Renewable['key'] | undefined {
  const {at} = held;
  const beside = keyBeside(held);
  if (at.entry !== undefined)
    return beside?.kind === 'private-key' && beside.pin === pin ? {kind: 'kubeconfig'} : undefined;
  if (beside?.kind === 'private-key' && beside.pin === pin) return {kind: 'same-file'};
  // A key that does not match is what a renewal mends, as long as it is the file that is read with the certificate.
  const path = keyPathsOf(found, at.path).find((each) => each !== at.path && isReplaceable(found.holdingAt(each)));
  return path === undefined ? undefined : {kind: 'file', path};
}

/** A key's file, or what a flag takes for it and holds none: another key may take its place. */
function isReplaceable(holding: Holding | undefined): boolean {
  if (holding === undefined) return false;
  const {found, material, users} = holding;
  if (material.some(({kind}) => kind === 'private-key' || kind === 'encrypted-key')) return true;
  const holdsNothing = found.ok ? material.length === 0 : found.why === 'missing';
  return holdsNothing && users.some(({use}) => use.holds === 'key');
}

/** As `kubeadm certs renew` names them; where several have one name, paths tell them apart. */
function nameOf(held: Held): string {
  const {at} = held;
  if (at.entry !== undefined) return at.path.startsWith('/etc/kubernetes/') ? basename(at.path) : at.path;
  return identify(held) ?? at.path;
}

import {Failure} from '../base/failure.ts';
import {Secret} from '../base/secret.ts';
import {readKubeconfig} from '../kubeconfig/read-kubeconfig.ts';
import {replaceCredentials} from '../kubeconfig/replace-credentials.ts';
import type {ComponentId} from '../pki/blueprint-types.ts';
import {pickUpOf} from '../pki/restarts.ts';
import type {NameOfSubject} from '../x509/extensions.ts';
import {type InspectedCertificate, inspectCertificate, publicKeyOf} from '../x509/inspect.ts';
import {type KeyPair, openPrivateKey, readPrivateKey, samePublicKey} from '../x509/keys.ts';
import {type Material, readMaterial} from '../x509/material.ts';
import {renewCertificate} from '../x509/renew.ts';
import type {FileWrite} from './change/change.ts';
import {absent, sumOf} from './change/disk.ts';
import {embeddedMaterial} from './holdings.ts';
import type {NodeFound} from './inventory.ts';
import {judgeRenewed} from './judge-renewed.ts';
import {withCopies, type WithCopies} from './renewal-copies.ts';
import {rotatedFiles} from './kubelet-items.ts';
import {type KubeletFile, writesOf as kubeletWrites} from './kubelet-client.ts';
import type {Renewable, RenewalItem} from './renewal-items.ts';
import type {NodeRoot} from './root.ts';

export type RenewableItem = RenewalItem & Renewable;

export interface RenewalOptions {
  /** Hours from now. */
  readonly validity: number;
  readonly keepsKeys: boolean;
  readonly addSans: readonly NameOfSubject[];
  readonly removeSans: readonly NameOfSubject[];
  readonly now: Date;
}

/** One leaf, old and new, and the files that change with it. */
export interface Renewed {
  readonly item: RenewableItem;
  readonly after: InspectedCertificate;
  /** Copies of the kubeconfig that are refreshed with it. */
  readonly copies: readonly string[];
  /** In the order of the swap. */
  readonly writes: readonly FileWrite[];
  /** Who reads it only when it starts. */
  readonly restarts: readonly ComponentId[];
}

/**
 * Issues leaves again, in memory: nothing is written. Keys that stay and authorities' keys are read from the node.
 *
 * @throws Failure when a key cannot be read, or a certificate cannot be carried over
 */
export async function prepareRenewal(
  root: NodeRoot,
  found: NodeFound,
  items: readonly RenewableItem[],
  options: RenewalOptions,
): Promise<readonly Renewed[]> {
  const renewed: Renewed[] = [];
  // Of a kubeconfig with several users each renewal goes on from what the one before has made of it.
  const pending = new Map<string, FileWrite>();
  for (const each of withCopies(found, items)) {
    const one = await renewOne(root, found, each, options, pending);
    for (const write of one.writes) pending.set(write.path, write);
    renewed.push(one);
  }
  return renewed;
}

/** Every file once, as the last renewal that it takes part in leaves it. */
export function writesOf(renewed: readonly Renewed[]): readonly FileWrite[] {
  return [...new Map(renewed.flatMap(({writes}) => writes).map((write) => [write.path, write])).values()];
}

async function renewOne(
  root: NodeRoot,
  found: NodeFound,
  {item, copies}: WithCopies<RenewableItem>,
  options: RenewalOptions,
  pending: ReadonlyMap<string, FileWrite>,
): Promise<Renewed> {
  const {held, authority, authorityKey} = item;
  const {at, certificate: old} = held;
  const signingKey = openPrivateKey(textAt(root, authorityKey), undefined, authorityKey);
  const sans = sansOf(old, options);
  const made = await renewCertificate(
    old,
    {certificate: authority.certificate.pem, key: signingKey},
    {
      validity: options.validity,
      key: options.keepsKeys ? oldKey(root, item) : undefined,
      sans,
    },
    {now: options.now, from: at.path},
  );
  // What went along with the leaf goes along again.
  const chain = found.certificates
    .filter(
      (each) =>
        each.holding === held.holding &&
        each.at.entry?.name === at.entry?.name &&
        each.at.entry?.kind !== 'cluster' &&
        each.at.place > 0,
    )
    .map(({certificate}) => certificate.pem)
    .join('');
  const after = inspectCertificate(made.certificate);
  judgeRenewed({name: item.name, before: old, after, authority: authority.certificate, sans}, options.now);
  return {
    item,
    after,
    copies,
    writes: writesFor(
      root,
      item,
      {certificate: made.certificate + chain, pair: made.key, keepsKey: options.keepsKeys},
      copies,
      pending,
      (pem) => rotatedFiles(found, held, pem, options.now),
    ),
    restarts: [
      ...new Set(
        item.key.kind === 'rotating'
          ? // What it renews itself it reads from there when it starts, and then never again.
            (['kubelet'] as const)
          : item.users
              .filter(({component, flag, use}) => pickUpOf(component, flag, use) === 'after a restart')
              .map(({component}) => component),
      ),
    ],
  };
}

/** @throws Failure `key-does-not-match` */
function oldKey(root: NodeRoot, {held, key, name}: RenewableItem): KeyPair {
  if (key.kind === 'kubeconfig') {
    const entry = held.holding.kubeconfig?.config.users.find(({name: user}) => user === held.at.entry?.name);
    if (entry?.key?.kind !== 'embedded') throw new TypeError(`${name} has no embedded key`);
    return readPrivateKey(entry.key.secret);
  }
  const path = key.kind === 'file' ? key.path : held.at.path;
  const pair = readPrivateKey(textAt(root, path), undefined, path);
  if (samePublicKey(pair.publicKey, publicKeyOf(held.certificate.pem))) return pair;
  throw new Failure('key-does-not-match', `${path} is not the key of ${held.at.path}`, {
    nextSteps: ['renew it with a new key: leave --same-key out'],
  });
}

function sansOf({sans}: InspectedCertificate, {addSans, removeSans}: RenewalOptions): readonly NameOfSubject[] {
  const is = (one: NameOfSubject) => (other: NameOfSubject) => one.type === other.type && one.value === other.value;
  const kept = sans.filter((san) => !removeSans.some(is(san)));
  return [...kept, ...addSans.filter((san) => !kept.some(is(san)))];
}

/** Key before certificate: whoever watches the two takes the pair once both fit. A key that stays is not written. */
function writesFor(
  root: NodeRoot,
  {held, key}: RenewableItem,
  {certificate, pair, keepsKey}: {readonly certificate: string; readonly pair: KeyPair; readonly keepsKey: boolean},
  copies: readonly string[],
  pending: ReadonlyMap<string, FileWrite>,
  rotated: (pem: string) => readonly KubeletFile[],
): readonly FileWrite[] {
  const write = (path: string, text: string, mode: number, replaces = sumAt(root, path)): FileWrite => ({
    path: root.real(path) ?? path,
    bytes: Buffer.from(text),
    access: {mode, owner: 0, group: 0},
    replaces,
  });
  const pem = pair.privateKey.reveal();
  switch (key.kind) {
    case 'file':
      return [...(keepsKey ? [] : [write(key.path, pem, 0o600)]), write(held.at.path, certificate, 0o644)];
    case 'rotating':
      return kubeletWrites(root, rotated(certificate + pem));
    case 'same-file':
      return [write(held.at.path, certificate + pem, 0o600)];
    case 'kubeconfig':
      return [held.at.path, ...copies].map((path) => {
        // First the sum, then the text: what is written in between is noticed.
        const before = sumAt(root, path);
        const bytes = pending.get(root.real(path) ?? path)?.bytes;
        const now = bytes === undefined ? textAt(root, path) : new Secret(Buffer.from(bytes).toString('utf8'));
        const text = replaceCredentials(now.reveal(), userIn(held, path), {
          certificate: Buffer.from(certificate).toString('base64'),
          key: Buffer.from(pem).toString('base64'),
        });
        if (text === undefined) {
          throw new Failure('kubeconfig-not-understood', `${path} has no user with a certificate and key in it`, {
            nextSteps: ['write the kubeconfig anew'],
          });
        }
        return write(path, text, 0o600, before);
      });
    default:
      return key satisfies never;
  }
}

function userIn({at}: RenewableItem['held'], path: string): string {
  if (at.entry === undefined) throw new TypeError(`${path} is no kubeconfig`);
  return at.entry.name;
}

/** undefined = it cannot be read. */
function sumAt(root: NodeRoot, path: string): string | undefined {
  const file = root.read(path);
  if (file.ok) return sumOf(file.bytes);
  return file.why === 'missing' ? absent : undefined;
}

function textAt(root: NodeRoot, path: string): Secret {
  const file = root.read(path);
  if (file.ok) return new Secret(file.bytes.toString('utf8'));
  throw new Failure('cannot-read', `${path} is ${file.why}`, {nextSteps: ['run it again with sudo']});
}

/**
 * Looks at staged files as whoever loads them will: every certificate is the prepared one, and its key fits.
 *
 * @throws Failure `staged-pair-wrong`
 */
export function validateStaged(
  root: NodeRoot,
  renewed: readonly Renewed[],
): (staged: ReadonlyMap<string, Buffer>) => void {
  return (staged) => {
    for (const {item, after, writes} of renewed) {
      // A key that stays is where it was.
      const kept = item.key.kind === 'file' && writes.length === 1 ? [textAt(root, item.key.path).reveal()] : [];
      const texts = [...writes.map(({path}) => (staged.get(path) ?? Buffer.alloc(0)).toString('utf8')), ...kept];
      const sets =
        item.key.kind === 'kubeconfig'
          ? texts.map((text) => userMaterial(text, item.held.at.entry?.name))
          : [texts.flatMap((text) => readMaterial(Buffer.from(text)))];
      if (sets.every((material) => isPairOf(material, after))) continue;
      throw new Failure('staged-pair-wrong', `what was staged for ${item.name} does not fit together`, {
        nextSteps: ['nothing was changed; the disk may be failing: see dmesg'],
      });
    }
  };
}

function userMaterial(kubeconfig: string, user: string | undefined): readonly Material[] {
  const entry = readKubeconfig(kubeconfig).users.find(({name}) => name === user);
  return embeddedMaterial(entry?.certificate, entry?.key);
}

export function isPairOf(material: readonly Material[], after: InspectedCertificate): boolean {
  const leaf = material.find(({kind}) => kind === 'certificate');
  const key = material.find(({kind}) => kind === 'private-key');
  return leaf?.kind === 'certificate' && leaf.certificate.fingerprint === after.fingerprint && key?.pin === leaf.pin;
}

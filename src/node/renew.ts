import {Failure} from '../base/failure.ts';
import {Secret} from '../base/secret.ts';
import {readKubeconfig} from '../kubeconfig/read-kubeconfig.ts';
import {replaceCredentials} from '../kubeconfig/replace-credentials.ts';
import type {ComponentId} from '../pki/blueprint-types.ts';
import {pickUpOf} from '../pki/restarts.ts';
import {type InspectedCertificate, inspectCertificate, publicKeyOf} from '../x509/inspect.ts';
import {type KeyPair, openPrivateKey, readPrivateKey, samePublicKey} from '../x509/keys.ts';
import {type Material, readMaterial} from '../x509/material.ts';
import {renewCertificate} from '../x509/renew.ts';
import type {FileUser} from '../pki/inventory.ts';
import type {FileWrite} from './change/change.ts';
import {type Held, sentAlong} from './held.ts';
import {embeddedMaterial} from './holdings.ts';
import type {NodeFound} from './inventory.ts';
import type {Renewable, RenewalItem} from './renewal-items.ts';
import type {NodeRoot} from './root.ts';
import {type NamesWish, type WishedNames, wishedNames} from './wished-names.ts';

export type RenewableItem = RenewalItem & Renewable;

export interface RenewalOptions extends NamesWish {
  /** Hours from now. */
  readonly validity: number;
  readonly keepsKeys: boolean;
  readonly now: Date;
}

/** A leaf that another one takes the place of, whoever signs that. */
export interface ReplacedItem {
  readonly name: string;
  readonly held: Held;
  readonly users: readonly FileUser[];
  readonly key: Renewable['key'];
  /** undefined = it is not on this node. */
  readonly authority: Held | undefined;
}

/** One leaf, old and new, and the files that change with it. */
export interface Renewed {
  readonly item: ReplacedItem;
  readonly after: InspectedCertificate;
  readonly names: WishedNames;
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
  for (const item of items) renewed.push(await renewOne(root, found, item, options));
  return renewed;
}

async function renewOne(
  root: NodeRoot,
  found: NodeFound,
  item: RenewableItem,
  options: RenewalOptions,
): Promise<Renewed> {
  const {held, authority, authorityKey} = item;
  const {at, certificate: old} = held;
  const signingKey = openPrivateKey(textAt(root, authorityKey), undefined, authorityKey);
  const made = await renewCertificate(
    old,
    {certificate: authority.certificate.pem, key: signingKey},
    {
      validity: options.validity,
      key: options.keepsKeys ? oldKey(root, item) : undefined,
      sans: wishedNames(found, held, options).sans,
    },
    {now: options.now, from: at.path},
  );
  // What went along with the leaf goes along again.
  const chain = sentAlong(found, held);
  return replaceLeaf(root, found, item, {
    leaf: inspectCertificate(made.certificate),
    chain,
    pair: made.key,
    keepsKey: options.keepsKeys,
    planned: options.planned,
  });
}

/** What takes the place of a leaf and its key, with the files that change. */
export function replaceLeaf(
  root: NodeRoot,
  found: NodeFound,
  item: ReplacedItem,
  by: {
    readonly leaf: InspectedCertificate;
    /** Goes along behind it. */
    readonly chain: readonly InspectedCertificate[];
    readonly pair: KeyPair;
    readonly keepsKey: boolean;
    readonly planned?: NamesWish['planned'];
  },
): Renewed {
  const copies = item.held.at.entry === undefined ? [] : copiesOf(found, item);
  const certificate = [by.leaf, ...by.chain].map(({pem}) => pem).join('');
  return {
    item,
    after: by.leaf,
    names: wishedNames(
      found,
      item.held,
      {sans: 'keep', addSans: [], removeSans: [], planned: by.planned},
      by.leaf.sans,
    ),
    copies,
    writes: writesFor(root, item, {certificate, pair: by.pair, keepsKey: by.keepsKey}, copies),
    restarts: [
      ...new Set(
        item.users
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

/** Kubeconfigs in home folders that hold the same certificate: copies of this one. */
function copiesOf(found: NodeFound, {held}: ReplacedItem): readonly string[] {
  return found.certificates
    .filter(
      ({at, certificate}) =>
        at.path !== held.at.path &&
        at.path.endsWith('/.kube/config') &&
        at.entry?.kind === 'user' &&
        certificate.fingerprint === held.certificate.fingerprint,
    )
    .map(({at}) => at.path);
}

/** Key before certificate: whoever watches the two takes the pair once both fit. A key that stays is not written. */
function writesFor(
  root: NodeRoot,
  {held, key}: ReplacedItem,
  {certificate, pair, keepsKey}: {readonly certificate: string; readonly pair: KeyPair; readonly keepsKey: boolean},
  copies: readonly string[],
): readonly FileWrite[] {
  const write = (path: string, text: string, mode: number): FileWrite => ({
    path: root.real(path) ?? path,
    bytes: Buffer.from(text),
    access: {mode, owner: 0, group: 0},
  });
  const pem = pair.privateKey.reveal();
  switch (key.kind) {
    case 'file':
      return [...(keepsKey ? [] : [write(key.path, pem, 0o600)]), write(held.at.path, certificate, 0o644)];
    case 'same-file':
      return [write(held.at.path, certificate + pem, 0o600)];
    case 'kubeconfig':
      return [held.at.path, ...copies].map((path) => {
        const text = replaceCredentials(textAt(root, path).reveal(), userIn(held, path), {
          certificate: Buffer.from(certificate).toString('base64'),
          key: Buffer.from(pem).toString('base64'),
        });
        if (text === undefined) {
          throw new Failure('kubeconfig-not-understood', `${path} has no user with a certificate and key in it`, {
            nextSteps: ['write the kubeconfig anew'],
          });
        }
        return write(path, text, 0o600);
      });
    default:
      return key satisfies never;
  }
}

function userIn({at}: Held, path: string): string {
  if (at.entry === undefined) throw new TypeError(`${path} is no kubeconfig`);
  return at.entry.name;
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

function isPairOf(material: readonly Material[], after: InspectedCertificate): boolean {
  const leaf = material.find(({kind}) => kind === 'certificate');
  const key = material.find(({kind}) => kind === 'private-key');
  return leaf?.kind === 'certificate' && leaf.certificate.fingerprint === after.fingerprint && key?.pin === leaf.pin;
}

import {Cancelled, Failure} from '../base/failure.ts';
import {Secret} from '../base/secret.ts';
import {replaceCredentials} from '../kubeconfig/replace-credentials.ts';
import type {ComponentId} from '../pki/blueprint-types.ts';
import {pickUpOf} from '../pki/restarts.ts';
import {type InspectedCertificate, inspectCertificate, publicKeyOf} from '../x509/inspect.ts';
import {type KeyPair, openPrivateKey, readPrivateKey, samePublicKey} from '../x509/keys.ts';
import {renewCertificate} from '../x509/renew.ts';
import type {FileUser} from '../pki/inventory.ts';
import type {FileWrite} from './change/stage.ts';
import {refuseEarlyClock} from './clock-behind.ts';
import {type Held, sentAlong} from './held.ts';
import type {NodeFound} from './inventory.ts';
import {judgeRenewed} from './judge-renewed.ts';
import {withCopies, type WithCopies} from './renewal-copies.ts';
import {rotatedFiles} from './kubelet-items.ts';
import {type KubeletFile, writesOf as kubeletWrites} from './kubelet-files.ts';
import type {Renewable, RenewalItem} from './renewal-items.ts';
import type {NodeRoot} from './root.ts';
import {seenAt} from './seen.ts';
import {type NamesWish, type WishedNames, wishedNames} from './wished-names.ts';

export type RenewableItem = RenewalItem & Renewable;

export interface RenewalOptions extends NamesWish {
  /** Hours from now. */
  readonly validity: number;
  readonly keepsKeys: boolean;
  /** By item: names for it alone. */
  readonly byItem?: Readonly<Record<string, Pick<NamesWish, 'addSans' | 'removeSans'>>> | undefined;
  readonly now: Date;
  /** Keys take their time. */
  readonly signal?: AbortSignal | undefined;
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
 * @throws Failure when a key cannot be read, or a certificate cannot be carried over; Cancelled
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
    if (options.signal?.aborted === true) throw new Cancelled();
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
  refuseEarlyClock(authority, options.now);
  const signingKey = openPrivateKey(textAt(root, authorityKey), undefined, authorityKey);
  const {sans} = wishedNames(found, held, {...options, ...options.byItem?.[item.name]});
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
  const after = inspectCertificate(made.certificate);
  judgeRenewed({name: item.name, before: old, after, authority: authority.certificate, sans}, options.now);
  return replaceLeaf(
    root,
    found,
    {item, copies},
    {
      leaf: after,
      // What went along with the leaf goes along again.
      chain: sentAlong(found, held),
      pair: made.key,
      keepsKey: options.keepsKeys,
      planned: options.planned,
      pending,
      now: options.now,
    },
  );
}

/** What takes the place of a leaf and its key, with the files that change. */
export function replaceLeaf(
  root: NodeRoot,
  found: NodeFound,
  {item, copies}: WithCopies<ReplacedItem>,
  by: {
    readonly leaf: InspectedCertificate;
    /** Goes along behind it. */
    readonly chain: readonly InspectedCertificate[];
    readonly pair: KeyPair;
    readonly keepsKey: boolean;
    readonly planned?: NamesWish['planned'];
    /** What is written already, by path: a kubeconfig with several users goes on from there. */
    readonly pending: ReadonlyMap<string, FileWrite>;
    readonly now: Date;
  },
): Renewed {
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
    writes: writesFor(root, item, {certificate, pair: by.pair, keepsKey: by.keepsKey}, copies, by.pending, (pem) =>
      rotatedFiles(found, item.held, pem, by.now),
    ),
    restarts: [
      ...new Set(
        item.key.kind === 'rotating'
          ? // What it renews itself it reads from there when it starts, and then never again.
            (['kubelet'] as const)
          : item.users
              .filter(({component, flag, use}) => pickUpOf(component, flag, use, undefined) === 'after a restart')
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

/** Key before certificate: whoever watches the two takes the pair once both fit. A key that stays is not written. */
function writesFor(
  root: NodeRoot,
  {held, key}: ReplacedItem,
  {certificate, pair, keepsKey}: {readonly certificate: string; readonly pair: KeyPair; readonly keepsKey: boolean},
  copies: readonly string[],
  pending: ReadonlyMap<string, FileWrite>,
  rotated: (pem: string) => readonly KubeletFile[],
): readonly FileWrite[] {
  const write = (path: string, text: string, mode: number, replaces = seenAt(root, path)): FileWrite => ({
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
        const before = seenAt(root, path);
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

function userIn({at}: Held, path: string): string {
  if (at.entry === undefined) throw new TypeError(`${path} is no kubeconfig`);
  return at.entry.name;
}

/** @throws Failure `cannot-read` */
export function textAt(root: NodeRoot, path: string): Secret {
  const file = root.read(path);
  if (file.ok) return new Secret(file.bytes.toString('utf8'));
  throw new Failure('cannot-read', `${path} is ${file.why}`, {nextSteps: ['run it again with sudo']});
}

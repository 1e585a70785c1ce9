import {normalizeAddress} from '../base/address.ts';
import {trustRow} from '../pki/trusts.ts';
import type {TrustId} from '../pki/certificate.ts';
import {type HeldAt, type HeldCertificate, type HeldFile, isPutAside} from '../pki/inventory.ts';
import type {ThisNode} from './explanation.ts';
import type {Lessons, Words} from './lessons.ts';

/** Sentences about the files of this node; each a fact that was read there. */

/** More than these say nothing more. */
const most = 6;

/** Where certificates of the catalogue's id lie: each certificate once, links and copies left out. */
export function certificatesOf({inventory}: ThisNode, id: string): readonly HeldCertificate[] {
  const held = inventory.certificates.filter((each) => each.id === id && !isPutAside(each.at));
  const once = new Map<string, HeldCertificate>();
  for (const each of held) if (!once.has(each.fingerprint)) once.set(each.fingerprint, each);
  return [...once.values()].slice(0, most);
}

export function heldLine(node: ThisNode, held: HeldCertificate, {words}: Lessons): string {
  const {signedBy} = held;
  const signer = signedBy === undefined ? words.signerElsewhere(held.issuer) : placeText(signedBy);
  return words.held(held.id ?? held.subject.text, placeText(held.at), endsText(held, node.now, words), signer);
}

function endsText({notBefore, notAfter}: HeldCertificate, now: Date, words: Words): string {
  if (now < notBefore) return words.beginsOn(dayOf(notBefore));
  return notAfter < now ? words.endedOn(dayOf(notAfter)) : words.endsOn(dayOf(notAfter));
}

/** `/etc/kubernetes/admin.conf (kubernetes-admin)`. */
export function placeText({path, entry}: HeldAt): string {
  return entry === undefined ? path : `${path} (${entry.name})`;
}

/** What the file of a flag that verifies somebody holds on this node. */
export function trustLines(node: ThisNode, id: TrustId, {words}: Lessons): readonly string[] {
  const {component, flag} = trustRow(id);
  if (component === undefined || component === 'etcdctl' || flag === undefined) return [];
  return filesOfFlag(node, component, flag).map(({path, state}) => {
    if (state === 'missing') return words.fileMissing(path);
    const names = node.inventory.certificates
      .filter(({at}) => at.path === path && at.entry === undefined)
      .map((each) => `${each.subject.text} (${endsText(each, node.now, words)})`);
    return words.trustFile(component, flag, path, names.join('; ') || words.none);
  });
}

export function filesOfFlag({inventory}: ThisNode, component: string, flag: string): readonly HeldFile[] {
  return inventory.files.filter(({users}) =>
    users.some(
      (user) => user.component === component && user.flag === flag && user.use.holds !== 'named-by-kubeconfig',
    ),
  );
}

/** Whether a file is there, who names it, and what certificates lie in it. */
export function fileLines(node: ThisNode, path: string, lessons: Lessons): readonly string[] {
  const {words} = lessons;
  const file = node.inventory.files.find((one) => one.path === path);
  if (file === undefined) return [];
  const users = [...new Set(file.users.map(({component, flag}) => `${component} ${flag}`))];
  return [
    stateLine(file, words),
    ...(users.length === 0 ? [] : [words.fileUsers(users.join(', '))]),
    ...node.inventory.certificates
      .filter(({at}) => at.path === path && at.entry?.kind !== 'cluster')
      .map((held) => heldLine(node, held, lessons)),
  ];
}

function stateLine({path, state, mode}: HeldFile, words: Words): string {
  switch (state) {
    case 'missing':
      return words.fileMissing(path);
    case 'not permitted':
      return words.fileNotReadable(path);
    case 'read':
      return words.fileThere(path, `0${(mode ?? 0).toString(8)}`);
    case 'not a file':
    case 'too large':
    case 'unreadable':
    case 'empty':
      return words.fileOther(path);
    default:
      return state satisfies never;
  }
}

/** Whether a certificate's names cover one: addresses in any spelling, wildcards for one label. */
export function covers(sans: readonly string[], name: string): boolean {
  const address = normalizeAddress(name);
  if (address !== undefined) return sans.some((san) => normalizeAddress(san) === address);
  const parent = name.includes('.') ? `*${name.slice(name.indexOf('.'))}` : undefined;
  return sans.some((san) => san.toLowerCase() === name.toLowerCase() || san === parent);
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

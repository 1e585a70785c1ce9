import {rightsOf} from '../pki/identities.ts';
import {recognise} from '../pki/recognise.ts';
import type {InspectedCertificate} from '../x509/inspect.ts';
import {faultsOf} from '../x509/faults.ts';
import type {Material} from '../x509/material.ts';
import type {ReadRequest} from '../x509/read-request.ts';
import {lifetimeText, serialInDecimal, timeText} from './times.ts';
import {count, usagesText} from './words.ts';

/** What a block is called in a sentence. */
export const kindWords: Readonly<Record<Material['kind'], string>> = {
  certificate: 'certificate',
  request: 'certificate signing request',
  'private-key': 'private key',
  'encrypted-key': 'encrypted private key',
  'public-key': 'public key',
  unreadable: 'block that cannot be read',
};

/** A paragraph a block, each fact on a line of its own; numbered where there are several. */
export function materialLines(material: readonly Material[], now: Date): string[] {
  return material.flatMap((item, index) => [
    '',
    ...(material.length === 1 ? [] : [`${index + 1}. ${headingOf(item)}`]),
    ...factLines(factsOf(item, index, material, now), material.length === 1 ? '' : '   '),
  ]);
}

function headingOf(item: Material): string {
  switch (item.kind) {
    case 'certificate':
      return item.certificate.subject.text;
    case 'request':
      return `request of ${item.request.subject.text}`;
    case 'private-key':
    case 'encrypted-key':
    case 'public-key':
      return kindWords[item.kind];
    case 'unreadable':
      return item.label;
    default:
      return item satisfies never;
  }
}

export type Fact = readonly [what: string, says: string];

/** Facts in two columns. */
export function factLines(facts: readonly Fact[], indent: string): string[] {
  const width = Math.max(...facts.map(([what]) => what.length));
  return facts.map(([what, says]) => `${indent}${what.padEnd(width)}  ${says}`);
}

function factsOf(item: Material, place: number, all: readonly Material[], now: Date): readonly Fact[] {
  const partner: readonly Fact[] = partnersOf(item, place, all);
  switch (item.kind) {
    case 'certificate':
      return [
        ...certificateFacts(item.certificate, signerText(item, place, all), now),
        ...keyFact(item.certificate.key.name, item.pin),
        ...partner,
        ...markFacts(item.certificate),
      ];
    case 'request':
      return [...requestFacts(item.request), ...keyFact(item.request.key.name, item.pin), ...partner];
    case 'private-key':
      return [['key', `${item.key.name}, private; it is not shown`], ['pin', item.pin ?? 'unknown'], ...partner];
    case 'public-key':
      return [['key', `${item.key.name}, public`], ['pin', item.pin ?? 'unknown'], ...partner];
    case 'encrypted-key':
      return [['key', 'encrypted: what it is shows only with its passphrase']];
    case 'unreadable':
      return [['problem', `${item.label}: ${item.why}`]];
    default:
      return item satisfies never;
  }
}

function certificateFacts(certificate: InspectedCertificate, signer: string, now: Date): readonly Fact[] {
  const {subject, issuer, isAuthority, pathLength, notBefore, notAfter} = certificate;
  const what = isAuthority
    ? [
        `an authority${pathLength === undefined ? '' : `, with at most ${count(pathLength, 'further authority', 'further authorities')} below it`}`,
      ]
    : recognise(subject, certificate.usages).map(({id, why}) => `${id}: ${why}`);
  return [
    ...what.map((says, index): Fact => [index === 0 ? 'looks like' : 'or', says]),
    ['subject', subject.text],
    ['issuer', `${issuer.text}${signer}`],
    ['valid', `${timeText(notBefore)} to ${timeText(notAfter)}: ${lifetimeText(notBefore, notAfter, now)}`],
    ...faultsOf(certificate, now, 'it').map(({severity, message, fix}): Fact => [
      severity === 'error' ? 'problem' : 'warning',
      `${message}${fix === undefined ? '' : `; ${fix}`}`,
    ]),
    ...usageFacts(certificate),
    ...nameFacts(certificate),
    ...rightsOf(subject).map(({name, rights}): Fact => ['may', `${name}: ${rights}`]),
  ];
}

function requestFacts(request: ReadRequest): readonly Fact[] {
  return [
    ['asks for', request.isAuthority ? 'an authority' : 'a certificate'],
    ['subject', request.subject.text],
    ...usageFacts(request),
    ...nameFacts(request),
    ...rightsOf(request.subject).map(({name, rights}): Fact => ['may', `${name}: ${rights}`]),
  ];
}

function usageFacts({
  usages,
  otherUsages,
  limitsUsages,
  keyUsage,
}: ReadRequest | InspectedCertificate): readonly Fact[] {
  const extended = [usagesText(usages), ...otherUsages].filter((text) => text !== '').join(', ');
  return [
    ['usages', limitsUsages ? extended || 'none' : 'not limited'],
    ...(keyUsage === undefined ? [] : [['key usage', keyUsage.join(', ') || 'none'] as const]),
  ];
}

function nameFacts({sans, otherNames}: ReadRequest | InspectedCertificate): readonly Fact[] {
  const of = (type: 'dns' | 'ip'): string => sans.flatMap((san) => (san.type === type ? [san.value] : [])).join(', ');
  const facts: Fact[] = [
    ['names', of('dns')],
    ['addresses', of('ip')],
    ['other names', otherNames.join(', ')],
  ];
  return facts.filter(([, says]) => says !== '');
}

function keyFact(name: string, pin: string | undefined): readonly Fact[] {
  return [['key', name], ...(pin === undefined ? [] : [['pin', pin] as const])];
}

/** What tells it from every other: for logs, for searching, for comparing two machines. */
function markFacts({
  serial,
  fingerprint,
  subjectKeyIdentifier,
  authorityKeyIdentifier,
}: InspectedCertificate): readonly Fact[] {
  return [
    ['serial', `${serial} (in logs SN=${serialInDecimal(serial)})`],
    ['SHA-256', fingerprint],
    ...(subjectKeyIdentifier === undefined ? [] : [['key id', subjectKeyIdentifier] as const]),
    ...(authorityKeyIdentifier === undefined ? [] : [['signer id', authorityKeyIdentifier] as const]),
  ];
}

function signerText(item: Material & {readonly kind: 'certificate'}, place: number, all: readonly Material[]): string {
  if (item.signedBy === place) return ' (it signed itself)';
  const signer = item.signedBy === undefined ? undefined : all[item.signedBy];
  if (signer !== undefined) return ` (${(item.signedBy ?? 0) + 1}. here, the signature is right)`;
  return item.certificate.isSelfIssued ? ' (its own name, but not its own signature)' : '';
}

const mostPartners = 8;

/** Which other blocks are of the same key: a certificate and its key, or a renewal that kept it. */
function partnersOf(item: Material, place: number, all: readonly Material[]): readonly Fact[] {
  const {pin} = item;
  if (pin === undefined || all.length === 1) return [];
  const same = all.flatMap((other, index) => (index !== place && other.pin === pin ? [`${index + 1}.`] : []));
  const shown = same.slice(0, mostPartners).join(', ');
  const more = same.length > mostPartners ? ` and ${same.length - mostPartners} more` : '';
  if (same.length > 0) return [['same key', `as ${shown}${more}`]];
  const isKey = item.kind === 'private-key' || item.kind === 'public-key';
  return isKey && all.some(({kind}) => kind === 'certificate')
    ? [['problem', 'it belongs to no certificate here: whoever loads this file refuses it']]
    : [];
}

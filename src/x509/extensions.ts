import {parseAddress} from '../base/address.ts';
import type {SubjectAlternativeName, Usage} from '../pki/blueprint-types.ts';
import {bytesOf, childAt, children, type Der, fromDer, isBoolean, oidOf, tagOf, textOf} from './der.ts';

/** The uses of a key, in the order of their bits (RFC 5280, 4.2.1.3). */
const keyUsages = [
  'digitalSignature',
  'contentCommitment',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
type KeyUsage = (typeof keyUsages)[number];

export type NameOfSubject = Pick<SubjectAlternativeName, 'type' | 'value'>;

/** What the extensions of a certificate say, or those that a request asks for. */
export interface ReadExtensions {
  /** undefined = the certificate does not say. */
  readonly keyUsage: readonly KeyUsage[] | undefined;
  /** Extended key usages that Kubernetes knows. */
  readonly usages: readonly Usage[];
  /** The others, as object identifiers. */
  readonly otherUsages: readonly string[];
  /** Whether there is an extended key usage extension at all: without one any use is allowed. */
  readonly limitsUsages: boolean;
  readonly isAuthority: boolean;
  /** How many further authorities may follow below; undefined = any number. */
  readonly pathLength: number | undefined;
  /** DNS names in lower case, addresses in normal form. */
  readonly sans: readonly NameOfSubject[];
  /** Names of other kinds, as text: `URI:spiffe://…`, `email:…`. */
  readonly otherNames: readonly string[];
  /** Lower-case hex. */
  readonly subjectKeyIdentifier: string | undefined;
  readonly authorityKeyIdentifier: string | undefined;
  /** Object identifiers of those marked critical. */
  readonly critical: readonly string[];
  /** Object identifiers of those that are not read here. */
  readonly unread: readonly string[];
}

/** Object identifiers of the extensions that Certwright writes and reads. */
const extensionIds = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extKeyUsage: '2.5.29.37',
} as const;

/** An extended key usage that stands for every other: `anyExtendedKeyUsage`. */
export const anyUsage = '2.5.29.37.0';

const usageIds: Readonly<Record<string, Usage>> = {
  '1.3.6.1.5.5.7.3.1': 'server auth',
  '1.3.6.1.5.5.7.3.2': 'client auth',
};

/** Reads a SEQUENCE OF Extension; undefined stands for none. Throws when it is not well formed. */
export function readExtensions(list: Der | undefined): ReadExtensions {
  const found = new Map<string, Der>();
  const critical: string[] = [];
  for (const extension of list === undefined ? [] : children(list)) {
    const id = oidOf(childAt(extension, 0));
    const second = childAt(extension, 1);
    if (isBoolean(second) && bytesOf(second)[0] !== 0) {
      critical.push(id);
    }
    found.set(id, fromDer(bytesOf(children(extension).at(-1) ?? second)));
  }
  const usages = (optionalChildren(found.get(extensionIds.extKeyUsage)) ?? []).map((id) => oidOf(id));
  const names = (optionalChildren(found.get(extensionIds.subjectAltName)) ?? []).map((name) => readNameOfSubject(name));
  const keyIdentifier = found.get(extensionIds.subjectKeyIdentifier);
  const authority = optionalChildren(found.get(extensionIds.authorityKeyIdentifier))?.find((part) => tagOf(part) === 0);
  const keyUsage = found.get(extensionIds.keyUsage);
  return {
    keyUsage: keyUsage === undefined ? undefined : readKeyUsage(bytesOf(keyUsage)),
    usages: usages.flatMap((id) => usageIds[id] ?? []),
    otherUsages: usages.filter((id) => !(id in usageIds)),
    limitsUsages: found.has(extensionIds.extKeyUsage),
    ...readBasicConstraints(found.get(extensionIds.basicConstraints)),
    sans: names.flatMap((name) => (typeof name === 'string' ? [] : [name])),
    otherNames: names.filter((name) => typeof name === 'string'),
    subjectKeyIdentifier: keyIdentifier === undefined ? undefined : bytesOf(keyIdentifier).toString('hex'),
    authorityKeyIdentifier: authority === undefined ? undefined : bytesOf(authority).toString('hex'),
    critical,
    unread: [...found.keys()].filter((id) => !Object.values<string>(extensionIds).includes(id)),
  };
}

function optionalChildren(node: Der | undefined): readonly Der[] | undefined {
  return node === undefined ? undefined : children(node);
}

function readKeyUsage(bits: Buffer): KeyUsage[] {
  return keyUsages.filter((_, index) => ((bits[1 + (index >> 3)] ?? 0) & (0x80 >> (index & 7))) !== 0);
}

function readBasicConstraints(node: Der | undefined): Pick<ReadExtensions, 'isAuthority' | 'pathLength'> {
  const [first, second] = node === undefined ? [] : children(node);
  if (first === undefined || !isBoolean(first)) {
    return {isAuthority: false, pathLength: undefined};
  }
  return {
    isAuthority: bytesOf(first)[0] !== 0,
    pathLength: second === undefined ? undefined : Number(`0x${bytesOf(second).toString('hex')}`),
  };
}

/** A GeneralName; text for the kinds that no component of Kubernetes is called by. */
function readNameOfSubject(node: Der): NameOfSubject | string {
  const tag = tagOf(node) ?? -1;
  switch (tag) {
    case 1:
      return `email:${textOf(node)}`;
    case 2:
      return {type: 'dns', value: textOf(node).toLowerCase()};
    case 6:
      return `URI:${textOf(node)}`;
    case 7: {
      const value = addressText(bytesOf(node));
      return value === undefined ? `IP:${bytesOf(node).toString('hex')}` : {type: 'ip', value};
    }
    default:
      return `[${tag}]`;
  }
}

function addressText(bytes: Buffer): string | undefined {
  const text = bytes.length === 4 ? bytes.join('.') : (bytes.toString('hex').match(/.{4}/g) ?? []).join(':');
  return bytes.length === 4 || bytes.length === 16 ? parseAddress(text)?.text : undefined;
}

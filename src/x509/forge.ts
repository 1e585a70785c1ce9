import asn1, {type Asn1, type Bytes} from 'node-forge/lib/asn1.js';
import pki, {type Extension} from 'node-forge/lib/x509.js';

/**
 * Everything that Certwright asks of node-forge: writing and reading ASN.1, and its encoders of X.509 extensions.
 * Forge signs with RSA only and knows no EC key, so keys, signatures and public keys come from `node:crypto` and are
 * put in as ASN.1 that is already there.
 */

/** A piece of ASN.1, to be put into a larger one or turned into DER. */
export type Node = Asn1;

const {UNIVERSAL, CONTEXT_SPECIFIC} = asn1.Class;
const {Type} = asn1;

export function sequence(...parts: readonly Node[]): Node {
  return asn1.create(UNIVERSAL, Type.SEQUENCE, true, parts);
}

/** SET OF in DER: sorted by encoding. */
export function setOf(...parts: readonly Node[]): Node {
  const sorted = parts.map((part) => ({part, der: toDer(part)})).sort((one, other) => one.der.compare(other.der));
  return asn1.create(
    UNIVERSAL,
    Type.SET,
    true,
    sorted.map(({part}) => part),
  );
}

/** A constructed `[tag]`. */
export function tagged(tag: number, ...parts: readonly Node[]): Node {
  return asn1.create(CONTEXT_SPECIFIC, tag, true, parts);
}

export function oid(dotted: string): Node {
  return asn1.create(UNIVERSAL, Type.OID, false, asn1.oidToDer(dotted).getBytes());
}

export function nothing(): Node {
  return asn1.create(UNIVERSAL, Type.NULL, false, '');
}

/** INTEGER from a small number, or from bytes in network order that are minimal and positive already. */
export function integer(value: number | Uint8Array): Node {
  const bytes = typeof value === 'number' ? asn1.integerToDer(value).getBytes() : binary(value);
  return asn1.create(UNIVERSAL, Type.INTEGER, false, bytes);
}

export function octetString(bytes: Uint8Array): Node {
  return asn1.create(UNIVERSAL, Type.OCTETSTRING, false, binary(bytes));
}

/** BIT STRING of whole bytes. */
export function bitString(bytes: Uint8Array): Node {
  return asn1.create(UNIVERSAL, Type.BITSTRING, false, `\0${binary(bytes)}`);
}

/**
 * A string of a name as Go writes it: PrintableString where its letters allow, else UTF8String. Go leaves `*` and `&`
 * out of the printable ones though others put them in (`encoding/asn1`, `isPrintable`).
 */
export function nameString(text: string): Node {
  return /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text)
    ? asn1.create(UNIVERSAL, Type.PRINTABLESTRING, false, text)
    : asn1.create(UNIVERSAL, Type.UTF8, false, binary(Buffer.from(text)));
}

/** UTCTime up to the end of 2049, GeneralizedTime from 2050 (RFC 5280, 4.1.2.5). Fractions of a second are cut off. */
export function time(date: Date): Node {
  return date.getUTCFullYear() < 2050
    ? asn1.create(UNIVERSAL, Type.UTCTIME, false, asn1.dateToUtcTime(date))
    : asn1.create(UNIVERSAL, Type.GENERALIZEDTIME, false, asn1.dateToGeneralizedTime(date));
}

export interface ExtensionFields {
  /** A CA's certificate, or one that ends a chain. */
  readonly isAuthority: boolean;
  /** In this order; none = no such extension. */
  readonly usages: readonly ('server auth' | 'client auth')[];
  readonly names: readonly ({readonly dns: string} | {readonly address: Uint8Array})[];
  /** Whether the names are all that says whose certificate it is: then they are critical. */
  readonly namesAreCritical: boolean;
  readonly subjectKeyIdentifier: Uint8Array | undefined;
  readonly authorityKeyIdentifier: Uint8Array | undefined;
}

/** SEQUENCE OF Extension, in the order in which Go writes them. */
export function extensions(fields: ExtensionFields): Node {
  const list: Extension[] = [
    {
      name: 'keyUsage',
      critical: true,
      digitalSignature: true,
      keyEncipherment: true,
      keyCertSign: fields.isAuthority,
    },
  ];
  if (fields.usages.length > 0) {
    const usages = fields.usages.map((usage) => [usage === 'server auth' ? 'serverAuth' : 'clientAuth', true] as const);
    list.push({name: 'extKeyUsage', ...Object.fromEntries(usages)});
  }
  list.push({name: 'basicConstraints', critical: true, cA: fields.isAuthority});
  if (fields.subjectKeyIdentifier !== undefined) {
    list.push({name: 'subjectKeyIdentifier', value: octetString(fields.subjectKeyIdentifier)});
  }
  if (fields.authorityKeyIdentifier !== undefined) {
    list.push({name: 'authorityKeyIdentifier', keyIdentifier: binary(fields.authorityKeyIdentifier)});
  }
  if (fields.names.length > 0) {
    const altNames = fields.names.map((name) =>
      'dns' in name ? ({type: 2, value: ascii(name.dns)} as const) : ({type: 7, value: binary(name.address)} as const),
    );
    list.push({name: 'subjectAltName', critical: fields.namesAreCritical, altNames});
  }
  // Forge encodes extensions only as part of a certificate of its own; this one is thrown away.
  const carrier = pki.createCertificate();
  carrier.setExtensions(list);
  return childAt(pki.certificateExtensionsToAsn1(carrier.extensions), 0);
}

export function toDer(node: Node): Buffer {
  return Buffer.from(asn1.toDer(node).getBytes(), 'latin1');
}

/** Reads DER strictly. Throws forge's own error when it is none. */
export function fromDer(der: Uint8Array): Node {
  // Bit strings stay as they are: a public key is never to be taken apart and put together again.
  return asn1.fromDer(binary(der), {strict: true, parseAllBytes: true, decodeBitStrings: false});
}

/** The parts of a SEQUENCE, SET or constructed tag. Throws when there are none. */
export function children(node: Node): readonly Node[] {
  if (typeof node.value === 'string') {
    throw new TypeError('the ASN.1 is not what was expected: a value stands where a structure should');
  }
  return node.value;
}

/** Throws when there is no such part. */
export function childAt(node: Node, index: number): Node {
  const child = children(node)[index];
  if (child === undefined) {
    throw new TypeError('the ASN.1 is not what was expected: a part is missing');
  }
  return child;
}

/** The bytes of a value; for a BIT STRING the first byte says how many of its last bits do not count. */
export function bytesOf(node: Node): Buffer {
  if (typeof node.value !== 'string') {
    throw new TypeError('the ASN.1 is not what was expected: a structure stands where a value should');
  }
  return Buffer.from(node.value, 'latin1');
}

function binary(bytes: Uint8Array): Bytes {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function ascii(text: string): Bytes {
  if (!/^[\x20-\x7e]*$/.test(text)) {
    throw new TypeError(`not a DNS name: ${JSON.stringify(text)}`);
  }
  return text;
}

import {hash, type KeyObject, randomBytes} from 'node:crypto';
import {parseAddress} from '../base/address.ts';
import {Failure} from '../base/failure.ts';
import type {Usage} from '../pki/blueprint-types.ts';
import type {CertificateFacts} from '../pki/issued.ts';
import type {NameOfSubject} from './extensions.ts';
import {
  bitString,
  bytesOf,
  childAt,
  extensions,
  type ExtensionFields,
  fromDer,
  integer,
  children,
  type Node,
  oid,
  sequence,
  tagged,
  time,
} from './forge.ts';
import {inspectCertificate} from './inspect.ts';
import {nameFrom} from './names.ts';
import {toPem} from './pem.ts';
import {encodeAlgorithm, signed} from './sign.ts';
import {signatureAlgorithmOf} from './signature.ts';

/** What a certificate is to say. */
export interface CertificateWish {
  /** The DER of the name is taken as it stands. */
  readonly subject: Node;
  readonly publicKey: KeyObject;
  readonly isAuthority: boolean;
  readonly usages: readonly Usage[];
  readonly sans: readonly NameOfSubject[];
  /** Hours. */
  readonly validity: number;
}

/** Who signs. */
export interface Issuer {
  /** The subject of its certificate, copied. */
  readonly name: Node;
  /** Its certificate's own, copied and never computed: two ways of computing it are in use. */
  readonly keyIdentifier: Buffer | undefined;
  readonly key: KeyObject;
}

export interface MadeCertificate {
  /** PEM. */
  readonly certificate: string;
  readonly facts: CertificateFacts;
}

/** An authority that is to sign, from its certificate. The caller knows that the key fits. */
export function issuerFrom(certificate: string, key: KeyObject): Issuer {
  const {subject, subjectKeyIdentifier} = inspectCertificate(certificate);
  return {
    name: nameFrom(subject.der),
    keyIdentifier: subjectKeyIdentifier === undefined ? undefined : Buffer.from(subjectKeyIdentifier, 'hex'),
    key,
  };
}

/** Clocks of two machines differ; kubeadm and the controller-manager's signer grant the same. */
const backdating = 5 * 60_000;
const hour = 3_600_000;

/**
 * Makes one certificate, in the encoding that kubeadm's have.
 *
 * @param issuer `{itself: key}` for a self-signed one
 * @throws Failure `validity-too-long` when it would end after the year 9999, which no certificate can say
 */
export async function makeCertificate(
  wish: CertificateWish,
  issuer: Issuer | {readonly itself: KeyObject},
  now: Date,
): Promise<MadeCertificate> {
  const key = 'itself' in issuer ? issuer.itself : issuer.key;
  const serial = randomSerial();
  const notBefore = wholeSecond(now.getTime() - backdating);
  const notAfter = wholeSecond(now.getTime() + wish.validity * hour);
  if (!(notAfter.getUTCFullYear() <= 9999)) {
    throw new Failure('validity-too-long', `a certificate cannot be valid for ${wish.validity} hours from now`, {
      nextSteps: ['choose a shorter validity'],
    });
  }
  const body = certificateBody({
    serial,
    algorithm: encodeAlgorithm(signatureAlgorithmOf(key)),
    issuer: 'itself' in issuer ? wish.subject : issuer.name,
    notBefore,
    notAfter,
    wish,
    authorityKeyIdentifier: 'itself' in issuer ? undefined : issuer.keyIdentifier,
  });
  const der = await signed(body, key);
  return {
    certificate: toPem('CERTIFICATE', der),
    facts: {serial: serial.toString('hex'), notBefore, notAfter, fingerprint: hash('sha256', der, 'hex')},
  };
}

/** A TBSCertificate, version 3. Exported for the comparison with certificates that kubeadm made. */
export function certificateBody(fields: {
  readonly serial: Uint8Array;
  readonly algorithm: Node;
  readonly issuer: Node;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly wish: CertificateWish;
  readonly authorityKeyIdentifier: Uint8Array | undefined;
}): Node {
  const {wish} = fields;
  const publicKey = encodePublicKey(wish.publicKey);
  return sequence(
    tagged(0, integer(2)),
    integer(fields.serial),
    fields.algorithm,
    fields.issuer,
    sequence(time(fields.notBefore), time(fields.notAfter)),
    wish.subject,
    publicKey,
    tagged(
      3,
      extensions({
        ...askedExtensions(wish),
        subjectKeyIdentifier: wish.isAuthority ? keyIdentifier(publicKey) : undefined,
        authorityKeyIdentifier: fields.authorityKeyIdentifier,
      }),
    ),
  );
}

/** The extensions that a certificate and a request for it have in common. */
export function askedExtensions(wish: Omit<CertificateWish, 'publicKey' | 'validity'>): ExtensionFields {
  return {
    isAuthority: wish.isAuthority,
    usages: wish.usages,
    names: wish.sans.map((san) => (san.type === 'dns' ? {dns: san.value} : {address: addressBytes(san.value)})),
    namesAreCritical: children(wish.subject).length === 0,
    subjectKeyIdentifier: undefined,
    authorityKeyIdentifier: undefined,
  };
}

/**
 * The SubjectPublicKeyInfo. Node.js writes it too, but for ECDSA that takes OpenSSL 0.1 ms, twice what the rest of a
 * certificate's body takes; a point as JWK costs an eighth of it, and a thousand nodes have two thousand keys.
 */
export function encodePublicKey(publicKey: KeyObject): Node {
  const curve = curves[publicKey.asymmetricKeyDetails?.namedCurve ?? ''];
  if (curve === undefined) return fromDer(publicKey.export({type: 'spki', format: 'der'}));
  const {x = '', y = ''} = publicKey.export({format: 'jwk'});
  const point = Buffer.concat([uncompressed, Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return sequence(sequence(oid(ecPublicKey), oid(curve)), bitString(point));
}

const ecPublicKey = '1.2.840.10045.2.1';
const uncompressed = Buffer.from([4]);
/** Object identifiers of curves by OpenSSL's names. */
const curves: Readonly<Record<string, string>> = {
  prime256v1: '1.2.840.10045.3.1.7',
  secp384r1: '1.3.132.0.34',
  secp521r1: '1.3.132.0.35',
};

/** The first 20 bytes of the SHA-256 of the key's bit string, as Go 1.25 and later choose it (RFC 7093, method 1). */
function keyIdentifier(publicKey: Node): Buffer {
  const bits = bytesOf(childAt(publicKey, 1)).subarray(1);
  return hash('sha256', bits, 'buffer').subarray(0, 20);
}

function addressBytes(text: string): Uint8Array {
  const address = parseAddress(text);
  if (address === undefined) {
    throw new TypeError(`not an address: ${JSON.stringify(text)}`);
  }
  return Uint8Array.from(address.bytes);
}

/** Eight bytes between 2^56 and 2^63: positive, never zero, and always of one length. */
export function randomSerial(): Buffer {
  for (;;) {
    const bytes = randomBytes(8);
    bytes[0] = (bytes[0] ?? 0) & 0x7f;
    if (bytes[0] !== 0) {
      return bytes;
    }
  }
}

function wholeSecond(milliseconds: number): Date {
  return new Date(Math.floor(milliseconds / 1000) * 1000);
}

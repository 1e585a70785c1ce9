import {hash, type KeyObject, X509Certificate} from 'node:crypto';
import {Failure} from '../base/failure.ts';
import {certificatesIn, type PemBlock, pemBlocks} from '../base/pem.ts';
import type {CertificateFacts} from '../pki/issued.ts';
import {type ReadExtensions, readExtensions} from './extensions.ts';
import {bytesOf, childAt, children, fromDer, oidOf, requireWellFormed, tagOf, timeOf} from './der.ts';
import {publicKeyFacts} from './key-facts.ts';
import {type KeyKind, publicKeyPin} from './keys.ts';
import {fromPem} from './pem.ts';
import {type ReadName, readName} from './read-name.ts';
import {signatureAlgorithmName} from './signature.ts';

/** All that a certificate says, whoever made it. Plain values: nothing here is judged. */
export interface InspectedCertificate extends CertificateFacts, ReadExtensions {
  /** This one certificate. */
  readonly pem: string;
  readonly subject: ReadName;
  readonly issuer: ReadName;
  /** Whether the serial number is above zero, as it must be. */
  readonly hasPositiveSerial: boolean;
  /** Issuer and subject are one name. Whether it also signed itself is for `checkIssued` to say. */
  readonly isSelfIssued: boolean;
  readonly key: KeyKind;
  /** As OpenSSL names it: `sha256WithRSAEncryption`, `ecdsa-with-SHA384`. */
  readonly signatureAlgorithm: string;
}

/**
 * Reads the first certificate of a PEM text.
 *
 * @param from where it comes from, in words for a message: a path
 * @throws Failure `certificate-unreadable`
 */
export function inspectCertificate(pem: string, from = 'the certificate'): InspectedCertificate {
  return openCertificate(pem, from).inspected;
}

/** A certificate to read, and the same to compare keys and signatures with. */
export interface OpenCertificate {
  readonly inspected: InspectedCertificate;
  readonly x509: X509Certificate;
}

/** As `inspectCertificate`, for who also wants to verify. */
export function openCertificate(pem: string, from = 'the certificate'): OpenCertificate {
  const [text] = certificatesIn(pem);
  if (text === undefined) {
    const labels = new Set(pemBlocks(pem).map(({label}) => label));
    const instead = labels.size === 0 ? '' : `, only ${[...labels].join(', ')}`;
    throw unreadable(`${from} holds no certificate${instead}`);
  }
  try {
    const x509 = new X509Certificate(text);
    return {inspected: read(text, x509.raw).inspected, x509};
  } catch (error) {
    throw unreadable(`${from} is damaged, or no certificate`, error);
  }
}

/** A certificate to read, with its key's pin; undefined for a key of a kind that OpenSSL does not have. */
export interface ReadCertificate {
  readonly inspected: InspectedCertificate;
  readonly pin: string | undefined;
}

/**
 * As `inspectCertificate`, for who has thousands of them: OpenSSL is not asked.
 *
 * @param block one block of PEM, `BEGIN CERTIFICATE`
 * @throws Failure `certificate-unreadable`
 */
export function readCertificate(block: PemBlock, from = 'the certificate'): ReadCertificate {
  try {
    return read(block.text, fromPem(block));
  } catch (error) {
    throw unreadable(`${from} is damaged, or no certificate`, error);
  }
}

/** kubeadm's `--discovery-token-ca-cert-hash`: `sha256:` and the hash of the public key. A CA keeps it as long as its key. */
export function spkiPin(pem: string): string {
  return publicKeyPin(publicKeyOf(pem));
}

/**
 * The public key that a certificate certifies.
 *
 * @throws Failure `certificate-unreadable`, also for a key of a kind that OpenSSL does not have
 */
export function publicKeyOf(pem: string, from = 'the certificate'): KeyObject {
  const {x509} = openCertificate(pem, from);
  try {
    return x509.publicKey;
  } catch (error) {
    throw unreadable(`${from} is for a key of an unknown kind`, error);
  }
}

function read(pem: string, der: Uint8Array): ReadCertificate {
  const whole = fromDer(der);
  requireWellFormed(whole);
  const body = childAt(whole, 0);
  const fields = children(body);
  // Version 1 has no version field: the serial number comes first.
  const first = fields[0] !== undefined && tagOf(fields[0]) === 0 ? 1 : 0;
  const [serialNumber, algorithm, issuing, validity, named, publicKey] = fields.slice(first);
  if (
    serialNumber === undefined ||
    algorithm === undefined ||
    issuing === undefined ||
    validity === undefined ||
    named === undefined ||
    publicKey === undefined
  ) {
    throw new TypeError('the certificate is not what was expected: a part is missing');
  }
  const serial = bytesOf(serialNumber);
  const issuer = readName(issuing);
  const subject = readName(named);
  const wrapped = fields.find((part) => tagOf(part) === 3);
  const facts = publicKeyFacts(publicKey.whole);
  return {
    inspected: {
      pem,
      subject,
      issuer,
      serial: serial.toString('hex').replace(/^(00)+(?=..)/, ''),
      hasPositiveSerial: (serial[0] ?? 0) < 0x80 && serial.some((byte) => byte !== 0),
      notBefore: timeOf(childAt(validity, 0)),
      notAfter: timeOf(childAt(validity, 1)),
      fingerprint: hash('sha256', whole.whole, 'hex'),
      isSelfIssued: issuer.der.equals(subject.der),
      key: facts?.key ?? {type: 'other', bits: 0, name: 'unknown'},
      signatureAlgorithm: signatureAlgorithmName(oidOf(childAt(algorithm, 0))),
      ...readExtensions(wrapped === undefined ? undefined : childAt(wrapped, 0)),
    },
    pin: facts?.pin,
  };
}

function unreadable(message: string, cause?: unknown): Failure {
  return new Failure('certificate-unreadable', message, {
    nextSteps: ['give a PEM file that holds `BEGIN CERTIFICATE`; check it: openssl x509 -noout -text -in FILE'],
    cause,
  });
}

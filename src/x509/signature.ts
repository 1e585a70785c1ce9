import {type KeyObject, verify} from 'node:crypto';
import {kindOf} from './keys.ts';

/** A signature's algorithm. */
export interface SignatureAlgorithm {
  /** As OpenSSL names it. */
  readonly name: string;
  readonly oid: string;
  readonly hash: 'sha256' | 'sha384' | 'sha512';
  /** RSA's identifiers carry a NULL, ECDSA's carry nothing (RFC 4055, RFC 5758). */
  readonly hasNull: boolean;
}

const withRsa: SignatureAlgorithm = {
  name: 'sha256WithRSAEncryption',
  oid: '1.2.840.113549.1.1.11',
  hash: 'sha256',
  hasNull: true,
};

/** By the bits of the curve: the hash follows the key, as Go and kubeadm choose it. */
const withCurve: Readonly<Record<number, SignatureAlgorithm>> = {
  256: {name: 'ecdsa-with-SHA256', oid: '1.2.840.10045.4.3.2', hash: 'sha256', hasNull: false},
  384: {name: 'ecdsa-with-SHA384', oid: '1.2.840.10045.4.3.3', hash: 'sha384', hasNull: false},
  521: {name: 'ecdsa-with-SHA512', oid: '1.2.840.10045.4.3.4', hash: 'sha512', hasNull: false},
};

/** Those above, and those that a request made elsewhere may be signed with. */
const verifiable: readonly SignatureAlgorithm[] = [
  withRsa,
  {name: 'sha384WithRSAEncryption', oid: '1.2.840.113549.1.1.12', hash: 'sha384', hasNull: true},
  {name: 'sha512WithRSAEncryption', oid: '1.2.840.113549.1.1.13', hash: 'sha512', hasNull: true},
  ...Object.values(withCurve),
];

/** Names of what is read but never verified or written here. */
const otherNames: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.4': 'md5WithRSAEncryption',
  '1.2.840.113549.1.1.5': 'sha1WithRSAEncryption',
  '1.2.840.113549.1.1.10': 'rsassaPss',
  '1.2.840.10045.4.1': 'ecdsa-with-SHA1',
  '1.3.101.112': 'ED25519',
};

/** Throws when the key cannot sign a certificate for Kubernetes; `readPrivateKey` lets no such key in. */
export function signatureAlgorithmOf(key: KeyObject): SignatureAlgorithm {
  const {type, bits, name} = kindOf(key);
  const algorithm = type === 'RSA' ? withRsa : type === 'ECDSA' ? withCurve[bits] : undefined;
  if (algorithm === undefined) {
    throw new TypeError(`a ${name} key signs no certificate here`);
  }
  return algorithm;
}

/** Whether `isSignedBy` knows an algorithm, by its object identifier. */
export function isKnownAlgorithm(algorithm: string): boolean {
  return verifiable.some((each) => each.oid === algorithm);
}

/** Whether the signature over a body is that of the key; false also for algorithms that are not known here. */
export function isSignedBy(key: KeyObject, body: Uint8Array, algorithm: string, signature: Uint8Array): boolean {
  const found = verifiable.find((each) => each.oid === algorithm);
  return found !== undefined && verify(found.hash, body, key, signature);
}

/** OpenSSL's name of a signature algorithm, or its object identifier. */
export function signatureAlgorithmName(algorithm: string): string {
  return verifiable.find((each) => each.oid === algorithm)?.name ?? otherNames[algorithm] ?? algorithm;
}

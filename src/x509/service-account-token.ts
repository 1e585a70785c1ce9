import {createPublicKey, hash, type KeyObject, sign, verify} from 'node:crypto';
import {Secret} from '../base/secret.ts';
import {kindOf} from './keys.ts';

/**
 * A service account's token (a JWS, RFC 7515), signed as the API server signs one: RS256, or the ES algorithm of the
 * curve; the key is named by the hash of its public half.
 */
export interface TokenClaims {
  readonly issuer: string;
  /** `system:serviceaccount:NAMESPACE:NAME` */
  readonly subject: string;
  readonly audiences: readonly string[];
  readonly now: Date;
  /** Seconds. */
  readonly lifetime: number;
}

export function signServiceAccountToken(
  {issuer, subject, audiences, now, lifetime}: TokenClaims,
  key: KeyObject,
): Secret {
  const {alg, digest} = algorithmOf(key);
  const at = Math.floor(now.getTime() / 1_000);
  const kid = hash('sha256', createPublicKey(key).export({type: 'spki', format: 'der'}), 'base64url');
  const claims = {aud: audiences, exp: at + lifetime, iat: at, iss: issuer, nbf: at, sub: subject};
  const content = [{alg, kid}, claims].map(encoded).join('.');
  const signature = sign(digest, Buffer.from(content), {key, dsaEncoding: 'ieee-p1363'});
  return new Secret(`${content}.${signature.toString('base64url')}`);
}

/** @param publicKey PEM, as `sa.pub` holds it */
export function isSignedByServiceAccountKey(token: Secret, publicKey: string): boolean {
  const [header = '', claims = '', signature = ''] = token.reveal().split('.');
  const key = createPublicKey(publicKey);
  const {alg, digest} = algorithmOf(key);
  const content = Buffer.from(`${header}.${claims}`);
  return (
    alg === algorithmNamed(header) &&
    verify(digest, content, {key, dsaEncoding: 'ieee-p1363'}, Buffer.from(signature, 'base64url'))
  );
}

interface Algorithm {
  /** RFC 7518's name. */
  readonly alg: string;
  readonly digest: string;
}

const byCurve: Readonly<Record<number, Algorithm>> = {
  256: {alg: 'ES256', digest: 'sha256'},
  384: {alg: 'ES384', digest: 'sha384'},
  521: {alg: 'ES512', digest: 'sha512'},
};

function algorithmOf(key: KeyObject): Algorithm {
  const {type, bits, name} = kindOf(key);
  const algorithm = type === 'RSA' ? {alg: 'RS256', digest: 'sha256'} : byCurve[bits];
  if (algorithm === undefined) throw new TypeError(`a ${name} key signs no token of Kubernetes`);
  return algorithm;
}

/** undefined = the header names none. */
function algorithmNamed(header: string): unknown {
  const read: unknown = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
  return typeof read === 'object' && read !== null && 'alg' in read ? read.alg : undefined;
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

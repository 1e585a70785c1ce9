import {type KeyObject, X509Certificate} from 'node:crypto';
import {bytesOf, childAt, children, fromDer, oidOf} from './der.ts';
import type {InspectedCertificate} from './inspect.ts';
import {fromPem} from './pem.ts';
import {isSignedBy, isKnownAlgorithm} from './signature.ts';

/**
 * Whether a key made the signature of a certificate; false also for a key or an algorithm that OpenSSL does not have.
 * Names, dates and constraints are not looked at.
 */
export function isIssuedWith(key: KeyObject, {pem}: InspectedCertificate): boolean {
  try {
    const [body, algorithm, signature] = children(fromDer(fromPem({label: 'CERTIFICATE', text: pem})));
    if (body === undefined || algorithm === undefined || signature === undefined) return false;
    const id = oidOf(childAt(algorithm, 0));
    return isKnownAlgorithm(id)
      ? isSignedBy(key, body.whole, id, bytesOf(signature).subarray(1))
      : new X509Certificate(pem).verify(key);
  } catch {
    return false;
  }
}

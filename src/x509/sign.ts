import {type KeyObject, sign} from 'node:crypto';
import {bitString, type Node, nothing, oid, sequence, toDer} from './forge.ts';
import {type SignatureAlgorithm, signatureAlgorithmOf} from './signature.ts';

export function encodeAlgorithm(algorithm: SignatureAlgorithm): Node {
  return algorithm.hasNull ? sequence(oid(algorithm.oid), nothing()) : sequence(oid(algorithm.oid));
}

/**
 * Signs a body and wraps the three parts that certificates and requests both are: body, algorithm, signature. The work
 * is done on libuv's thread pool: an RSA-4096 or P-384 signature costs milliseconds that a screen would miss.
 */
export async function signed(body: Node, key: KeyObject): Promise<Buffer> {
  const algorithm = signatureAlgorithmOf(key);
  const signature = await new Promise<Buffer>((resolve, reject) => {
    sign(algorithm.hash, toDer(body), key, (error, bytes) => (error === null ? resolve(bytes) : reject(error)));
  });
  return toDer(sequence(body, encodeAlgorithm(algorithm), bitString(signature)));
}

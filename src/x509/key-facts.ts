import {createPrivateKey, createPublicKey, hash} from 'node:crypto';
import {bytesOf, children, type Der, framed, fromDer, oidOf, tagOf, tags} from './der.ts';
import {type KeyKind, kindOf, publicKeyPin} from './keys.ts';
import {fromPem} from './pem.ts';
import type {PemBlock} from '../base/pem.ts';

/**
 * What is known of a key without opening it: its kind and its public half, read out of its DER. Opening a private key costs
 * OpenSSL a tenth of a millisecond and more, and a node may hold thousands; one that is to be *used* is still opened.
 * Whatever is not in one of the usual forms is left to `node:crypto`.
 */
export interface KeyFacts {
  readonly key: KeyKind;
  /** As `publicKeyPin` has it. */
  readonly pin: string;
}

/** Of a PKCS#1, SEC1 or PKCS#8 block without encryption. Throws what OpenSSL throws of a damaged one. */
export function privateKeyFacts(block: PemBlock): KeyFacts {
  const spki = attempt(() => publicHalfOf(block.label, fromDer(fromPem(block))));
  const facts = spki === undefined ? undefined : usualFacts(spki);
  if (facts !== undefined) return facts;
  const key = createPrivateKey(block.text);
  return {key: kindOf(key), pin: publicKeyPin(createPublicKey(key))};
}

/** Of a SubjectPublicKeyInfo; undefined for a key of a kind that OpenSSL does not have. */
export function publicKeyFacts(spki: Buffer): KeyFacts | undefined {
  return (
    usualFacts(spki) ??
    attempt(() => {
      const key = createPublicKey({key: spki, format: 'der', type: 'spki'});
      return {key: kindOf(key), pin: publicKeyPin(key)};
    })
  );
}

const rsaAlgorithm = Buffer.from('300d06092a864886f70d0101010500', 'hex');
const rsa = '1.2.840.113549.1.1.1';
const ecPublicKey = '1.2.840.10045.2.1';

const curves: Readonly<Record<string, {readonly name: string; readonly bits: number}>> = {
  '1.2.840.10045.3.1.7': {name: 'P256', bits: 256},
  '1.3.132.0.34': {name: 'P384', bits: 384},
  '1.3.132.0.35': {name: 'P521', bits: 521},
};

/** Of the one encoding that OpenSSL and Go write, so that equal keys have equal pins; undefined for any other. */
function usualFacts(spki: Buffer): KeyFacts | undefined {
  const key = attempt(() => usualKind(spki));
  return key === undefined ? undefined : {key, pin: `sha256:${hash('sha256', spki, 'hex')}`};
}

function usualKind(spki: Buffer): KeyKind | undefined {
  const [algorithm, bits] = parts(fromDer(spki), tags.sequence, 2);
  const point = bytesOf(part(bits, tags.bitString));
  if (algorithm?.whole.equals(rsaAlgorithm) === true) {
    const [modulus] = parts(fromDer(point.subarray(1)), tags.sequence, 2);
    const size = modulus === undefined ? 0 : bitLength(part(modulus, tags.integer));
    return {type: 'RSA', bits: size, name: `RSA-${size}`};
  }
  const [id, curve] = parts(algorithm, tags.sequence, 2);
  const found = id !== undefined && oidOf(id) === ecPublicKey && curve !== undefined ? curves[oidOf(curve)] : undefined;
  const length = found === undefined ? 0 : 2 + 2 * Math.ceil(found.bits / 8);
  // Points may be shortened to one coordinate; then the same key has two encodings.
  if (found === undefined || point.length !== length || point[1] !== 4) return undefined;
  return {type: 'ECDSA', bits: found.bits, name: `ECDSA-${found.name}`};
}

/** The SubjectPublicKeyInfo to a private key; undefined where it does not hold its public half in the usual form. */
function publicHalfOf(label: string, der: Der): Buffer | undefined {
  switch (label) {
    case 'RSA PRIVATE KEY':
      return rsaPublicHalf(der);
    case 'EC PRIVATE KEY':
      return ecPublicHalf(der, undefined);
    case 'PRIVATE KEY': {
      const [version, algorithm, inner] = children(der);
      const [id, parameters] = algorithm === undefined ? [] : children(algorithm);
      if (version === undefined || id === undefined) return undefined;
      const key = fromDer(bytesOf(part(inner, tags.octetString)));
      if (oidOf(id) === rsa) return rsaPublicHalf(key);
      return oidOf(id) === ecPublicKey ? ecPublicHalf(key, parameters) : undefined;
    }
    default:
      return undefined;
  }
}

/** RSAPrivateKey (RFC 8017, A.1.2): version, modulus, exponent, and six more. */
function rsaPublicHalf(der: Der): Buffer {
  const numbers = parts(der, tags.sequence, 9).map((number) => part(number, tags.integer).whole);
  const bits = framed(tags.bitString, Buffer.of(0), framed(tags.sequence, ...numbers.slice(1, 3)));
  return framed(tags.sequence, rsaAlgorithm, bits);
}

/** ECPrivateKey (RFC 5915): version, the number, the curve under [0] and the point under [1], both optional. */
function ecPublicHalf(der: Der, parameters: Der | undefined): Buffer | undefined {
  const fields = children(der);
  const under = (tag: number): Der | undefined => {
    const field = fields.find((each) => tagOf(each) === tag);
    return field === undefined ? undefined : children(field)[0];
  };
  const [curve, point] = [parameters ?? under(0), under(1)];
  if (curve === undefined || point === undefined) return undefined;
  const algorithm = framed(tags.sequence, oidBytes, part(curve, tags.oid).whole);
  return framed(tags.sequence, algorithm, part(point, tags.bitString).whole);
}

const oidBytes = Buffer.from('06072a8648ce3d0201', 'hex');

function part(der: Der | undefined, tag: number): Der {
  if (der?.tag !== tag) throw new TypeError('the key is not what was expected');
  return der;
}

function parts(der: Der | undefined, tag: number, count: number): readonly Der[] {
  const found = children(part(der, tag));
  if (found.length !== count) throw new TypeError('the key is not what was expected');
  return found;
}

function bitLength({content}: Der): number {
  const start = content.findIndex((byte) => byte !== 0);
  return start === -1 ? 0 : (content.length - start) * 8 - Math.clz32(content[start] ?? 0) + 24;
}

function attempt<Value>(look: () => Value | undefined): Value | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

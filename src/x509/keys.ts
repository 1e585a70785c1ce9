import {createPrivateKey, createPublicKey, generateKeyPair, hash, type KeyObject} from 'node:crypto';
import {promisify} from 'node:util';
import {Failure} from '../base/failure.ts';
import {Secret} from '../base/secret.ts';
import type {KeyAlgorithm} from '../pki/plan.ts';
import {pemBlocks} from '../base/pem.ts';

/** A private key in the three forms that are needed: to be written, to be certified, to sign with. */
export interface KeyPair {
  /** PKCS#1 (RSA) or SEC1 (ECDSA) PEM, as kubeadm writes it. */
  readonly privateKey: Secret;
  readonly publicKey: KeyObject;
  /** The private key for `crypto.sign`; shows nothing of itself when printed. */
  readonly signingKey: KeyObject;
}

const generate = promisify(generateKeyPair);

/** Makes a key pair on libuv's thread pool: the event loop goes on, and several calls use several cores. */
export async function generateKeys(algorithm: KeyAlgorithm): Promise<KeyPair> {
  const {privateKey, publicKey} = await generated(algorithm);
  return {privateKey: privateKeyPem(privateKey), publicKey, signingKey: privateKey};
}

function generated(algorithm: KeyAlgorithm): Promise<{privateKey: KeyObject; publicKey: KeyObject}> {
  switch (algorithm) {
    case 'RSA-2048':
      return generate('rsa', {modulusLength: 2048});
    case 'RSA-3072':
      return generate('rsa', {modulusLength: 3072});
    case 'RSA-4096':
      return generate('rsa', {modulusLength: 4096});
    case 'ECDSA-P256':
      return generate('ec', {namedCurve: 'P-256'});
    case 'ECDSA-P384':
      return generate('ec', {namedCurve: 'P-384'});
    default:
      return algorithm satisfies never;
  }
}

/** PKIX PEM, `BEGIN PUBLIC KEY`: the form of `sa.pub`. */
export function publicKeyPem(publicKey: KeyObject): string {
  return publicKey.export({type: 'spki', format: 'pem'});
}

/** `sha256:` and the hash of the public key (SubjectPublicKeyInfo, DER), lower-case hex, as kubeadm pins a CA. */
export function publicKeyPin(key: KeyObject): string {
  return `sha256:${hash('sha256', publicHalf(key).export({type: 'spki', format: 'der'}), 'hex')}`;
}

/** Whether two keys are the two halves of one pair, or one public key twice. */
export function samePublicKey(one: KeyObject, other: KeyObject): boolean {
  return publicHalf(one).equals(publicHalf(other));
}

function publicHalf(key: KeyObject): KeyObject {
  return key.type === 'private' ? createPublicKey(key) : key;
}

export interface KeyKind {
  readonly type: 'RSA' | 'ECDSA' | 'other';
  /** Of the modulus or of the curve; 0 when not known. */
  readonly bits: number;
  /** `RSA-2048`, `ECDSA-P256`, or Node's name of what else it is. */
  readonly name: string;
}

const curves: Readonly<Record<string, {readonly name: string; readonly bits: number}>> = {
  prime256v1: {name: 'P256', bits: 256},
  secp384r1: {name: 'P384', bits: 384},
  secp521r1: {name: 'P521', bits: 521},
};

/** What kind of key it is. `other` is what Kubernetes cannot use: Ed25519, DSA, RSA-PSS, curves that Go does not know. */
export function kindOf(key: KeyObject): KeyKind {
  const {modulusLength = 0, namedCurve = 'an unnamed curve'} = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa') return {type: 'RSA', bits: modulusLength, name: `RSA-${modulusLength}`};
  if (key.asymmetricKeyType !== 'ec') return {type: 'other', bits: 0, name: key.asymmetricKeyType ?? 'unknown'};
  const curve = curves[namedCurve];
  return curve === undefined
    ? {type: 'other', bits: 0, name: `ECDSA on ${namedCurve}`}
    : {type: 'ECDSA', bits: curve.bits, name: `ECDSA-${curve.name}`};
}

/** Whether the text holds a private key that a passphrase is needed for. */
export function needsPassphrase(text: string | Secret): boolean {
  const pem = privateKeyBlock(text);
  return pem !== undefined && isEncrypted(pem);
}

/**
 * Reads a private key: PKCS#1, SEC1, PKCS#8, encrypted PKCS#8 and OpenSSL's older encrypted PEM, alone or in a file
 * with other blocks. What comes back is PKCS#1 or SEC1 without encryption.
 *
 * @param from where it comes from, in words for a message: a path
 * @throws Failure `key-unreadable`, `passphrase-needed`, `passphrase-wrong`, `key-unsupported`
 */
export function readPrivateKey(text: string | Secret, passphrase?: Secret, from = 'the key'): KeyPair {
  const signingKey = openPrivateKey(text, passphrase, from);
  return {privateKey: privateKeyPem(signingKey), publicKey: createPublicKey(signingKey), signingKey};
}

/** As `readPrivateKey`, for who wants to sign or compare only. */
export function openPrivateKey(text: string | Secret, passphrase?: Secret, from = 'the key'): KeyObject {
  const pem = privateKeyBlock(text);
  if (pem === undefined) {
    throw new Failure('key-unreadable', `${from} holds no private key${insteadOfKey(text)}`, {
      nextSteps: ['give the PEM file that holds `BEGIN … PRIVATE KEY`'],
    });
  }
  const encrypted = isEncrypted(pem);
  if (encrypted && (passphrase === undefined || passphrase.reveal() === '')) {
    throw new Failure('passphrase-needed', `${from} is encrypted, and no passphrase is given`, {
      nextSteps: ['give the passphrase in a file or an environment variable, or run where it can be asked for'],
    });
  }
  const signingKey = decoded(pem, encrypted ? passphrase : undefined, from);
  const kind = kindOf(signingKey);
  if (kind.type === 'other') {
    throw new Failure('key-unsupported', `${from} is of kind ${kind.name}, which Kubernetes does not take`, {
      nextSteps: ['use an RSA key, or an ECDSA key on P-256, P-384 or P-521'],
    });
  }
  return signingKey;
}

function decoded(pem: string, passphrase: Secret | undefined, from: string): KeyObject {
  try {
    return createPrivateKey(passphrase === undefined ? pem : {key: pem, passphrase: passphrase.reveal()});
  } catch (error) {
    throw unreadable(error, passphrase !== undefined, from);
  }
}

/**
 * A wrong passphrase usually leaves wrong padding behind (BAD_DECRYPT), but once in some 256 times the padding is right
 * by chance and the key is rubbish (DECODER UNSUPPORTED). A cipher that OpenSSL 3 keeps in its legacy provider has a
 * code of its own.
 */
function unreadable(error: unknown, encrypted: boolean, from: string): Failure {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_OSSL_EVP_UNSUPPORTED') {
    return new Failure('key-unsupported', `${from} is encrypted with a cipher that OpenSSL 3 no longer reads`, {
      nextSteps: [
        'write it anew: openssl pkcs8 -topk8 -v2 aes-256-cbc -provider legacy -provider default -in OLD -out NEW',
      ],
      cause: error,
    });
  }
  return encrypted
    ? new Failure('passphrase-wrong', `the passphrase does not open ${from}`, {
        nextSteps: ['check the passphrase: no line break or blank at its end, and the right file'],
        cause: error,
      })
    : new Failure('key-unreadable', `${from} is damaged, or no private key`, {
        nextSteps: ['check it: openssl pkey -noout -text -in FILE'],
        cause: error,
      });
}

function privateKeyPem(key: KeyObject): Secret {
  const type = key.asymmetricKeyType === 'rsa' ? 'pkcs1' : 'sec1';
  return new Secret(key.export({type, format: 'pem'}));
}

function privateKeyBlock(text: string | Secret): string | undefined {
  const pem = typeof text === 'string' ? text : text.reveal();
  return pemBlocks(pem).find(({label}) => label.endsWith('PRIVATE KEY'))?.text;
}

/** Of one block of PEM. */
export function isEncrypted(pem: string): boolean {
  return pem.startsWith('-----BEGIN ENCRYPTED PRIVATE KEY-----') || /^Proc-Type: 4,ENCRYPTED/m.test(pem);
}

/** Labels are no secret; naming them tells who gave the wrong file. */
function insteadOfKey(text: string | Secret): string {
  const labels = new Set(pemBlocks(typeof text === 'string' ? text : text.reveal()).map(({label}) => label));
  return labels.size === 0 ? '' : `, only ${[...labels].join(', ')}`;
}

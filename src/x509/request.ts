import type {KeyObject} from 'node:crypto';
import {Failure} from '../base/failure.ts';
import type {Secret} from '../base/secret.ts';
import type {Subject, Usage} from '../pki/blueprint-types.ts';
import {askedExtensions, encodePublicKey, issuerFrom, type MadeCertificate, makeCertificate} from './certificate.ts';
import type {NameOfSubject} from './extensions.ts';
import {extensions, integer, oid, sequence, setOf, tagged} from './forge.ts';
import {inspectCertificate, publicKeyOf} from './inspect.ts';
import {type KeyPair, openPrivateKey, samePublicKey} from './keys.ts';
import {encodeName, nameFrom} from './names.ts';
import {toPem} from './pem.ts';
import {extensionRequest, type ReadRequest, readRequest} from './read-request.ts';
import {signed} from './sign.ts';

/** What a certificate is asked for. */
export interface RequestWish {
  /** One that was read somewhere (`ReadName`) is asked for to the byte. */
  readonly subject: Subject & {readonly der?: Uint8Array};
  readonly sans: readonly NameOfSubject[];
  readonly usages: readonly Usage[];
  /** Whether it is to be an authority itself. */
  readonly isAuthority: boolean;
}

/**
 * Makes a certificate signing request (PKCS#10, PEM). Unlike kubeadm's it asks for everything that the certificate
 * needs, key usage and extended key usage included, so that `openssl x509 -req -copy_extensions copy` signs it right.
 */
export async function makeRequest(wish: RequestWish, key: KeyPair): Promise<string> {
  const subject = wish.subject.der === undefined ? encodeName(wish.subject) : nameFrom(wish.subject.der);
  const asked = extensions(askedExtensions({...wish, subject}));
  const body = sequence(
    integer(0),
    subject,
    encodePublicKey(key.publicKey),
    tagged(0, sequence(oid(extensionRequest), setOf(asked))),
  );
  return toPem('CERTIFICATE REQUEST', await signed(body, key.signingKey));
}

/** How a request is to be answered: what the signer decides, whatever is asked. */
export interface Signing {
  readonly now: Date;
  /** Hours. */
  readonly validity: number;
  /** Whether it may become an authority. A request for one is refused without this. */
  readonly isAuthority: boolean;
  /** Instead of the usages that are asked for. */
  readonly usages?: readonly Usage[];
  /** The request's and the authority's places, in words for messages. */
  readonly from?: {readonly request: string; readonly authority: string};
}

/**
 * Signs a request on the machine that holds the authority's key. Subject, names and usages are the request's; the rest
 * is as in every certificate made here, with the identifier copied out of the authority.
 *
 * @throws Failure `request-unreadable`, `request-signature-wrong`, `request-for-authority`, `request-not-understood`,
 * `key-weak`, `key-does-not-match`, `authority-may-not-sign`, `authority-expired`, and those of reading the authority
 */
export async function signRequest(
  pem: string,
  authority: {readonly certificate: string; readonly key: Secret},
  signing: Signing,
): Promise<MadeCertificate> {
  const from = signing.from ?? {request: 'the request', authority: 'the authority'};
  const request = readRequest(pem, from.request);
  checkAsked(request, signing, from.request);
  const signingKey = openPrivateKey(authority.key, undefined, `the key of ${from.authority}`);
  checkSigner(authority.certificate, signingKey, signing, from.authority);
  return makeCertificate(
    {
      subject: nameFrom(request.subject.der),
      publicKey: request.publicKey,
      isAuthority: signing.isAuthority,
      usages: signing.usages ?? request.usages,
      sans: request.sans,
      validity: signing.validity,
    },
    issuerFrom(authority.certificate, signingKey),
    signing.now,
  );
}

function checkAsked(request: ReadRequest, signing: Signing, from: string): void {
  if (request.isAuthority && !signing.isAuthority) {
    throw new Failure('request-for-authority', `${from} asks to become an authority, which is not expected of it`, {
      nextSteps: ['sign it only if you know who made it and why; whoever holds its key could sign for the cluster'],
    });
  }
  const strange = [...request.otherNames, ...(signing.usages === undefined ? request.otherUsages : [])];
  if (strange.length > 0) {
    throw new Failure('request-not-understood', `${from} asks for what is not signed here: ${strange.join(', ')}`, {
      nextSteps: ['make the request again without it'],
    });
  }
  const {type, bits, name} = request.key;
  if (type === 'other' || (type === 'RSA' && bits < 2048)) {
    throw new Failure('key-weak', `${from} is for a key of kind ${name}`, {
      nextSteps: ['make a request with RSA of 2048 bits or more, or ECDSA on P-256, P-384 or P-521'],
    });
  }
}

function checkSigner(certificate: string, signingKey: KeyObject, {now, isAuthority}: Signing, from: string): void {
  const authority = inspectCertificate(certificate, from);
  if (!samePublicKey(signingKey, publicKeyOf(certificate, from))) {
    throw new Failure('key-does-not-match', `the key of ${from} does not belong to its certificate`, {
      nextSteps: ['give certificate and key of one pair; in a file of several the first certificate counts'],
    });
  }
  const mayNotSign =
    !authority.isAuthority ||
    authority.keyUsage?.includes('keyCertSign') === false ||
    (isAuthority && authority.pathLength === 0);
  if (mayNotSign) {
    const what = isAuthority ? 'an authority' : 'a certificate';
    throw new Failure('authority-may-not-sign', `${from} may not sign ${what}: verifiers would refuse it`, {
      nextSteps: ['use an authority with CA:TRUE, keyCertSign, and a path length that leaves room'],
    });
  }
  if (now > authority.notAfter) {
    throw new Failure('authority-expired', `${from} ended on ${authority.notAfter.toISOString()}`, {
      nextSteps: ['renew the authority first'],
    });
  }
}

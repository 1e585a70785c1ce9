import type {KeyObject} from 'node:crypto';
import {Failure} from '../base/failure.ts';
import type {KeyAlgorithm} from '../pki/plan.ts';
import {keyAlgorithms} from '../pki/plan.ts';
import {issuerFrom, type MadeCertificate, makeCertificate} from './certificate.ts';
import type {NameOfSubject} from './extensions.ts';
import type {InspectedCertificate} from './inspect.ts';
import {generateKeys, type KeyPair} from './keys.ts';
import {nameFrom} from './names.ts';
import {makeRequest} from './request.ts';

export interface RenewalWish {
  /** Hours from now. */
  readonly validity: number;
  /** The key to keep; undefined = a new one of the same kind. */
  readonly key: KeyPair | undefined;
  /** Instead of the names it has. */
  readonly sans?: readonly NameOfSubject[];
}

/**
 * Issues a leaf again: subject to the byte, usages and names are carried over, as `kubeadm certs renew` does it.
 *
 * @param from where it lies, in words for a message
 * @throws Failure `certificate-not-understood` when it says something that would be lost, `key-unsupported`
 */
export async function renewCertificate(
  old: InspectedCertificate,
  authority: {readonly certificate: string; readonly key: KeyObject},
  wish: RenewalWish,
  {now, from}: {readonly now: Date; readonly from: string},
): Promise<MadeCertificate & {readonly key: KeyPair}> {
  refuseLoss(old, from);
  const key = wish.key ?? (await generateKeys(algorithmOf(old, from)));
  const made = await makeCertificate(
    {
      subject: nameFrom(old.subject.der),
      publicKey: key.publicKey,
      isAuthority: false,
      usages: old.usages,
      sans: wish.sans ?? old.sans,
      validity: wish.validity,
    },
    issuerFrom(authority.certificate, authority.key),
    now,
  );
  return {...made, key};
}

/**
 * Asks for a leaf again, where the authority's key is elsewhere: a new key, and a request for the same subject, usages
 * and names.
 *
 * @throws Failure as `renewCertificate`
 */
export async function requestAgain(
  old: InspectedCertificate,
  sans: readonly NameOfSubject[],
  from: string,
): Promise<{readonly key: KeyPair; readonly request: string}> {
  refuseLoss(old, from);
  const key = await generateKeys(algorithmOf(old, from));
  const {subject, usages} = old;
  return {key, request: await makeRequest({subject, usages, sans, isAuthority: false}, key)};
}

function refuseLoss({otherNames, otherUsages}: InspectedCertificate, from: string): void {
  const lost = [...otherNames, ...otherUsages];
  if (lost.length === 0) return;
  throw new Failure('certificate-not-understood', `${from} says what would be lost here: ${lost.join(', ')}`, {
    nextSteps: ['renew it with the tool that made it'],
  });
}

/** A weak key is not made again: RSA below 2048 bits becomes 2048. */
function algorithmOf({key}: InspectedCertificate, from: string): KeyAlgorithm {
  if (key.type === 'RSA' && key.bits < 2048) return 'RSA-2048';
  const same = keyAlgorithms.find((algorithm) => algorithm === key.name);
  if (same !== undefined) return same;
  throw new Failure('key-unsupported', `no key of kind ${key.name} is made here, as ${from} has one`, {
    nextSteps: [`keep its key (--same-key), or issue it anew with ${keyAlgorithms.join(', ')}`],
  });
}

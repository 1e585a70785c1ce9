import {type Problem, problem, warning} from '../base/problem.ts';
import type {InspectedCertificate} from './inspect.ts';

/** Go's verifiers have refused SHA-1 since 1.18, MD5 always. */
const weakSignature = /^(md5|sha1)With|ecdsa-with-SHA1/i;

/**
 * What is wrong with a certificate taken by itself at a time, worst first: nothing here knows its authority, its key or
 * who looks at it.
 *
 * @param at where it lies, in words for a message
 */
export function faultsOf(certificate: InspectedCertificate, now: Date, at: string): readonly Problem[] {
  const {notBefore, notAfter, key, signatureAlgorithm, isAuthority, usages, sans, isSelfIssued} = certificate;
  const found: Problem[] = [];
  if (now > notAfter) {
    found.push(problem('expired', at, `it ended on ${utc(notAfter)}: everybody refuses it`, 'renew it'));
  }
  if (now < notBefore) {
    found.push(
      problem(
        'not-yet-valid',
        at,
        `it begins on ${utc(notBefore)}, which is still to come`,
        'compare the clocks (`date -u`) of this machine and of the one that made it',
      ),
    );
  }
  if (key.type === 'other') {
    found.push(
      problem(
        'key-unsupported',
        at,
        `its key is of kind ${key.name}, which Kubernetes does not take`,
        'use RSA or ECDSA',
      ),
    );
  } else if (key.type === 'RSA' && key.bits < 2048) {
    found.push(
      problem(
        'key-weak',
        at,
        `its RSA key has only ${key.bits} bits: Go refuses keys below 1024, rules ask for 2048`,
        'make a new key',
      ),
    );
  }
  // A root is believed because it is there, not because of its signature.
  if (weakSignature.test(signatureAlgorithm) && !(isAuthority && isSelfIssued)) {
    found.push(
      problem(
        'signature-weak',
        at,
        `it is signed with ${signatureAlgorithm}, which Go refuses`,
        'sign it again with SHA-256',
      ),
    );
  }
  if (usages.includes('server auth') && sans.length === 0 && !isAuthority) {
    found.push(
      problem(
        'no-names',
        at,
        'it is for a server and has no SAN: clients look at nothing else, the common name does not count',
        'issue it again with the names and addresses that clients use',
      ),
    );
  }
  if (isAuthority && certificate.keyUsage?.includes('keyCertSign') === false) {
    found.push(
      problem(
        'may-not-sign',
        at,
        'it is an authority whose key usage forbids signing',
        'make it again with keyCertSign',
      ),
    );
  }
  // kubeadm gave its authorities the number 0 until 1.28; nobody minds at the end of a chain.
  if (!certificate.hasPositiveSerial && !(isAuthority && isSelfIssued && /^0+$/.test(certificate.serial))) {
    found.push(
      warning(
        'serial-not-positive',
        at,
        'its serial number is not above zero: newer verifiers refuse that',
        'issue it again',
      ),
    );
  }
  return found;
}

function utc(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

import {randomBytes, randomInt} from 'node:crypto';
import {Secret} from '../base/secret.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A new bootstrap token, `abcdef.0123456789abcdef`. The first six letters name it, the sixteen others are the secret. */
export function makeBootstrapToken(): Secret {
  return new Secret(`${randomLetters(6)}.${randomLetters(16)}`);
}

function randomLetters(count: number): string {
  return Array.from({length: count}, () => letters.charAt(randomInt(letters.length))).join('');
}

/** A key that kubeadm encrypts certificates with on their way through the cluster: 32 bytes, in hex. */
export function makeCertificateKey(): Secret {
  return new Secret(randomBytes(32).toString('hex'));
}

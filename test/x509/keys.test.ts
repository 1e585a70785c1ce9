import {createPublicKey} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {inspect} from 'node:util';
import {describe, expect, test} from 'vitest';
import {Failure} from '../../src/base/failure.ts';
import {Secret} from '../../src/base/secret.ts';
import {type KeyAlgorithm, keyAlgorithms} from '../../src/pki/plan.ts';
import {
  generateKeys,
  kindOf,
  needsPassphrase,
  publicKeyPem,
  readPrivateKey,
  samePublicKey,
} from '../../src/x509/keys.ts';
import {openssl} from '../helpers/openssl.ts';
import {temporaryFiles} from '../helpers/temporary-folder.ts';

function failureOf(read: () => unknown): Failure {
  try {
    read();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  return expect.fail('nothing was thrown');
}

function fixture(name: string): string {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
}

const rsa = openssl(['genrsa', '2048']);
const ec = openssl(['genpkey', '-algorithm', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']);
const passphrase = new Secret('open sesame');
const out = ['-passout', 'pass:open sesame'];

const heads: Readonly<Record<string, string>> = {
  RSA: '-----BEGIN RSA PRIVATE KEY-----\n',
  ECDSA: '-----BEGIN EC PRIVATE KEY-----\n',
};

describe('a key that is made', () => {
  test.each(keyAlgorithms)('%s is written as kubeadm writes it', async (algorithm: KeyAlgorithm) => {
    const key = await generateKeys(algorithm);
    const pem = key.privateKey.reveal();
    const [type = '', size = ''] = algorithm.split('-');
    expect(pem.startsWith(heads[type] ?? '?')).toBe(true);
    expect(kindOf(key.publicKey)).toEqual({type, bits: Number(size.replace('P', '')), name: algorithm});
    // openssl finds nothing wrong with it, and the same public half.
    expect(openssl(['pkey', '-check', '-noout'], pem)).toContain('Key is valid');
    expect(openssl(['pkey', '-pubout'], pem)).toBe(publicKeyPem(key.publicKey));
    expect(key.signingKey.equals(readPrivateKey(key.privateKey).signingKey)).toBe(true);
  });

  test('shows nothing of itself', async () => {
    const key = await generateKeys('ECDSA-P256');
    const secret = key.privateKey.reveal().split('\n')[1] ?? expect.fail('no PEM');
    expect(inspect(key, {depth: 9, showHidden: true})).not.toContain(secret);
    expect(JSON.stringify(key)).not.toContain(secret);
  });
});

describe('a key that is brought', () => {
  test.each([
    ['PKCS#1', () => openssl(['rsa', '-traditional'], rsa), 'RSA'],
    ['SEC1', () => openssl(['ec'], ec), 'ECDSA'],
    ['SEC1 behind its parameters', () => openssl(['ecparam', '-name', 'secp521r1', '-genkey']), 'ECDSA'],
    ['PKCS#8 with RSA', () => rsa, 'RSA'],
    ['PKCS#8 with ECDSA', () => ec, 'ECDSA'],
    ['with Windows line ends and words around it', () => `ca key\r\n${ec.replaceAll('\n', '\r\n')}end\r\n`, 'ECDSA'],
  ])('%s is read', (_, make, type) => {
    const key = readPrivateKey(make());
    expect(kindOf(key.signingKey).type).toBe(type);
    expect(key.privateKey.reveal().startsWith(heads[type] ?? '?')).toBe(true);
    expect(needsPassphrase(make())).toBe(false);
  });

  const encrypted: [string, () => string, string][] = [
    ['PKCS#8, AES, RSA', () => openssl(['pkcs8', '-topk8', '-v2', 'aes-256-cbc', ...out], rsa), rsa],
    ['PKCS#8, AES, ECDSA', () => openssl(['pkcs8', '-topk8', '-v2', 'aes-256-cbc', ...out], ec), ec],
    ['PKCS#8, scrypt', () => openssl(['pkcs8', '-topk8', '-scrypt', ...out], ec), ec],
    ['PKCS#8, triple DES', () => openssl(['pkcs8', '-topk8', '-v1', 'PBE-SHA1-3DES', ...out], rsa), rsa],
    ['older PEM, AES, RSA', () => openssl(['rsa', '-traditional', '-aes256', ...out], rsa), rsa],
    ['older PEM, triple DES, ECDSA', () => openssl(['ec', '-des3', ...out], ec), ec],
  ];

  test.each(encrypted)('encrypted as %s opens with its passphrase only', (_, make, plain) => {
    const pem = make();
    expect(needsPassphrase(pem)).toBe(true);
    expect(needsPassphrase(new Secret(pem))).toBe(true);
    const key = readPrivateKey(new Secret(pem), passphrase);
    expect(samePublicKey(key.signingKey, createPublicKey(plain))).toBe(true);
    expect(needsPassphrase(key.privateKey)).toBe(false);

    expect(failureOf(() => readPrivateKey(pem, undefined, 'ca.key'))).toMatchObject({
      code: 'passphrase-needed',
      message: 'ca.key is encrypted, and no passphrase is given',
    });
    expect(failureOf(() => readPrivateKey(pem, new Secret(''))).code).toBe('passphrase-needed');
    const wrong = failureOf(() => readPrivateKey(pem, new Secret('not this one'), 'ca.key'));
    expect(wrong).toMatchObject({code: 'passphrase-wrong', message: 'the passphrase does not open ca.key'});
    expect(inspect(wrong, {depth: 9})).not.toMatch(/open sesame|not this one|PRIVATE KEY/);
  });

  test('a wrong passphrase that leaves right padding behind by chance is still called wrong', () => {
    const pem = openssl(['pkcs8', '-topk8', '-v2', 'aes-256-cbc', '-iter', '1', ...out], ec);
    const causes = new Set<unknown>();
    for (let attempt = 0; causes.size < 2 && attempt < 20_000; attempt += 1) {
      const failure = failureOf(() => readPrivateKey(pem, new Secret(`wrong ${attempt}`)));
      expect(failure.code).toBe('passphrase-wrong');
      causes.add((failure.cause as {code?: string}).code);
    }
    expect(causes).toEqual(new Set(['ERR_OSSL_BAD_DECRYPT', 'ERR_OSSL_UNSUPPORTED']));
  });

  test('a passphrase for a key that has none is not held against it', () => {
    expect(kindOf(readPrivateKey(ec, passphrase).publicKey).name).toBe('ECDSA-P256');
  });

  test.each([
    // Made with the legacy provider, which not every openssl has at hand. The passphrase is right.
    ['DES, which OpenSSL 3 keeps apart', () => fixture('des-pkcs8.pem')],
    ['DES in the older PEM', () => fixture('des-older.pem')],
    ['Ed25519', () => openssl(['genpkey', '-algorithm', 'ed25519'])],
    ['RSA-PSS', () => openssl(['genpkey', '-algorithm', 'rsa-pss'])],
    ['a curve that Go does not have', () => openssl(['ecparam', '-name', 'secp256k1', '-genkey', '-noout'])],
  ])('%s is refused with what to do', (_, make) => {
    const failure = failureOf(() => readPrivateKey(make(), passphrase));
    expect(failure.code).toBe('key-unsupported');
    expect(failure.nextSteps[0]).toMatch(/^(write it anew|use an RSA key)/);
  });

  test.each([
    ['nothing', () => '', 'ca.key holds no private key'],
    ['words', () => 'hello', 'ca.key holds no private key'],
    ['a public key', () => openssl(['pkey', '-pubout'], ec), 'ca.key holds no private key, only PUBLIC KEY'],
    ['a damaged key', () => ec.replace('MIG', 'AAA'), 'ca.key is damaged, or no private key'],
    ['half a key', () => ec.slice(0, 80), 'ca.key holds no private key'],
  ])('%s is no key', (_, make, message) => {
    const failure = failureOf(() => readPrivateKey(make(), undefined, 'ca.key'));
    expect(failure).toMatchObject({code: 'key-unreadable', message});
  });

  test('stands in one file with its certificate, as the kubelet keeps it', () => {
    const [keyFile = ''] = temporaryFiles(ec);
    const certificate = openssl(['req', '-x509', '-key', keyFile, '-subj', '/CN=x']);
    expect(samePublicKey(readPrivateKey(certificate + ec).publicKey, createPublicKey(ec))).toBe(true);
  });
});

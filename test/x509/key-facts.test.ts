import {createPrivateKey, createPublicKey} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import {pemBlocks} from '../../src/base/pem.ts';
import {privateKeyFacts, publicKeyFacts} from '../../src/x509/key-facts.ts';
import {kindOf, publicKeyPin} from '../../src/x509/keys.ts';
import {openssl} from '../helpers/openssl.ts';

/** One private key in a form of openssl's; `EC PARAMETERS` before it are left out. */
function key(algorithm: string, option: string | undefined, ...form: readonly string[]): string {
  const made = openssl(['genpkey', '-algorithm', algorithm, ...(option === undefined ? [] : ['-pkeyopt', option])]);
  return openssl(['pkey', ...form], made);
}

/** What node:crypto finds, which opens the key. */
function opened(pem: string) {
  const publicKey = createPublicKey(createPrivateKey(pem));
  return {key: kindOf(publicKey), pin: publicKeyPin(publicKey)};
}

function read(pem: string) {
  const block = pemBlocks(pem).find(({label}) => label.endsWith('PRIVATE KEY'));
  if (block === undefined) throw new Error('openssl wrote no key');
  return privateKeyFacts(block);
}

describe('a private key read without being opened is what it is when it is opened', () => {
  test.each([
    ['RSA as PKCS#1', 'RSA', 'rsa_keygen_bits:2048', ['-traditional']],
    ['RSA as PKCS#8', 'RSA', 'rsa_keygen_bits:3072', []],
    ['RSA of an odd size', 'RSA', 'rsa_keygen_bits:1023', ['-traditional']],
    ['P-256 as SEC1', 'EC', 'ec_paramgen_curve:P-256', ['-traditional']],
    ['P-384 as PKCS#8', 'EC', 'ec_paramgen_curve:P-384', []],
    ['P-521 as SEC1', 'EC', 'ec_paramgen_curve:P-521', ['-traditional']],
    ['a compressed point', 'EC', 'ec_paramgen_curve:P-256', ['-ec_conv_form', 'compressed']],
    ['a curve written out', 'EC', 'ec_paramgen_curve:P-256', ['-ec_param_enc', 'explicit']],
    ['a curve that Go does not know', 'EC', 'ec_paramgen_curve:secp256k1', []],
    ['Ed25519', 'ED25519', undefined, []],
  ])('%s', (_, algorithm, option, form) => {
    const pem = key(algorithm, option, ...form);
    expect(read(pem)).toEqual(opened(pem));
  });

  test('an EC key that leaves its public half out', () => {
    const pem = key('EC', 'ec_paramgen_curve:P-256', '-traditional');
    const short = openssl(['ec', '-no_public'], pem);
    expect(short).not.toBe(pem);
    expect(read(short)).toEqual(opened(pem));
  });
});

test('a key that is cut off, or whose numbers are missing, is damaged as it is for OpenSSL', () => {
  const [block] = pemBlocks(key('RSA', 'rsa_keygen_bits:2048', '-traditional'));
  if (block === undefined) throw new Error('openssl wrote no key');
  const lines = block.text.split('\n');
  const cut = {...block, text: [...lines.slice(0, 10), ...lines.slice(-2)].join('\n')};
  expect(() => privateKeyFacts(cut)).toThrow(/./);
});

test('a public key that no OpenSSL has is none', () => {
  expect(publicKeyFacts(Buffer.from('3003020100', 'hex'))).toBeUndefined();
});

import {generateKeyPairSync} from 'node:crypto';
import {expect, test} from 'vitest';
import {redact} from '../../src/base/redact.ts';

const {privateKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'});
const pems = [
  privateKey.export({type: 'sec1', format: 'pem'}),
  privateKey.export({type: 'pkcs8', format: 'pem'}),
  privateKey.export({type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x'}),
];

test.each(pems)('a private key is not shown, nor is a part of one (%#)', (pem) => {
  const body = pem.split('\n')[2] ?? expect.fail('a PEM has lines');
  expect(redact(`before\n${pem}after`)).toBe('before\n[private key]\nafter');
  expect(redact(`cut off: ${pem.slice(0, 120)}`)).toBe('cut off: [private key]');
  expect(redact(`key: ${Buffer.from(pem).toString('base64')}`)).toBe('key: [embedded PEM]');
  expect(redact(pem)).not.toContain(body);
});

test('bootstrap and service account tokens are not shown', () => {
  expect(redact('joins with abcdef.0123456789abcdef now')).toBe('joins with [bootstrap token] now');
  expect(redact('Bearer eyJhbGciOi.eyJpc3Mi.c2ln-_x')).toBe('Bearer [service account token]');
});

test('a stack and a certificate stay as they are', () => {
  const text =
    'TypeError: no\n    at run (file:///opt/certwright/dist/src/main.js:10:5)\n-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----';
  expect(redact(text)).toBe(text);
});

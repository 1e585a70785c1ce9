import {generateKeyPairSync} from 'node:crypto';
import {expect, test} from 'vitest';
import {expectNoSecrets} from './no-secrets.ts';

const {privateKey} = generateKeyPairSync('rsa', {modulusLength: 1024});
const pem = privateKey.export({type: 'pkcs1', format: 'pem'});

test.each([
  ['a key', pem],
  ['a PKCS#8 key', privateKey.export({type: 'pkcs8', format: 'pem'})],
  ['an embedded key', Buffer.from(pem).toString('base64')],
  ['an embedded key after one byte', Buffer.from(`\n${pem}`).toString('base64')],
  ['an embedded key after two bytes', Buffer.from(`\n\n${pem}`).toString('base64')],
  ['a bootstrap token', '--token abcdef.0123456789abcdef'],
  ['a service account token', 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrIn0.c2ln'],
])('%s is found', (_, text) => {
  expect(() => expectNoSecrets(text)).toThrow(/holds a/);
});

test('a secret that the test names is found, and ordinary text is not', () => {
  expect(() => expectNoSecrets('the word is hush', ['hush'])).toThrow('holds a secret of this test');
  expectNoSecrets('certificate 3f:2a of apiserver.kube-system, 10.96.0.1, -----BEGIN CERTIFICATE-----', ['hush']);
});

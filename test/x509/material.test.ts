import {describe, expect, test} from 'vitest';
import {X509Certificate} from 'node:crypto';
import {readMaterial} from '../../src/x509/material.ts';
import {faultsOf} from '../../src/x509/faults.ts';
import {inspectCertificate, spkiPin} from '../../src/x509/inspect.ts';
import {publicKeyPem} from '../../src/x509/keys.ts';
import {makeRequest} from '../../src/x509/request.ts';
import {openssl} from '../helpers/openssl.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {makeAuthority, makeLeaf, now} from './makers.ts';

const read = (...texts: readonly string[]) => readMaterial(Buffer.from(texts.join('some text between\n')));

describe('a file is taken apart', () => {
  test('into its blocks in their order, whatever stands between them', async () => {
    const authority = await makeAuthority();
    const leaf = await makeLeaf(authority);
    const request = await makeRequest(
      {subject: {commonName: 'alice', organizations: []}, sans: [], usages: ['client auth'], isAuthority: false},
      leaf.key,
    );
    const items = read(
      leaf.certificate,
      authority.certificate,
      leaf.key.privateKey.reveal(),
      publicKeyPem(leaf.key.publicKey),
      request,
    );
    expect(items.map(({kind}) => kind)).toEqual(['certificate', 'certificate', 'private-key', 'public-key', 'request']);
    const pin = spkiPin(leaf.certificate);
    expect(items.map((item) => item.pin === pin)).toEqual([true, false, true, true, true]);
    expectNoSecrets(JSON.stringify(items));
  });

  test('and says which certificate of it signed which', async () => {
    const authority = await makeAuthority();
    const namesake = await makeAuthority();
    const leaf = await makeLeaf(authority);
    const signers = read(leaf.certificate, namesake.certificate, authority.certificate).map((item) =>
      item.kind === 'certificate' ? item.signedBy : 'no certificate',
    );
    expect(signers).toEqual([2, 1, 2]);
    expect(read(leaf.certificate).map((item) => 'signedBy' in item && item.signedBy)).toEqual([undefined]);
  });

  test('also where it is the DER of one certificate', async () => {
    const {certificate} = await makeAuthority();
    const items = readMaterial(new X509Certificate(certificate).raw);
    expect(items).toMatchObject([{kind: 'certificate', signedBy: 0, pin: spkiPin(certificate)}]);
  });

  test('and a block that cannot be read stands in its place with the reason', async () => {
    const {certificate} = await makeAuthority();
    const damaged = certificate.replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA');
    const encrypted = openssl([
      'genpkey',
      '-algorithm',
      'EC',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-aes256',
      '-pass',
      'pass:secret',
    ]);
    const parameters = openssl(['ecparam', '-name', 'prime256v1']);
    expect(read(damaged, encrypted, parameters)).toMatchObject([
      {kind: 'unreadable', label: 'CERTIFICATE', why: expect.stringContaining('damaged')},
      {kind: 'encrypted-key', pin: undefined},
      {kind: 'unreadable', label: 'EC PARAMETERS'},
    ]);
  });

  test('and is empty where there is nothing of the kind', () => {
    expect(read('root:x:0:0')).toEqual([]);
    expect(readMaterial(Uint8Array.from([0x30, 0x03, 0x02, 0x01, 0x00]))).toEqual([]);
    expect(readMaterial(new Uint8Array())).toEqual([]);
  });
});

describe('a certificate by itself', () => {
  const codes = (pem: string, at: Date) => faultsOf(inspectCertificate(pem), at, 'it').map(({code}) => code);

  test('has no fault while it holds, and one before and after', async () => {
    const leaf = await makeLeaf(await makeAuthority());
    const {notBefore, notAfter} = inspectCertificate(leaf.certificate);
    expect(codes(leaf.certificate, now)).toEqual([]);
    expect(codes(leaf.certificate, new Date(notAfter.getTime() + 1000))).toEqual(['expired']);
    expect(codes(leaf.certificate, new Date(notBefore.getTime() - 1000))).toEqual(['not-yet-valid']);
  });

  test('for a server needs names', async () => {
    const leaf = await makeLeaf(await makeAuthority(), {usages: ['server auth']});
    expect(codes(leaf.certificate, now)).toEqual(['no-names']);
  });

  test.each([
    ['rsa:1024', '-sha256', ['key-weak']],
    ['rsa:2048', '-sha1', []],
    ['ED25519', '', ['key-unsupported']],
  ])('that openssl made as %s %s has the faults %j', (key, digest, expected) => {
    const made = openssl([
      'req',
      '-x509',
      '-newkey',
      key,
      ...(digest === '' ? [] : [digest]),
      '-nodes',
      '-keyout',
      '/dev/null',
      '-subj',
      '/CN=x',
      '-days',
      '10',
    ]);
    expect(codes(made, new Date())).toEqual(expected);
  });
});

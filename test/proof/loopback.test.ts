import {connect} from 'node:net';
import {describe, expect, test} from 'vitest';
import {shakeHands, type CallerEnd, type ProviderEnd} from '../../src/proof/handshake.ts';
import {loopbackWire} from '../../src/proof/loopback.ts';
import {makeAuthority, makeLeaf} from '../x509/makers.ts';

const now = new Date();
const authority = await makeAuthority({now});
const server = await makeLeaf(authority, {
  commonName: 'etcd',
  usages: ['server auth'],
  sans: [
    {type: 'dns', value: 'etcd.test'},
    {type: 'ip', value: '10.0.0.11'},
  ],
  now,
});
const client = await makeLeaf(authority, {usages: ['client auth'], now});

const provider: ProviderEnd = {
  shows: {certificate: server.certificate, key: server.key.privateKey},
  trusts: authority.certificate,
  clientCertificate: 'demanded',
};
const caller: CallerEnd = {
  shows: {certificate: client.certificate, key: client.key.privateKey},
  trusts: authority.certificate,
};

describe('over loopback', () => {
  test('two ends say what they say in memory', async () => {
    for (const [one, other] of [
      [provider, caller],
      [provider, {...caller, trusts: client.certificate}],
      [{...provider, trusts: server.certificate}, caller],
      [provider, {...caller, shows: undefined}],
    ] as const) {
      expect(await shakeHands(one, other, undefined, loopbackWire)).toEqual(await shakeHands(one, other));
    }
  });

  test.each([
    ['etcd.test', undefined],
    ['10.0.0.11', undefined],
    ['other.test', 'hostname mismatch'],
    ['10.0.0.12', 'IP address mismatch'],
    // The common name is no name.
    ['etcd', 'hostname mismatch'],
  ])('who dials %s says: %s', async (dials, words) => {
    const {callerSays} = (await shakeHands(provider, {...caller, dials}, undefined, loopbackWire)) as {
      readonly callerSays?: {readonly words: string};
    };
    expect(callerSays?.words).toBe(words);
  });

  test('who comes later finds the port shut', async () => {
    const [one, other] = await loopbackWire();
    const knock = connect(one.localPort ?? 0, '127.0.0.1');
    const refused = await new Promise<string>((resolve) => {
      knock.on('error', (error) => resolve('code' in error ? String(error.code) : error.message));
      knock.on('connect', () => resolve('let in'));
    });
    for (const socket of [one, other, knock]) socket.destroy();
    expect(refused).toBe('ECONNREFUSED');
  });
});

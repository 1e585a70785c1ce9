import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {Cancelled} from '../../src/base/failure.ts';
import {Secret} from '../../src/base/secret.ts';
import {shakeHands, type CallerEnd, type ProviderEnd} from '../../src/proof/handshake.ts';
import {makeAuthority, makeLeaf, type Made} from '../x509/makers.ts';

const now = new Date();
const root = await makeAuthority({commonName: 'root', now});
const etcd = await makeAuthority({commonName: 'etcd-ca', signedBy: root, now});
const kubernetes = await makeAuthority({commonName: 'kubernetes', signedBy: root, now});
const server = await makeLeaf(etcd, {commonName: 'etcd', usages: ['server auth'], now});
const client = await makeLeaf(etcd, {commonName: 'apiserver', usages: ['client auth'], now});
const kubelet = await makeLeaf(kubernetes, {commonName: 'system:node:cp-1', usages: ['client auth'], now});

function shown(leaf: Made, ...along: readonly Made[]) {
  return {certificate: [leaf, ...along].map(({certificate}) => certificate).join(''), key: leaf.key.privateKey};
}

function trusting(...authorities: readonly Made[]): string {
  return authorities.map(({certificate}) => certificate).join('');
}

const provider: ProviderEnd = {shows: shown(server, etcd), trusts: trusting(etcd), clientCertificate: 'demanded'};
const caller: CallerEnd = {shows: shown(client), trusts: trusting(etcd, root)};

function between(changedProvider: Partial<ProviderEnd>, changedCaller: Partial<CallerEnd> = {}, signal?: AbortSignal) {
  return shakeHands({...provider, ...changedProvider}, {...caller, ...changedCaller}, signal);
}

const met = {kind: 'met', callerSays: undefined, providerSays: undefined};
const noIssuer = {code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', words: 'unable to get local issuer certificate'};
const purpose = {code: 'INVALID_PURPOSE', words: 'unsuitable certificate purpose'};

describe('two ends meet', () => {
  test('and have nothing against each other', async () => {
    expect(await between({})).toEqual(met);
  });

  test('whose keys are RSA', async () => {
    const authority = await makeAuthority({algorithm: 'RSA-2048', now});
    const algorithm = 'RSA-2048';
    const one = await makeLeaf(authority, {algorithm, usages: ['server auth', 'client auth'], now});
    expect(
      await between({shows: shown(one), trusts: trusting(authority)}, {shows: shown(one), trusts: trusting(authority)}),
    ).toEqual(met);
  });

  test('with certificates that limit their use to nothing', async () => {
    const one = await makeLeaf(etcd, {usages: [], now});
    expect(await between({shows: shown(one)}, {shows: shown(one)})).toEqual(met);
  });

  test('and one shows no certificate, which is requested only', async () => {
    expect(await between({clientCertificate: 'requested'}, {shows: undefined})).toEqual(met);
  });

  test('and a certificate that nobody asks for is not looked at', async () => {
    expect(await between({clientCertificate: 'unused', trusts: undefined}, {shows: shown(kubelet)})).toEqual(met);
  });
});

describe('the caller speaks against', () => {
  test('an authority that it does not trust', async () => {
    expect(await between({}, {trusts: trusting(kubernetes)})).toEqual({...met, callerSays: noIssuer});
  });

  test('a certificate for clients only', async () => {
    expect(await between({shows: shown(client, etcd)})).toEqual({...met, callerSays: purpose});
  });

  test('nothing when it verifies nothing', async () => {
    expect(await between({shows: shown(kubelet)}, {trusts: undefined})).toEqual(met);
  });
});

describe('the provider speaks against', () => {
  test('a client of another authority, though the caller believes that all is well', async () => {
    expect(await between({}, {shows: shown(kubelet)})).toEqual({...met, providerSays: noIssuer});
  });

  test('a certificate for servers only', async () => {
    expect(await between({}, {shows: shown(server)})).toEqual({...met, providerSays: purpose});
  });

  test('no certificate where it demands one, and the caller hears it', async () => {
    expect(await between({}, {shows: undefined})).toEqual({
      kind: 'broken-off',
      by: 'provider',
      providerSays: 'peer did not return a certificate',
      callerSays: 'tlsv13 alert certificate required',
    });
  });
});

describe('an intermediate', () => {
  test('is an anchor for a bare leaf', async () => {
    expect(await between({trusts: trusting(etcd)}, {shows: shown(client)})).toEqual(met);
    expect(await between({shows: shown(server)}, {trusts: trusting(etcd)})).toEqual(met);
  });

  test('is an anchor for a leaf with its chain', async () => {
    expect(await between({trusts: trusting(etcd)}, {shows: shown(client, etcd)})).toEqual(met);
    expect(await between({shows: shown(server, etcd)}, {trusts: trusting(etcd)})).toEqual(met);
  });

  test('that is missing between a bare leaf and the root is missed by whoever looks', async () => {
    expect(await between({shows: shown(server)}, {trusts: trusting(root)})).toEqual({...met, callerSays: noIssuer});
    expect(await between({trusts: trusting(root)}, {shows: shown(client)})).toEqual({...met, providerSays: noIssuer});
  });

  test('that an end trusts is not sent along with its own bare leaf, as OpenSSL would', async () => {
    // Caller and provider hold the intermediate; the other end must not get it from there.
    expect(await between({trusts: trusting(root)}, {shows: shown(client), trusts: trusting(etcd, root)})).toEqual({
      ...met,
      providerSays: noIssuer,
    });
    expect(await between({shows: shown(server), trusts: trusting(etcd)}, {trusts: trusting(root)})).toEqual({
      ...met,
      callerSays: noIssuer,
    });
  });

  test('below a root that is the anchor lets in clients of its neighbour that send their chain', async () => {
    expect(await between({trusts: trusting(root)}, {shows: shown(kubelet, kubernetes)})).toEqual(met);
    expect(await between({trusts: trusting(etcd, root)}, {shows: shown(kubelet, kubernetes)})).toEqual(met);
    expect(await between({trusts: trusting(etcd)}, {shows: shown(kubelet, kubernetes)})).toEqual({
      ...met,
      providerSays: noIssuer,
    });
  });
});

describe('an end does not even start', () => {
  const damaged = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';

  test("with another certificate's key", async () => {
    const shows = {certificate: server.certificate, key: client.key.privateKey};
    expect(await between({shows})).toEqual({kind: 'not-started', side: 'provider', says: 'key values mismatch'});
    expect(await between({}, {shows})).toEqual({kind: 'not-started', side: 'caller', says: 'key values mismatch'});
  });

  test('with a damaged certificate or key', async () => {
    const {certificate, key} = shown(server);
    expect(await between({shows: {certificate: damaged, key}})).toMatchObject({kind: 'not-started', side: 'provider'});
    const shows = {certificate, key: new Secret('no key')};
    expect(await between({}, {shows})).toMatchObject({kind: 'not-started', side: 'caller'});
  });

  test('and its words hold nothing of the key', async () => {
    const {certificate, key} = shown(server);
    const truncated = new Secret(key.reveal().slice(0, 120));
    const outcome = await between({shows: {certificate, key: truncated}});
    expect(outcome.kind).toBe('not-started');
    expect(JSON.stringify(outcome)).not.toContain(key.reveal().slice(40, 80));
  });
});

describe('many at a time', () => {
  test('each gets its own verdict', async () => {
    const outcomes = await Promise.all(
      Array.from({length: 40}, (_, index) => between({}, index % 2 === 0 ? {} : {shows: shown(kubelet)})),
    );
    expect(outcomes.map((outcome) => outcome.kind === 'met' && outcome.providerSays?.code)).toEqual(
      outcomes.map((_, index) => (index % 2 === 0 ? undefined : noIssuer.code)),
    );
  });
});

describe('called off', () => {
  test('before it begins', async () => {
    await expect(between({}, {}, AbortSignal.abort())).rejects.toThrow(Cancelled);
  });

  test('while it runs', async () => {
    const controller = new AbortController();
    const running = between({}, {}, controller.signal);
    controller.abort();
    await expect(running).rejects.toThrow(Cancelled);
  });
});

test('no socket, server or timer is left behind: a process that has done it all ends by itself', async () => {
  const script = fileURLToPath(new URL('shake-in-child.ts', import.meta.url));
  const child = spawn(process.execPath, [script], {stdio: ['ignore', 'pipe', 'inherit'], timeout: 15_000});
  const [printed, [code, signal]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  expect({printed, code, signal}).toEqual({printed: 'met broken-off not-started cancelled\n', code: 0, signal: null});
});

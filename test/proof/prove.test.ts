import {generateKeyPairSync} from 'node:crypto';
import {beforeAll, describe, expect, test} from 'vitest';
import {Cancelled} from '../../src/base/failure.ts';
import type {PlannedConnection} from '../../src/pki/blueprint-types.ts';
import type {ProofEvent} from '../../src/proof/prove.ts';
import {issuerFrom, makeCertificate} from '../../src/x509/certificate.ts';
import {generateKeys} from '../../src/x509/keys.ts';
import {encodeName} from '../../src/x509/names.ts';
import {externalEtcdNodes, haNodes, node, planWith} from '../helpers/plans.ts';
import {makeAuthority} from '../x509/makers.ts';
import {findingsOf, idsOf, judged, World} from './world.ts';

const pki = '/etc/kubernetes/pki';

describe('verdicts', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.of(planWith({keys: {algorithm: 'ECDSA-P256'}}));
  });

  test('are mutual where both sides verify, with the file that each verifies with', async () => {
    expect(judged(await world.prove(), 'apiserver-to-etcd').verdict).toEqual({
      kind: 'proved',
      how: 'mutual',
      why: 'etcd-server has the name dialled and is accepted by --etcd-cafile; apiserver-etcd-client is accepted by --trusted-ca-file',
    });
  });

  test('are server + token where the caller shows a token', async () => {
    expect(judged(await world.prove(), 'joining-kubelet-to-apiserver').verdict).toEqual({
      kind: 'proved',
      how: 'server + token',
      why: 'apiserver has the name dialled and is accepted by certificate-authority-data of bootstrap-kubelet.conf; shown inside: the bootstrap token',
    });
  });

  test('are unverified by design where the caller does not look, and tell of the half that was proved', async () => {
    expect(judged(await world.prove(), 'etcd-gateway-to-itself').verdict).toEqual({
      kind: 'unverified-by-design',
      why: "etcd's gateway calls its own process and does not verify it; etcd-server is accepted by --trusted-ca-file",
    });
  });

  test('are not provable where the certificate is not ours, and tell of the half that was proved', async () => {
    const {verdict} = judged(await world.prove(), 'apiserver-to-kubelet');
    expect(verdict.kind).toBe('not-provable');
    expect(verdict.why).toMatch(
      /^the kubelet makes a self-signed certificate at its first start; --kubelet-certificate-authority is not set.*; apiserver-kubelet-client is accepted by authentication.x509.clientCAFile$/,
    );
  });

  test('are failed where only our half could be proved and is refused', async () => {
    const spoiled = world.copy();
    const namesake = await makeAuthority({now: world.now});
    spoiled.write(spoiled.at('worker-1', `${pki}/ca.crt`), namesake.certificate);
    const proof = await spoiled.prove();
    expect(proof.connections.filter(({verdict}) => verdict.kind === 'failed')).toMatchObject([
      {connection: {id: 'apiserver-to-kubelet', provider: {node: 'worker-1'}}, verdict: {side: 'provider'}},
    ]);
  });

  test('differ where a caller shows nothing: refused where one is demanded, server only where one is requested', async () => {
    const nothing = {none: 'it was forgotten'};
    const connections = world.blueprint.connections.flatMap((connection): PlannedConnection[] =>
      ['apiserver-to-etcd', 'admin-to-apiserver'].includes(connection.id) ? [{...connection, credential: nothing}] : [],
    );
    const proof = await world.copy({blueprint: {...world.blueprint, connections}}).prove();
    expect(judged(proof, 'apiserver-to-etcd').verdict).toEqual({
      kind: 'failed',
      side: 'provider',
      said: "provider etcd: tls: client didn't provide a certificate (OpenSSL: peer did not return a certificate); caller kube-apiserver: tlsv13 alert certificate required",
      why: 'etcd demands a client certificate, and kube-apiserver shows none',
    });
    expect(judged(proof, 'admin-to-apiserver').verdict).toMatchObject({
      kind: 'proved',
      how: 'server only',
      why: expect.stringContaining('it was forgotten'),
    });
  });

  test('follow a kubeconfig to where it leads, not to where it was planned to lead', async () => {
    const spoiled = world.copy();
    const path = spoiled.at('cp-1', '/etc/kubernetes/scheduler.conf');
    spoiled.write(path, spoiled.read(path).replace('https://10.0.0.11:6443', 'https://10.0.0.99:6443'));
    const proof = await spoiled.prove();
    expect(idsOf(proof, 'failed')).toEqual(['scheduler-to-apiserver']);
    expect(judged(proof, 'scheduler-to-apiserver').verdict).toMatchObject({
      side: 'caller',
      said: expect.stringContaining('not 10.0.0.99'),
    });
    expect(findingsOf(proof)).toEqual([`error server-differs ${path}`]);
  });
});

describe('etcd members', () => {
  test('refuse a peer that calls from an address which is not in its certificate', async () => {
    const world = await World.of(
      planWith({etcd: 'external', nodes: externalEtcdNodes, keys: {algorithm: 'ECDSA-P256'}}),
    );
    const sans = world
      .planned('etcd-2/etcd-peer')
      .sans.map((san) => (san.value === '10.0.0.32' ? {...san, value: '10.0.0.99'} : san));
    await world.reissue('etcd-2/etcd-peer', {sans});
    const proof = await world.prove();
    const failed = proof.connections.filter(({verdict}) => verdict.kind === 'failed');
    expect(
      failed.map(({connection: {caller, provider}, verdict}) => [
        caller.node,
        provider.node,
        verdict.kind === 'failed' && verdict.side,
      ]),
    ).toEqual([
      ['etcd-1', 'etcd-2', 'caller'],
      ['etcd-2', 'etcd-1', 'provider'],
      ['etcd-2', 'etcd-3', 'provider'],
      ['etcd-3', 'etcd-2', 'caller'],
    ]);
    expect(failed[1]?.verdict.why).toMatch(
      /^etcd calls from 10\.0\.0\.32, which is not among the addresses of etcd-peer/,
    );
  });
});

describe('a certificate that points to its authority by another identifier', () => {
  test('is proved, because Go does not mind, and it is said who does', async () => {
    const world = await World.of(planWith({keys: {algorithm: 'ECDSA-P256'}}));
    const {certificate, key} = world.authority('etcd-ca');
    const issuer = {...issuerFrom(certificate, key.signingKey), keyIdentifier: Buffer.alloc(20, 7)};
    const {subject, usages, sans} = world.planned('cp-1/etcd-healthcheck-client');
    const keys = await generateKeys('ECDSA-P256');
    const wish = {subject: encodeName(subject), usages, sans, publicKey: keys.publicKey, isAuthority: false};
    const made = await makeCertificate({...wish, validity: 8760}, issuer, world.now);
    world.write(world.at('cp-1', `${pki}/etcd/healthcheck-client.crt`), made.certificate);
    world.write(world.at('cp-1', `${pki}/etcd/healthcheck-client.key`), keys.privateKey.reveal());
    const proof = await world.prove();
    expect(idsOf(proof, 'failed')).toEqual([]);
    expect(judged(proof, 'etcdctl-to-etcd').verdict.why).toMatch(
      /etcd-healthcheck-client is accepted by --trusted-ca-file \(clients on OpenSSL say: unable to get local issuer certificate\)$/,
    );
    expect(findingsOf(proof)).toEqual([
      `error authority-identifier-differs ${world.at('cp-1', `${pki}/etcd/healthcheck-client.crt`)}`,
    ]);
  });
});

test('a key that is too small for OpenSSL fails its connection with those words, and is a finding', async () => {
  const world = await World.of(planWith({keys: {algorithm: 'ECDSA-P256'}}));
  const {certificate, key} = world.authority('etcd-ca');
  const {subject, usages, sans} = world.planned('cp-1/etcd-healthcheck-client');
  const keys = generateKeyPairSync('rsa', {modulusLength: 1024});
  const wish = {subject: encodeName(subject), usages, sans, publicKey: keys.publicKey, isAuthority: false};
  const made = await makeCertificate({...wish, validity: 8760}, issuerFrom(certificate, key.signingKey), world.now);
  const path = world.at('cp-1', `${pki}/etcd/healthcheck-client`);
  world.write(`${path}.crt`, made.certificate);
  world.write(`${path}.key`, keys.privateKey.export({type: 'pkcs1', format: 'pem'}));
  const proof = await world.prove();
  expect(judged(proof, 'etcdctl-to-etcd').verdict).toMatchObject({
    kind: 'failed',
    side: 'caller',
    said: 'caller etcdctl: ee key too small (OpenSSL)',
    why: expect.stringContaining('OpenSSL does not take etcd-healthcheck-client'),
  });
  expect(findingsOf(proof)).toEqual([`error key-weak ${path}.crt`]);
});

describe('a run', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.of(planWith({nodes: haNodes, keys: {algorithm: 'ECDSA-P256'}}));
  });

  test('tells every verdict once and in order, connections before intrusions', async () => {
    const events: ProofEvent[] = [];
    const proof = await world.prove({on: (event) => events.push(event)});
    expect(events).toEqual([
      ...proof.connections.map((each) => ({kind: 'connection-judged', judged: each})),
      ...proof.intrusions.map((each) => ({kind: 'intrusion-judged', judged: each})),
    ]);
  });

  test('leaves the files as they are', async () => {
    const before = new Map(world.contents);
    await world.prove();
    expect(world.contents).toEqual(before);
  });

  test('holds no key in what it returns', async () => {
    const spoiled = world.copy();
    const path = spoiled.at('cp-1', `${pki}/apiserver.key`);
    const secret = spoiled.read(path);
    spoiled.write(path, secret.slice(0, 150));
    spoiled.write(spoiled.at('cp-1', '/etc/kubernetes/admin.conf'), 'users: [}');
    const proof = JSON.stringify(await spoiled.prove());
    expect(proof).not.toMatch(/PRIVATE KEY/);
    expect(proof).not.toContain(secret.split('\n')[1]);
    expect(proof).not.toContain(world.issued.bootstrapToken?.reveal());
  });

  test('is called off before it begins, and in the middle', async () => {
    await expect(world.prove({signal: AbortSignal.abort()})).rejects.toThrow(Cancelled);
    const controller = new AbortController();
    const events: ProofEvent[] = [];
    const on = (event: ProofEvent) => {
      events.push(event);
      controller.abort();
    };
    await expect(world.prove({signal: controller.signal, on})).rejects.toThrow(Cancelled);
    expect(events.length).toBeLessThan(world.blueprint.connections.length);
  });

  test('is called off while it still reads', async () => {
    const controller = new AbortController();
    let reads = 0;
    const read = async (path: string) => {
      reads += 1;
      controller.abort();
      return world.files.read(path);
    };
    await expect(world.prove({signal: controller.signal, files: {...world.files, read}})).rejects.toThrow(Cancelled);
    expect(reads).toBeLessThan(world.blueprint.files.length / 2);
  });

  test('several at a time come to the same', async () => {
    const [one, other] = await Promise.all([world.prove(), world.prove()]);
    expect(one).toEqual(other);
  });
});

describe('many nodes', () => {
  test('are each judged by their own certificate, though one handshake stands for all that are alike', async () => {
    const workers = Array.from({length: 60}, (_, index) => node(`worker-${index}`, `10.0.1.${index}`, 'worker'));
    const world = await World.of(
      planWith({
        nodes: [node('cp-1', '10.0.0.11', 'control-plane'), ...workers],
        keys: {algorithm: 'ECDSA-P256'},
        kubelets: {client: 'issued', serving: 'signed'},
      }),
    );
    const other = await makeAuthority({now: world.now});
    await world.reissue('worker-17/kubelet-serving', {by: other});
    await world.reissue('worker-23/kubelet-client', {usages: ['server auth']});
    const swapped = world.at('worker-42', '/var/lib/kubelet/pki/kubelet.key');
    world.write(swapped, world.read(world.at('worker-41', '/var/lib/kubelet/pki/kubelet.key')));
    await world.reissue('worker-55/kubelet-serving', {sans: [{type: 'ip', value: '10.0.1.54'}]});
    const proof = await world.prove();
    const failed = proof.connections.filter(({verdict}) => verdict.kind === 'failed');
    expect(
      failed.map(({connection: {id, caller, provider}, verdict}) => [
        id,
        caller.node,
        provider.node,
        verdict.kind === 'failed' && verdict.side,
      ]),
    ).toEqual([
      ['kubelet-to-apiserver', 'worker-23', 'cp-1', 'provider'],
      ['apiserver-to-kubelet', 'cp-1', 'worker-17', 'caller'],
      ['apiserver-to-kubelet', 'cp-1', 'worker-42', 'provider'],
      ['apiserver-to-kubelet', 'cp-1', 'worker-55', 'caller'],
      // Nobody verifies it there, but a kubelet does not start with a key that does not fit.
      ['metrics-server-to-kubelet', undefined, 'worker-42', 'provider'],
    ]);
    expect(idsOf(proof, 'proved')).toContain('apiserver-to-kubelet');
  });
});

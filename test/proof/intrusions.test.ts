import {describe, expect, test} from 'vitest';
import type {Blueprint} from '../../src/pki/blueprint-types.ts';
import type {JudgedIntrusion, Proof} from '../../src/pki/verdict.ts';
import {planWith, type PlanChanges} from '../helpers/plans.ts';
import {World} from './world.ts';

const etcdTrust = 'nodes/cp-1/rootfs/etc/kubernetes/pki/etcd/ca.crt';

async function worldWith(changes: PlanChanges): Promise<World> {
  return World.of(
    planWith({keys: {algorithm: 'ECDSA-P256'}, kubelets: {client: 'issued', serving: 'signed'}, ...changes}),
  );
}

function outcomes(proof: Proof): Record<string, JudgedIntrusion['outcome']> {
  return Object.fromEntries(proof.intrusions.map(({intrusion, outcome}) => [intrusion.id, outcome]));
}

function said(proof: Proof, id: string): string {
  return proof.intrusions.find(({intrusion}) => intrusion.id === id)?.said ?? 'not in the proof';
}

describe('with three authorities', async () => {
  const world = await worldWith({});
  const proof = await world.prove();

  test('every door stays shut', () => {
    expect(outcomes(proof)).toEqual(Object.fromEntries(world.blueprint.intrusions.map(({id}) => [id, 'refused'])));
    expect(Object.keys(outcomes(proof))).toEqual(
      expect.arrayContaining([
        'cluster-client-at-etcd',
        'server-certificate-at-etcd',
        'nobody-at-etcd',
        'stranger-at-etcd',
      ]),
    );
    expect(proof.state).toBe('ok');
  });

  test('the provider says why', () => {
    expect(said(proof, 'nobody-at-etcd')).toBe('peer did not return a certificate');
    expect(said(proof, 'cluster-client-at-etcd')).toBe(
      'x509: certificate signed by unknown authority (OpenSSL: unable to get local issuer certificate)',
    );
    // The right name from an authority of the right name: only the signature tells.
    expect(said(proof, 'stranger-at-etcd')).toMatch(
      /^x509: certificate signed by unknown authority \(possibly because of "x509: ECDSA verification failure" while trying to verify candidate authority certificate "etcd-ca"\)/,
    );
  });

  test('a door that is open though it must be shut is critical', async () => {
    const open = world.copy();
    open.write(etcdTrust, open.authority('etcd-ca').certificate + open.authority('kubernetes-ca').certificate);
    const spoiled = await open.prove();
    expect(outcomes(spoiled)).toMatchObject({'cluster-client-at-etcd': 'let-in', 'stranger-at-etcd': 'refused'});
    expect(said(spoiled, 'cluster-client-at-etcd')).toBe('');
    expect(spoiled.connections.every(({verdict}) => verdict.kind !== 'failed')).toBe(true);
    expect(spoiled.state).toBe('critical');
  });

  test('a door that is shut though it was planned to be open is critical too', async () => {
    const [intrusion] = world.blueprint.intrusions;
    const blueprint = {...world.blueprint, intrusions: intrusion ? [{...intrusion, expected: 'let-in' as const}] : []};
    expect(await world.copy({blueprint}).prove()).toMatchObject({state: 'critical', findings: []});
  });

  test('a door whose own files are broken is not tried, and not called shut', async () => {
    const spoiled = world.copy();
    spoiled.write('nodes/cp-1/rootfs/etc/kubernetes/pki/etcd/server.key', 'no key');
    const broken = await spoiled.prove();
    expect(outcomes(broken)).toMatchObject({
      'cluster-client-at-etcd': 'not-tried',
      'cluster-client-at-etcd-peers': 'refused',
      'nobody-at-etcd': 'not-tried',
    });
    expect(said(broken, 'nobody-at-etcd')).toMatch(/etcd\/server.key holds no private key/);
  });

  test('a provider that only requests a certificate lets in who shows none: what then is refused is the request', async () => {
    const requested = asking(world.blueprint, 'nobody-at-etcd', 'requested');
    const spoiled = await world.copy({blueprint: requested}).prove();
    expect(outcomes(spoiled)).toEqual({'nobody-at-etcd': 'let-in'});
  });
});

describe('with one authority', async () => {
  const proof = await (await worldWith({trust: {topology: 'single-ca'}})).prove();

  test("a kubelet is let in at etcd's door, as this topology has it, and that is said and not critical", () => {
    expect(outcomes(proof)).toMatchObject({
      'cluster-client-at-etcd': 'let-in',
      'server-certificate-at-etcd': 'refused',
      'nobody-at-etcd': 'refused',
      'stranger-at-etcd': 'refused',
    });
    expect(said(proof, 'server-certificate-at-etcd')).toBe(
      'x509: certificate specifies an incompatible key usage (OpenSSL: unsuitable certificate purpose)',
    );
    expect(proof.state).toBe('ok');
  });
});

describe('with intermediates', async () => {
  const world = await worldWith({trust: {topology: 'intermediates'}});

  test('a kubelet that sends its chain along is refused at etcd', async () => {
    const proof = await world.prove();
    expect(outcomes(proof)).toMatchObject({'cluster-client-at-etcd': 'refused'});
    expect(proof.state).toBe('ok');
  });

  test.each([
    ['the root alone', ['root-ca']],
    ['intermediate and root', ['etcd-ca', 'root-ca']],
  ])('with %s in the file that verifies clients it is let in, because it gathers its chain', async (_, ids) => {
    const open = world.copy();
    open.write(etcdTrust, ids.map((id) => open.authority(id).certificate).join(''));
    const proof = await open.prove();
    expect(outcomes(proof)).toMatchObject({'cluster-client-at-etcd': 'let-in', 'stranger-at-etcd': 'refused'});
    expect(proof.state).toBe('critical');
    expect(proof.findings.map(({code, at}) => [code, at.path])).toContainEqual([
      ids.includes('etcd-ca') ? 'authority-unplanned' : 'authority-missing',
      etcdTrust,
    ]);
  });

  test('without its chain it is refused even then', async () => {
    const open = world.copy({blueprint: bare(world.blueprint, 'cluster-client-at-etcd')});
    open.write(etcdTrust, open.authority('etcd-ca').certificate + open.authority('root-ca').certificate);
    expect(outcomes(await open.prove())).toEqual({'cluster-client-at-etcd': 'refused'});
  });

  test('the root alone refuses bare clients that must come in', async () => {
    const open = world.copy();
    open.write(etcdTrust, open.authority('root-ca').certificate);
    const {connections} = await open.prove();
    const verdict = connections.find(({connection}) => connection.id === 'apiserver-to-etcd')?.verdict;
    expect(verdict).toMatchObject({
      kind: 'failed',
      side: 'provider',
      why: expect.stringMatching(
        /^apiserver-etcd-client is signed by etcd-ca, which is not sent along, and --trusted-ca-file \(.*\) holds only what stands above it, CN=/,
      ),
    });
  });

  test('a server that lost its chain is refused by who holds only the root', async () => {
    const spoiled = world.copy();
    const [leaf] = spoiled
      .read('nodes/cp-1/rootfs/etc/kubernetes/pki/apiserver.crt')
      .split(/(?<=-----END CERTIFICATE-----\n)/);
    spoiled.write('nodes/cp-1/rootfs/etc/kubernetes/pki/apiserver.crt', leaf ?? '');
    // Who holds intermediate and root goes on.
    const proof = await spoiled.prove();
    expect(proof.connections.every(({verdict}) => verdict.kind !== 'failed')).toBe(true);
    expect(proof.findings.map(({code}) => code)).toEqual(['chain-missing']);
    const path = 'nodes/cp-1/rootfs/etc/kubernetes/admin.conf';
    const encoded = (...ids: string[]) =>
      Buffer.from(ids.map((id) => spoiled.authority(id).certificate).join('')).toString('base64');
    spoiled.write(path, spoiled.read(path).replace(encoded('kubernetes-ca', 'root-ca'), encoded('root-ca')));
    const worse = await spoiled.prove();
    const failed = worse.connections.filter(({verdict}) => verdict.kind === 'failed');
    expect(failed).toMatchObject([
      {
        connection: {id: 'admin-to-apiserver'},
        verdict: {side: 'caller', why: expect.stringContaining('put kubernetes-ca after the certificate')},
      },
    ]);
  });
});

function asking(blueprint: Blueprint, id: string, clientCertificate: 'demanded' | 'requested'): Blueprint {
  const intrusions = blueprint.intrusions
    .filter((each) => each.id === id)
    .map((each) => ({...each, clientCertificate}));
  return {...blueprint, intrusions};
}

function bare(blueprint: Blueprint, id: string): Blueprint {
  const intrusions = blueprint.intrusions.flatMap((each) =>
    each.id === id && 'certificate' in each.shows ? [{...each, shows: {...each.shows, withChain: false}}] : [],
  );
  return {...blueprint, intrusions};
}

import {beforeAll, describe, expect, test} from 'vitest';
import {Cancelled, Failure} from '../../src/base/failure.ts';
import type {PlannedConnection} from '../../src/pki/blueprint-types.ts';
import {layoutIds, topologyIds} from '../../src/pki/plan.ts';
import type {ProofEvent} from '../../src/proof/prove.ts';
import {externalEtcdNodes, haNodes, node, planWith} from '../helpers/plans.ts';
import {presetNames, presetPlan} from '../helpers/presets.ts';
import {makeAuthority} from '../x509/makers.ts';
import {findingsOf, idsOf, judged, World} from './world.ts';

const pki = '/etc/kubernetes/pki';
const day = 86_400_000;

describe('a bundle as it was issued is proved', () => {
  test.each(presetNames)('preset %s', async (name) => {
    const world = await World.of(presetPlan(name, 'keys.algorithm=ECDSA-P256'));
    const proof = await world.prove();
    expect(findingsOf(proof)).toEqual([]);
    expect(idsOf(proof, 'failed')).toEqual([]);
    expect(proof.intrusions.filter(({outcome, intrusion}) => outcome !== intrusion.expected)).toEqual([]);
    expect(proof.state).toBe('ok');
    expect(proof.connections.map(({connection}) => connection)).toEqual(world.blueprint.connections);
    expect(idsOf(proof, 'proved')).toContain('apiserver-to-etcd');
  });

  test.each(topologyIds.flatMap((topology) => layoutIds.map((layout) => [topology, layout] as const)))(
    'topology %s in layout %s, every kubelet with certificates of its own',
    async (topology, layout) => {
      const world = await World.of(
        planWith({
          layout,
          trust: {topology},
          keys: {algorithm: 'ECDSA-P256'},
          kubelets: {client: 'issued', serving: 'signed'},
          nodes: haNodes,
        }),
      );
      const proof = await world.prove();
      expect(findingsOf(proof)).toEqual([]);
      expect(idsOf(proof, 'failed')).toEqual([]);
      expect(judged(proof, 'apiserver-to-kubelet').verdict).toMatchObject({kind: 'proved', how: 'mutual'});
      expect(proof.state).toBe('ok');
    },
  );

  test.each(['RSA-2048', 'ECDSA-P384'] as const)('with %s keys', async (algorithm) => {
    const world = await World.of(planWith({keys: {algorithm}, nodes: [node('cp-1', '10.0.0.11', 'control-plane')]}));
    expect((await world.prove()).state).toBe('ok');
  });

  test('on IPv6, and on both families', async () => {
    const nodes = [
      node('cp-1', ['fd00::11', '10.0.0.11'], 'control-plane'),
      node('worker-1', ['fd00::21', '10.0.0.21'], 'worker'),
    ];
    const world = await World.of(
      planWith({
        nodes,
        keys: {algorithm: 'ECDSA-P256'},
        cluster: {controlPlaneEndpoint: '[fd00::11]:6443'},
        network: {serviceSubnets: ['fd00:10:96::/112', '10.96.0.0/12']},
      }),
    );
    const proof = await world.prove();
    expect(proof.state).toBe('ok');
    const hosts = proof.connections
      .filter(({verdict}) => verdict.kind === 'proved')
      .map(({connection}) => connection.host);
    expect(hosts).toEqual(expect.arrayContaining(['::1', 'fd00::11', 'fd00:10:96::1', '10.96.0.1']));
  });
});

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

describe('a file that is missing or broken makes its own connections fail, and no other', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.of(planWith({keys: {algorithm: 'ECDSA-P256'}, users: [{name: 'viewer', groups: []}]}));
  });

  test.each<[string, string, (text: string) => string | undefined, string[], RegExp, RegExp]>([
    [
      'a key that is gone',
      'nodes/cp-1/rootfs/etc/kubernetes/pki/apiserver-etcd-client.key',
      () => undefined,
      ['apiserver-to-etcd'],
      /^caller kube-apiserver: open \/etc\/kubernetes\/pki\/apiserver-etcd-client.key: no such file or directory$/,
      /^\/etc\/kubernetes\/pki\/apiserver-etcd-client.key is missing$/,
    ],
    [
      'a certificate that is cut off',
      'nodes/cp-1/rootfs/etc/kubernetes/pki/etcd/healthcheck-client.crt',
      (text) => text.slice(0, 200),
      ['etcdctl-to-etcd'],
      /^caller etcdctl: /,
      /holds no certificate that can be read$/,
    ],
    [
      'a certificate with rubbish in it',
      'nodes/cp-1/rootfs/etc/kubernetes/pki/etcd/healthcheck-client.crt',
      () => '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      ['etcdctl-to-etcd'],
      /^caller etcdctl: /,
      /holds no certificate that can be read$/,
    ],
    [
      'a key with rubbish in it',
      'nodes/cp-1/rootfs/etc/kubernetes/pki/front-proxy-client.key',
      () => '-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n',
      ['apiserver-to-aggregated-api'],
      /^caller kube-apiserver: tls: failed to parse private key$/,
      /front-proxy-client.key holds no private key that can be read$/,
    ],
    [
      'a trust file without a certificate',
      'nodes/cp-1/rootfs/etc/kubernetes/pki/front-proxy-ca.crt',
      () => '\n',
      ['apiserver-to-aggregated-api'],
      /^provider aggregated-api: no certificate in PEM is in it$/,
      /front-proxy-ca.crt holds no certificate that can be read, so there is nothing to verify with$/,
    ],
    [
      'a kubeconfig that is no YAML',
      'users/viewer.conf',
      () => 'clusters: [}',
      ['user-to-apiserver'],
      /^caller kubectl: invalid configuration: /,
      /^users\/viewer.conf: /,
    ],
    [
      'a kubeconfig without a current context',
      'users/viewer.conf',
      (text) => text.replace(/current-context: .*/, "current-context: ''"),
      ['user-to-apiserver'],
      /^caller kubectl: /,
      /names no current cluster$/,
    ],
  ])('%s', async (_, path, spoil, failing, said, why) => {
    const spoiled = world.copy();
    const text = spoil(spoiled.read(path));
    if (text === undefined) spoiled.remove(path);
    else spoiled.write(path, text);
    const proof = await spoiled.prove();
    expect(idsOf(proof, 'failed')).toEqual(failing);
    expect(judged(proof, failing[0] ?? '').verdict).toMatchObject({
      said: expect.stringMatching(said),
      why: expect.stringMatching(why),
    });
    expect(proof.findings.map(({at}) => at.path)).toContain(path);
    expect(proof.state).toBe('critical');
  });

  test('a file that may not be read', async () => {
    const path = 'nodes/cp-1/rootfs/etc/kubernetes/pki/apiserver-etcd-client.key';
    const {files} = world;
    const read = async (wanted: string) => {
      if (wanted === path) throw new Failure('not-permitted', `${path} may not be read`, {nextSteps: ['be root']});
      return files.read(wanted);
    };
    const proof = await world.prove({files: {...files, read}});
    expect(findingsOf(proof)).toEqual([`error file-unreadable ${path}`]);
    expect(idsOf(proof, 'failed')).toEqual(['apiserver-to-etcd']);
  });

  test('an empty folder fails in everything that is ours, and does not throw', async () => {
    const nothing = {list: () => [], mode: () => undefined, read: async () => undefined};
    const proof = await world.prove({files: nothing});
    expect(proof.findings).toHaveLength(world.blueprint.files.length);
    expect(idsOf(proof, 'proved')).toEqual([]);
    expect(proof.intrusions.every(({outcome}) => outcome === 'not-tried')).toBe(true);
    expect(proof.state).toBe('critical');
  });
});

describe('clocks', () => {
  test('only the one that is given counts: a bundle of another decade is proved on its own day', async () => {
    const then = new Date('2049-12-31T12:00:00Z');
    const plan = planWith({keys: {algorithm: 'ECDSA-P256'}, kubelets: {client: 'issued', serving: 'signed'}});
    const world = await World.of(plan, then);
    expect(await world.prove()).toMatchObject({state: 'ok', findings: []});
    const past = await World.of(plan, new Date('2019-06-01T00:00:00Z'));
    expect(await past.prove()).toMatchObject({state: 'ok', findings: []});
  });

  test('faults are found on another clock too', async () => {
    const world = await World.of(planWith({keys: {algorithm: 'ECDSA-P256'}}), new Date('2019-06-01T00:00:00Z'));
    await world.reissue('cp-1/etcd-healthcheck-client', {usages: ['server auth']});
    const proof = await world.prove();
    expect(idsOf(proof, 'failed')).toEqual(['etcdctl-to-etcd']);
    expect(judged(proof, 'etcdctl-to-etcd').verdict).toMatchObject({
      said: expect.stringContaining('incompatible key usage'),
    });
  });

  test('a year later every connection with a certificate fails, and the findings say why', async () => {
    const world = await World.of(planWith({keys: {algorithm: 'ECDSA-P256'}}));
    const later = world.copy({now: new Date(world.now.getTime() + 400 * day)});
    const proof = await later.prove();
    expect(idsOf(proof, 'proved')).toEqual([]);
    expect(proof.findings.every(({code}) => code === 'expired')).toBe(true);
    expect(proof.findings.length).toBe(world.blueprint.certificates.length);
  });

  test('three weeks before the end there is a warning, and everything works', async () => {
    const world = await World.of(planWith({keys: {algorithm: 'ECDSA-P256'}}));
    const proof = await world.copy({now: new Date(world.now.getTime() + 344 * day)}).prove();
    expect(new Set(proof.findings.map(({code, severity}) => `${severity} ${code}`))).toEqual(
      new Set(['warning ends-soon']),
    );
    expect(proof.findings[0]?.message).toMatch(/ends on \d{4}-\d\d-\d\d, in 2[01] days$/);
    expect(idsOf(proof, 'failed')).toEqual([]);
    expect(proof.state).toBe('warning');
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

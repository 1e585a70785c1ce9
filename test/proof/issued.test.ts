import {chmod, writeFile} from 'node:fs/promises';
import {describe, expect, test} from 'vitest';
import {readBundle} from '../../src/bundle/read-bundle.ts';
import {layoutIds, topologyIds} from '../../src/pki/plan.ts';
import {prove} from '../../src/proof/prove.ts';
import {Bundle} from '../helpers/bundle.ts';
import {haNodes, node, planWith} from '../helpers/plans.ts';
import {presetNames, presetPlan} from '../helpers/presets.ts';
import {findingsOf, idsOf, judged, World} from './world.ts';

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

test('as it lies on disk, with its modes', async () => {
  await using bundle = await Bundle.of(planWith({keys: {algorithm: 'ECDSA-P256'}}));
  const {blueprint} = bundle;
  const lies = () => prove({blueprint, files: readBundle(bundle.folder).files, now: new Date()});
  expect(await lies()).toMatchObject({state: 'ok', findings: []});
  const key = 'nodes/cp-1/rootfs/etc/kubernetes/pki/apiserver.key';
  await chmod(bundle.path(key), 0o604);
  await writeFile(
    bundle.path('nodes/worker-1/rootfs/etc/kubernetes/ca.key'),
    await bundle.read('authorities/kubernetes-ca.key'),
  );
  await chmod(bundle.folder, 0o755);
  const spoiled = await lies();
  expect(findingsOf(spoiled)).toEqual([
    'warning folder-open ',
    `error mode-too-open ${key}`,
    'error unexpected-secret nodes/worker-1/rootfs/etc/kubernetes/ca.key',
  ]);
  expect(idsOf(spoiled, 'failed')).toEqual([]);
});

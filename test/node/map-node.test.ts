import {expect, test} from 'vitest';
import {lookAtNode} from '../../src/node/inventory.ts';
import {mappedNode} from '../../src/node/map-node.ts';
import {openRoot} from '../../src/node/root.ts';
import type {NotVerified, PlannedConnection, PresentedFrom, Trust} from '../../src/pki/blueprint-types.ts';
import {clusterMapOf} from '../../src/pki/cluster-map.ts';
import {pathOnNode} from '../../src/pki/files.ts';
import {Bundle} from '../helpers/bundle.ts';
import {fixtureNode} from '../helpers/node-fixture.ts';
import {presetPlan} from '../helpers/presets.ts';
import {SpoiledNode} from '../helpers/spoiled-node.ts';

function mapAt(folder: string) {
  const root = openRoot(folder);
  return mappedNode(root, lookAtNode(root, {isLive: false, homes: ['/root']}), []);
}

/** What both ends of a connection read, by the node's paths. */
function readBy({presents, credential, callerTrusts, providerTrusts}: PlannedConnection) {
  return {
    presents: 'from' in presents ? placeOf(presents.from) : 'not ours',
    credential: 'from' in credential ? placeOf(credential.from) : 'none',
    callerTrusts: trustOf(callerTrusts),
    providerTrusts: trustOf(providerTrusts),
  };
}

function placeOf(from: PresentedFrom): readonly string[] {
  return (from.kind === 'files' ? [from.certificate, from.key] : [from.path]).map(pathOnNode);
}

function trustOf(trust: Trust | NotVerified): readonly string[] {
  return 'notVerified' in trust ? [] : [trust.by, pathOnNode(trust.from.path), ...trust.authorities];
}

test.each(['kubeadm-single', 'offline-root', 'one-ca'])(
  'what a node of %s is found to read for its connections is what its plan says',
  async (preset) => {
    await using bundle = await Bundle.of(
      presetPlan(preset, 'keys.algorithm=ECDSA-P256', 'kubelets.client=issued', 'kubelets.serving=signed'),
    );
    const [name = ''] = bundle.blueprint.nodes.map((node) => node.name);
    const node = new SpoiledNode(bundle, name, 'node');
    const planned = clusterMapOf(bundle.blueprint);
    const found = mapAt(node.root).map;
    expect(found.arrows.length).toBeGreaterThan(10);
    for (const {id, instances} of found.arrows) {
      const [one] = planned.arrows.find((arrow) => arrow.id === id)?.instances ?? [];
      if (one === undefined) expect.fail(`${id} is on no plan`);
      expect({id, ...readBy(instances[0])}).toEqual({id, ...readBy(one)});
    }
  },
);

test('a connection is there only where the node has a part in it', () => {
  const node = fixtureNode();
  const ids = mapAt(node.root).map.arrows.map(({id}) => id);
  expect(ids).toContain('kubelet-to-apiserver');
  // It has its certificate, so nothing asks with the bootstrap token.
  expect(ids).not.toContain('joining-kubelet-to-apiserver');
  expect(ids).not.toContain('user-to-apiserver');
  node.write('/root/.kube/config', node.read('/etc/kubernetes/admin.conf'));
  expect(mapAt(node.root).map.arrows.map(({id}) => id)).toContain('user-to-apiserver');
});

test('certificates are called by their places, with who signed them and when they end', () => {
  const {certificates} = mapAt(fixtureNode().root);
  expect(certificates.find(({id}) => id === 'etcd-server')).toMatchObject({
    name: '/etc/kubernetes/pki/etcd/server.crt',
    node: 'cp-1',
    signedBy: 'etcd-ca',
    notAfter: new Date('2027-11-23T19:17:42Z'),
  });
});

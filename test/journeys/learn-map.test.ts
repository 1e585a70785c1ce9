import {chmodSync, mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {isNode, openMap} from '../../src/journeys/learn-map.ts';
import {asSomebody, openEverything} from '../helpers/as-somebody.ts';
import {kubeadmFile, layKubeadmFixture} from '../helpers/kubeadm-fixture.ts';
import {fixtureNode, fixtureNow} from '../helpers/node-fixture.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

/** A machine with these files. */
function machineWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const packages = {
  '/usr/lib/systemd/system/etcd.service':
    '[Service]\nExecStart=/usr/bin/etcd --listen-client-urls=http://localhost:2379\n',
  '/usr/lib/systemd/system/kubelet.service':
    '[Service]\nExecStart=/usr/bin/kubelet --kubeconfig=/etc/kubernetes/kubelet.conf --config=/var/lib/kubelet/config.yaml\n',
};
const copied = kubeadmFile('/etc/kubernetes/admin.conf');

describe('this machine is a node', () => {
  test('where kubeadm has made one', () => {
    const folder = temporaryFolder();
    layKubeadmFixture(folder);
    expect(isNode(folder)).toBe(true);
  });

  test('where a package starts a kubelet with a kubeconfig that is there', () => {
    expect(isNode(machineWith({...packages, '/etc/kubernetes/kubelet.conf': copied}))).toBe(true);
  });

  test('not where packages are installed, and a kubeconfig is that of whoever calls a cluster', () => {
    expect(isNode(machineWith({...packages, '/root/.kube/config': copied}))).toBe(false);
  });

  test("not where a kubeconfig was copied into the folder of a node's, and nothing starts a component", () => {
    expect(isNode(machineWith({'/etc/kubernetes/admin.conf': copied}))).toBe(false);
  });
});

test('a map counts the files of a node that this user may not read', () => {
  const node = fixtureNode();
  openEverything(node.root);
  const closed = ['/etc/kubernetes/admin.conf', '/etc/kubernetes/pki/sa.key'];
  for (const path of closed) chmodSync(node.at(path), 0);
  const source = {kind: 'node', root: node.root, now: fixtureNow, sudoUser: undefined, addresses: []} as const;
  const seen = asSomebody(() => openMap(source));
  expect(seen.unread).toBe(closed.length);
  expect(seen.cluster.map.arrows.map(({id}) => id)).toContain('apiserver-to-etcd');
});

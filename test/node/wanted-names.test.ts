import {describe, expect, test} from 'vitest';
import {lookAtNode} from '../../src/node/inventory.ts';
import {openRoot} from '../../src/node/root.ts';
import {covers, wantedNames} from '../../src/node/wanted-names.ts';
import {type FixtureNode, fixtureNode, otherClusterFile} from '../helpers/node-fixture.ts';

const pki = '/etc/kubernetes/pki';

/** `host by`, of one certificate. */
function wantedBy({root}: FixtureNode, path: string, addresses: readonly string[] = []): readonly string[] {
  const found = lookAtNode(openRoot(root), {isLive: false, homes: ['/root'], addresses});
  const held = found.certificates.find(({at}) => at.path === path);
  if (held === undefined) throw new Error(`no certificate is at ${path}`);
  return wantedNames(found, held).map(({host, by}) => `${host} ${by}`);
}

describe('the names that a certificate needs', () => {
  test('are for the API server its address, the service’s, and what kubeconfigs of this cluster dial', () => {
    expect(wantedBy(fixtureNode(), `${pki}/apiserver.crt`)).toEqual([
      '10.0.0.11 kube-apiserver --advertise-address',
      '10.96.0.1 every pod (the service address)',
      'kubernetes.default.svc every pod',
      'api.demo.test /etc/kubernetes/admin.conf',
      '10.0.0.11 /etc/kubernetes/controller-manager.conf',
      '10.0.0.11 /etc/kubernetes/kubelet.conf',
      '10.0.0.11 /etc/kubernetes/scheduler.conf',
      'api.demo.test /etc/kubernetes/super-admin.conf',
    ]);
  });

  test('are for etcd what is advertised, and what the API server beside it dials', () => {
    expect(wantedBy(fixtureNode(), `${pki}/etcd/server.crt`)).toEqual([
      '10.0.0.11 etcd --advertise-client-urls',
      '127.0.0.1 kube-apiserver --etcd-servers',
    ]);
    expect(wantedBy(fixtureNode(), `${pki}/etcd/peer.crt`)).toEqual(['10.0.0.11 etcd --initial-advertise-peer-urls']);
  });

  test('are none for a client, whatever it is called', () => {
    expect(wantedBy(fixtureNode(), `${pki}/apiserver-kubelet-client.crt`)).toEqual([]);
  });

  test('do not come from a person’s kubeconfig for another cluster, and do from one for this', () => {
    const node = fixtureNode();
    const ours = node.read('/etc/kubernetes/admin.conf').replace('api.demo.test', 'tunnel.demo.test');
    node.write('/root/.kube/config', ours);
    expect(wantedBy(node, `${pki}/apiserver.crt`)).toContain('tunnel.demo.test /root/.kube/config');

    const authority = Buffer.from(otherClusterFile(`${pki}/ca.crt`)).toString('base64');
    node.write('/root/.kube/config', ours.replace(/(certificate-authority-data:) \S+/, `$1 ${authority}`));
    expect(wantedBy(node, `${pki}/apiserver.crt`).filter((each) => each.includes('tunnel'))).toEqual([]);
  });

  test('have the machine’s own address once it has none of those that are known, and not because it has more', () => {
    const own = '192.168.7.5 whoever dials this machine by its address';
    const path = `${pki}/apiserver.crt`;
    expect(wantedBy(fixtureNode(), path, ['192.168.7.5', '10.0.0.11'])).not.toContain(own);
    expect(wantedBy(fixtureNode(), path, ['192.168.7.5', '172.17.0.1'])).toContain(own);
    expect(wantedBy(fixtureNode(), `${pki}/etcd/peer.crt`, ['192.168.7.5'])).toContain(own);
  });
});

test('a name is covered as Go covers it: any case, one label a star, addresses in every spelling', () => {
  expect(covers(['api.demo.test'], 'API.demo.test')).toBe(true);
  expect(covers(['*.demo.test'], 'api.demo.test')).toBe(true);
  expect(covers(['*.demo.test'], 'a.b.demo.test')).toBe(false);
  expect(covers(['fd00::1'], 'fd00:0::1')).toBe(true);
  expect(covers(['*'], 'localhost')).toBe(false);
});

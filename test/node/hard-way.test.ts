import {describe, expect, test} from 'vitest';
import {diagnose} from '../../src/node/diagnose.ts';
import {lookAtNode} from '../../src/node/inventory.ts';
import {openRoot} from '../../src/node/root.ts';
import type {Diagnosis} from '../../src/pki/inventory.ts';
import {hardWayNode, signWithHardWayAuthority} from '../helpers/hard-way-node.ts';
import type {FixtureNode} from '../helpers/node-fixture.ts';
import {openssl} from '../helpers/openssl.ts';

const home = '/var/lib/kubernetes';

function look({root}: FixtureNode, now = new Date()): Diagnosis {
  const found = lookAtNode(openRoot(root), {isLive: false, homes: ['/root']});
  return diagnose(found, {now, warnWithin: 30 * 24, served: undefined});
}

describe('a node of the hard way that openssl made', () => {
  test('has every file found by its units, and nothing wrong', () => {
    const {inventory, findings} = look(hardWayNode());
    expect(findings).toEqual([]);
    expect(inventory.components.map(({component, evidence}) => `${component}: ${evidence}`)).toEqual([
      'etcd: unit /etc/systemd/system/etcd.service',
      'kube-apiserver: unit /etc/systemd/system/kube-apiserver.service',
      'kube-controller-manager: unit /etc/systemd/system/kube-controller-manager.service',
      'kube-scheduler: unit /etc/systemd/system/kube-scheduler.service',
    ]);
    const serving = inventory.certificates.find(({at}) => at.path === `${home}/kubernetes.pem`);
    expect(serving?.users.map(({flag}) => flag)).toEqual([
      '--etcd-certfile',
      '--kubelet-client-certificate',
      '--tls-cert-file',
    ]);
    expect(serving?.signedBy?.path).toBe('/etc/etcd/ca.pem');
  });

  test('with one pair without the loopback address fails for each who dials it', () => {
    const node = hardWayNode();
    const request = openssl(['req', '-new', '-key', node.at(`${home}/kubernetes-key.pem`), '-subj', '/CN=kubernetes']);
    const names = 'DNS:kubernetes.default.svc,IP:10.32.0.1,IP:10.240.0.10';
    const made = signWithHardWayAuthority(
      node,
      request,
      `subjectAltName=${names}\nextendedKeyUsage=serverAuth,clientAuth`,
    );
    node.write(`${home}/kubernetes.pem`, made, 0o644);
    const {findings} = look(node);
    expect(findings.map(({code, at}) => `${code} ${at.path}`)).toEqual([`name-missing ${home}/kubernetes.pem`]);
    expect(findings[0]?.message).toContain(
      `127.0.0.1, which is dialled by ${home}/kube-controller-manager.kubeconfig and ${home}/kube-scheduler.kubeconfig`,
    );
  });

  test('after a year has ended but for the key of tokens, and each remedy can be carried out here', () => {
    const {findings} = look(hardWayNode(), new Date(Date.now() + 400 * 24 * 3_600_000));
    expect(new Set(findings.map(({code}) => code))).toEqual(new Set(['expired']));
    expect(findings.map(({at}) => at.path)).toEqual([
      '/etc/etcd/kubernetes.pem',
      `${home}/kube-controller-manager.kubeconfig`,
      `${home}/kube-scheduler.kubeconfig`,
      `${home}/kubernetes.pem`,
    ]);
    for (const {fix} of findings) expect(fix).toMatch(/^sudo certwright renew \S+$/);
  });
});

import {beforeAll, describe, expect, test} from 'vitest';
import type {KeyAlgorithm} from '../../src/pki/plan.ts';
import {node, planWith} from '../helpers/plans.ts';
import {makeAuthority} from '../x509/makers.ts';
import {idsOf, judged, World} from './world.ts';

/** Every way in which a connection must fail: who refuses, in whose words, and why in plain ones. */
interface Failure {
  readonly name: string;
  readonly spoil: (world: World) => unknown;
  /** Connections that fail; every other one must go on as before. */
  readonly failing: readonly string[];
  readonly id: string;
  readonly side: 'caller' | 'provider';
  readonly said: RegExp;
  readonly why: RegExp;
}

const pki = '/etc/kubernetes/pki';
const year = 365 * 86_400_000;

const toApiserver = [
  'admin-to-apiserver',
  'super-admin-to-apiserver',
  'user-to-apiserver',
  'controller-manager-to-apiserver',
  'scheduler-to-apiserver',
  'kubelet-to-apiserver',
  'kube-proxy-pod-to-apiserver',
  'pod-to-apiserver',
];
const toEtcd = ['apiserver-to-etcd', 'etcdctl-to-etcd'];

const failures: readonly Failure[] = [
  {
    name: 'the caller trusts another authority of the cluster',
    spoil: (world) => {
      const certificate = world.authority('kubernetes-ca').certificate;
      world.write(world.at('cp-1', `${pki}/etcd/ca.crt`), certificate);
    },
    // The file is etcd's own trust as well, so whoever shows etcd a certificate is refused too.
    failing: ['apiserver-to-etcd', 'etcd-to-etcd', 'etcdctl-to-etcd', 'etcd-gateway-to-itself'],
    id: 'apiserver-to-etcd',
    side: 'caller',
    said: /^caller kube-apiserver: tls: failed to verify certificate: x509: certificate signed by unknown authority \(OpenSSL: unable to get local issuer certificate\); provider etcd: too: x509: certificate signed by unknown authority/,
    why: /^etcd-server is signed by etcd-ca, and --etcd-cafile \(\/etc\/kubernetes\/pki\/etcd\/ca.crt\) holds CN=kubernetes: one of the two is the wrong file$/,
  },
  {
    name: 'the provider trusts an authority of the same name with another key',
    spoil: async (world) => {
      const namesake = await makeAuthority({
        commonName: 'kubernetes',
        algorithm: world.blueprint.plan.keys.algorithm,
        now: world.now,
      });
      world.write(world.at('cp-1', `${pki}/ca.crt`), namesake.certificate);
    },
    failing: [...toApiserver, 'apiserver-to-kubelet'],
    id: 'admin-to-apiserver',
    side: 'provider',
    said: /^provider kube-apiserver: x509: certificate signed by unknown authority \(possibly because of "(crypto\/rsa: verification error|x509: ECDSA verification failure)" while trying to verify candidate authority certificate "kubernetes"\) \(OpenSSL: [^)]+\); caller kubectl: nothing against it$/,
    why: /^--client-ca-file \(\/etc\/kubernetes\/pki\/ca.crt\) holds an authority of the right name, CN=kubernetes, but with another key: .*; the answer is 401 Unauthorized$/,
  },
  {
    name: 'the caller trusts an authority of the same name with another key',
    spoil: async (world) => {
      const namesake = await makeAuthority({
        commonName: 'kubernetes',
        algorithm: world.blueprint.plan.keys.algorithm,
        now: world.now,
      });
      const path = world.at('cp-1', '/etc/kubernetes/scheduler.conf');
      const encoded = (text: string) => Buffer.from(text).toString('base64');
      const own = encoded(world.authority('kubernetes-ca').certificate);
      world.write(path, world.read(path).replace(own, encoded(namesake.certificate)));
    },
    failing: ['scheduler-to-apiserver'],
    id: 'scheduler-to-apiserver',
    side: 'caller',
    said: /^caller kube-scheduler: tls: failed to verify certificate: x509: certificate signed by unknown authority \(possibly because of .* candidate authority certificate "kubernetes"\) .*; provider kube-apiserver: nothing against it$/,
    why: /^certificate-authority-data of scheduler.conf \(.*\) holds an authority of the right name, CN=kubernetes, but with another key/,
  },
  {
    name: 'the serving certificate has expired',
    spoil: (world) => world.reissue('cp-1/etcd-server', {now: new Date(world.now.getTime() - 2 * year)}),
    failing: [...toEtcd, 'etcd-gateway-to-itself'],
    id: 'apiserver-to-etcd',
    side: 'caller',
    said: /x509: certificate has expired or is not yet valid: current time \S+Z is after \S+Z \(OpenSSL: certificate has expired\); provider etcd: nothing against it$/,
    why: /^etcd-server ended on \d{4}-\d\d-\d\d, 365 days ago: renew it$/,
  },
  {
    name: 'the client certificate has expired',
    spoil: (world) => world.reissue('cp-1/apiserver-etcd-client', {now: new Date(world.now.getTime() - 2 * year)}),
    failing: ['apiserver-to-etcd'],
    id: 'apiserver-to-etcd',
    side: 'provider',
    said: /^provider etcd: tls: failed to verify client certificate: x509: certificate has expired .* \(OpenSSL: certificate has expired\); caller kube-apiserver: nothing against it$/,
    why: /^apiserver-etcd-client ended on/,
  },
  {
    name: 'the client certificate is not valid yet',
    spoil: (world) => world.reissue('cp-1/scheduler', {now: new Date(world.now.getTime() + 3 * 3_600_000)}),
    failing: ['scheduler-to-apiserver'],
    id: 'scheduler-to-apiserver',
    side: 'provider',
    said: /current time \S+ is before \S+ \(OpenSSL: certificate is not yet valid\)/,
    why: /^scheduler begins on \S+, in 2 hours: a clock is wrong, here or where it was signed/,
  },
  {
    name: 'a client shows a certificate for servers only, and the provider demands one',
    spoil: (world) => world.reissue('cp-1/etcd-healthcheck-client', {usages: ['server auth']}),
    failing: ['etcdctl-to-etcd'],
    id: 'etcdctl-to-etcd',
    side: 'provider',
    said: /^provider etcd: tls: failed to verify client certificate: x509: certificate specifies an incompatible key usage \(OpenSSL: unsuitable certificate purpose\)/,
    why: /^etcd-healthcheck-client may be used for server auth only/,
  },
  {
    name: 'a client shows a certificate for servers only, and the provider requests one',
    spoil: (world) => world.reissue('users/viewer', {usages: ['server auth']}),
    failing: ['user-to-apiserver'],
    id: 'user-to-apiserver',
    side: 'provider',
    said: /^provider kube-apiserver: x509: certificate specifies an incompatible key usage \(OpenSSL: unsuitable certificate purpose\)/,
    why: /^users\/viewer may be used for server auth only.*; the answer is 401 Unauthorized$/,
  },
  {
    name: 'a server shows a certificate for clients only',
    spoil: (world) => world.reissue('cp-1/apiserver', {usages: ['client auth']}),
    failing: toApiserver,
    id: 'pod-to-apiserver',
    side: 'caller',
    said: /^caller pod: tls: failed to verify certificate: x509: certificate specifies an incompatible key usage \(OpenSSL: unsuitable certificate purpose\); provider kube-apiserver: nothing against it$/,
    why: /^apiserver may be used for client auth only/,
  },
  {
    name: "the server's key is another's",
    spoil: (world) =>
      world.write(world.at('cp-1', `${pki}/apiserver.key`), world.read(world.at('cp-1', `${pki}/etcd/server.key`))),
    failing: toApiserver,
    id: 'kubelet-to-apiserver',
    side: 'provider',
    said: /^provider kube-apiserver: tls: private key does not match public key \(OpenSSL: key values mismatch\)$/,
    why: /^the key beside apiserver does not belong to it/,
  },
  {
    name: "the client's key is another's",
    spoil: (world) =>
      world.write(
        world.at('cp-1', `${pki}/apiserver-kubelet-client.key`),
        world.read(world.at('cp-1', `${pki}/etcd/server.key`)),
      ),
    failing: ['apiserver-to-kubelet'],
    id: 'apiserver-to-kubelet',
    side: 'caller',
    said: /^caller kube-apiserver: tls: private key does not match public key \(OpenSSL: key values mismatch\)$/,
    why: /^the key beside apiserver-kubelet-client does not belong to it/,
  },
  {
    name: 'the address dialled is not among the SANs',
    spoil: (world) => {
      const sans = world.planned('cp-1/etcd-server').sans.filter(({value}) => value !== '127.0.0.1');
      return world.reissue('cp-1/etcd-server', {sans});
    },
    failing: toEtcd,
    id: 'apiserver-to-etcd',
    side: 'caller',
    said: /^caller kube-apiserver: tls: failed to verify certificate: x509: certificate is valid for (10\.0\.0\.11, ::1|::1, 10\.0\.0\.11), not 127\.0\.0\.1; provider etcd: nothing against it$/,
    why: /^kube-apiserver dials 127\.0\.0\.1, and etcd-server is for .*: add the SAN/,
  },
  {
    name: 'the name dialled is not among the SANs',
    spoil: (world) =>
      world.reissue('cp-1/apiserver', {
        sans: [
          {type: 'dns', value: 'kubernetes'},
          {type: 'ip', value: '10.96.0.1'},
        ],
      }),
    failing: toApiserver,
    id: 'admin-to-apiserver',
    side: 'caller',
    said: /x509: certificate is valid for kubernetes, not api\.demo\.test/,
    why: /^kubectl dials api\.demo\.test, and apiserver is for kubernetes, 10\.96\.0\.1/,
  },
  {
    name: 'the server has a common name and no SAN, which OpenSSL would take',
    spoil: (world) => world.reissue('cp-1/apiserver', {commonName: 'api.demo.test', sans: []}),
    failing: toApiserver,
    id: 'admin-to-apiserver',
    side: 'caller',
    said: /^caller kubectl: tls: failed to verify certificate: x509: certificate relies on legacy Common Name field, use SANs instead; provider kube-apiserver: nothing against it$/,
    why: /^apiserver has a common name and no SAN/,
  },
  {
    name: 'the server has no name at all for the address dialled',
    spoil: (world) => world.reissue('cp-1/etcd-server', {sans: []}),
    failing: toEtcd,
    id: 'etcdctl-to-etcd',
    side: 'caller',
    said: /x509: cannot validate certificate for 127\.0\.0\.1 because it doesn't contain any IP SANs/,
    why: /and etcd-server is for no name at all/,
  },
];

const algorithms: readonly KeyAlgorithm[] = ['ECDSA-P256', 'RSA-2048'];

describe.each(algorithms)('with %s keys', (algorithm) => {
  let sound: World;
  beforeAll(async () => {
    sound = await World.of(
      planWith({
        keys: {algorithm},
        nodes: [node('cp-1', '10.0.0.11', 'control-plane')],
        kubelets: {client: 'issued', serving: 'signed'},
        users: [{name: 'viewer', groups: []}],
      }),
    );
  });

  test('nothing fails before anything is spoiled', async () => {
    const proof = await sound.prove();
    expect(idsOf(proof, 'failed')).toEqual([]);
    expect(proof.findings).toEqual([]);
    expect(proof.state).toBe('ok');
  });

  test.each(failures)('$name', async ({spoil, failing, id, side, said, why}) => {
    const world = sound.copy();
    await spoil(world);
    const proof = await world.prove();
    expect(idsOf(proof, 'failed').toSorted()).toEqual([...failing].toSorted());
    const {verdict} = judged(proof, id);
    expect(verdict).toMatchObject({
      kind: 'failed',
      side,
      said: expect.stringMatching(said),
      why: expect.stringMatching(why),
    });
    expect(proof.state).toBe('critical');
  });
});

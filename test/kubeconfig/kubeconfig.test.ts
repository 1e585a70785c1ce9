import {inspect} from 'node:util';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {certificatesIn} from '../../src/base/pem.ts';
import {Secret} from '../../src/base/secret.ts';
import {readKubeconfig} from '../../src/kubeconfig/read-kubeconfig.ts';
import {writeClusterInfo, writeKubeconfig, type NewKubeconfig} from '../../src/kubeconfig/write-kubeconfig.ts';
import {kubeadmFile} from '../helpers/kubeadm-fixture.ts';

const authority = kubeadmFile('/etc/kubernetes/pki/ca.crt');
const etcdAuthority = kubeadmFile('/etc/kubernetes/pki/etcd/ca.crt');
const leaf = kubeadmFile('/etc/kubernetes/pki/apiserver-kubelet-client.crt');

const wanted: NewKubeconfig = {
  clusterName: 'demo',
  server: 'https://api.demo.test:6443',
  certificateAuthority: authority,
  user: 'kubernetes-admin',
  contextName: 'kubernetes-admin@demo',
  credential: {kind: 'certificate', certificate: leaf, key: new Secret('THE KEY')},
};

describe('writeKubeconfig', () => {
  test.each(['admin', 'controller-manager', 'kubelet'])('writes %s.conf byte for byte as kubeadm does', (name) => {
    const theirs = kubeadmFile(`/etc/kubernetes/${name}.conf`);
    const {clusters, users, contexts} = readKubeconfig(theirs);
    const [cluster, user, context] = [clusters[0], users[0], contexts[0]];
    if (
      cluster?.certificateAuthority?.kind !== 'embedded' ||
      user?.certificate?.kind !== 'embedded' ||
      user.key?.kind !== 'embedded' ||
      context === undefined
    ) {
      expect.fail(`${name}.conf is not read`);
    }
    const ours = writeKubeconfig({
      clusterName: cluster.name,
      server: cluster.server ?? '',
      certificateAuthority: cluster.certificateAuthority.certificates.join(''),
      user: user.name,
      contextName: context.name,
      credential: {kind: 'certificate', certificate: user.certificate.certificates.join(''), key: user.key.secret},
    });
    expect(ours).toBe(theirs);
  });

  test('keeps every CA of a bundle, in order', () => {
    const {clusters} = readKubeconfig(writeKubeconfig({...wanted, certificateAuthority: authority + etcdAuthority}));
    expect(clusters[0]?.certificateAuthority).toEqual({kind: 'embedded', certificates: [authority, etcdAuthority]});
  });

  test('a token, a token file and a pair of files are the other credentials', () => {
    const user = (credential: NewKubeconfig['credential']) =>
      readKubeconfig(writeKubeconfig({...wanted, credential})).users[0];
    const token = user({kind: 'token', token: new Secret('abcdef.0123456789abcdef')})?.token;
    expect(token?.kind === 'embedded' && token.secret.reveal()).toBe('abcdef.0123456789abcdef');
    expect(user({kind: 'token-file', path: '/var/run/token'})?.token).toEqual({kind: 'file', path: '/var/run/token'});
    const pem = '/var/lib/kubelet/pki/kubelet-client-current.pem';
    expect(user({kind: 'files', certificate: pem, key: pem})).toMatchObject({
      certificate: {kind: 'file', path: pem},
      key: {kind: 'file', path: pem},
    });
  });

  test('names of any text come back as they were given', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary', minLength: 1}), fc.string({minLength: 1}), (clusterName, user) => {
        const contextName = `${user}@${clusterName}`;
        const read = readKubeconfig(writeKubeconfig({...wanted, clusterName, user, contextName}));
        expect(read.problems).toEqual([]);
        expect(read.currentContext).toBe(contextName);
        expect(read.contexts).toEqual([{name: contextName, cluster: clusterName, user, namespace: undefined}]);
      }),
      {
        numRuns: 100,
        examples: [
          ['1.36', 'yes'],
          ['null', '12:30'],
          ['y', '~'],
          ['e0', 'E10'],
        ],
      },
    );
  });

  test('the kubeconfig of cluster-info has one cluster without a name, and no user', () => {
    const text = writeClusterInfo({server: 'https://[fd00::11]:6443', certificateAuthority: authority});
    expect(text.replace(/data: .*/, 'data: …')).toBe(
      'apiVersion: v1\nclusters:\n- cluster:\n    certificate-authority-data: …\n    server: https://[fd00::11]:6443\n' +
        '  name: ""\ncontexts: null\ncurrent-context: ""\nkind: Config\nusers: null\n',
    );
    expect(readKubeconfig(text)).toMatchObject({clusters: [{name: ''}], users: [], contexts: [], problems: []});
  });
});

describe('readKubeconfig', () => {
  const codes = (text: string) => readKubeconfig(text).problems.map(({code, at}) => `${code} ${at.path}`);

  test('reads JSON as well, because YAML holds it', () => {
    const text = JSON.stringify({
      kind: 'Config',
      clusters: [{name: 'demo', cluster: {server: 'https://x:6443', 'insecure-skip-tls-verify': true}}],
      users: [{name: 'u', user: {exec: {command: 'aws'}, password: 'p', token: 't', tokenFile: '/t'}}],
    });
    expect(readKubeconfig(text)).toMatchObject({
      clusters: [{skipsVerification: true, certificateAuthority: undefined}],
      users: [{otherWays: ['exec', 'password'], token: {kind: 'file', path: '/t'}}],
      problems: [],
    });
  });

  test('names what is wrong with its place, all at once', () => {
    const text = [
      'kind: Config',
      'clusters:',
      '- name: demo',
      '  cluster:',
      '    certificate-authority-data: "no base64!"',
      '- name: demo',
      '  cluster: {server: https://x, certificate-authority-data: aGVsbG8=}',
      'users:',
      '- name: u',
      '  user: {token: 12345}',
      '- user: {}',
      '- nonsense',
      'contexts:',
      '- name: c',
      '  context: {cluster: missing, user: nobody}',
      'current-context: gone',
    ].join('\n');
    expect(codes(text)).toEqual([
      'no-server clusters[0].cluster',
      'not-base64 clusters[0].cluster.certificate-authority-data',
      'no-certificate clusters[1].cluster.certificate-authority-data',
      'no-name users[1]',
      'wrong-type users[2]',
      'wrong-type users[0].user.token',
      'same-name clusters',
      'unknown-cluster contexts[0]',
      'unknown-user contexts[0]',
      'unknown-context current-context',
    ]);
    const notBase64 = readKubeconfig(text).problems.find(({code}) => code === 'not-base64');
    expect(notBase64?.at).toMatchObject({line: 5, column: 33});
  });

  test.each([
    ['', 'not-a-kubeconfig '],
    ['- a', 'not-a-kubeconfig '],
    ['a: [', 'not-a-kubeconfig '],
    ['kind: Pod', 'not-a-kubeconfig kind'],
    ['clusters: 3', 'wrong-type clusters'],
    ['a: 1\n---\nb: 2', 'not-a-kubeconfig '],
    [
      'a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]',
      'not-a-kubeconfig ',
    ],
  ])('%j is refused, not thrown at', (text, problem) => {
    expect(codes(text)[0]).toBe(problem);
  });

  test('no text makes it throw', () => {
    const admin = kubeadmFile('/etc/kubernetes/admin.conf').replaceAll(/data: (.{40}).*/g, 'data: $1');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({unit: 'binary'}),
          fc
            .nat(admin.length)
            .chain((at) => fc.string().map((text) => admin.slice(0, at) + text + admin.slice(at + text.length))),
        ),
        (text) => {
          expect(Array.isArray(readKubeconfig(text).problems)).toBe(true);
        },
      ),
      {numRuns: 300},
    );
  });

  test('no key and no token is in a problem or in a printed kubeconfig', () => {
    const broken = [
      'clusters: []',
      'users:',
      '- name: u',
      '  user:',
      '    client-key-data: "TOPSECRET_KEY!"',
      '    token: [TOPSECRET_TOKEN]',
      '- name: v',
      '  user: {token: TOPSECRET_TOKEN, client-key-data: VE9QU0VDUkVU}',
    ].join('\n');
    const syntax = 'users:\n- name: u\n  user:\n    token: "TOPSECRET_TOKEN\n   client-key-data: *TOPSECRET_KEY';
    for (const text of [broken, syntax]) {
      const read = readKubeconfig(text);
      expect(read.problems.length).toBeGreaterThan(0);
      expect(inspect(read, {depth: 9}) + JSON.stringify(read)).not.toMatch(/TOPSECRET|VE9QU0VD/);
    }
  });

  test('keeps every certificate of a file, whatever stands around them', () => {
    expect(certificatesIn(`# root\r\n${authority.replaceAll('\n', '\r\n')}text${etcdAuthority}`)).toEqual([
      authority,
      etcdAuthority,
    ]);
  });
});

test('what is no YAML is told once, however many faults follow from the first', () => {
  const {problems} = readKubeconfig(`clusters: ${'['.repeat(20_000)}`);
  expect(problems).toHaveLength(1);
});

import {chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {diagnose} from '../../src/node/diagnose.ts';
import {lookAtNode} from '../../src/node/inventory.ts';
import {openRoot} from '../../src/node/root.ts';
import type {Diagnosis, ServedCertificate} from '../../src/pki/inventory.ts';
import {asSomebody, openEverything} from '../helpers/as-somebody.ts';
import {copyFrom, type FixtureNode, fixtureNode, fixtureNow, otherClusterFile} from '../helpers/node-fixture.ts';
import {openssl} from '../helpers/openssl.ts';

const pki = '/etc/kubernetes/pki';
const manifests = '/etc/kubernetes/manifests';

interface Circumstances {
  readonly now?: Date;
  readonly served?: readonly ServedCertificate[];
  readonly addresses?: readonly string[];
}

function diagnosisOf({root}: FixtureNode, {now = fixtureNow, served, addresses = []}: Circumstances = {}): Diagnosis {
  const found = lookAtNode(openRoot(root), {isLive: false, homes: ['/root'], addresses});
  return diagnose(found, {now, warnWithin: 30 * 24, served});
}

/** `code path`, each once. */
function findingsOf(node: FixtureNode, options?: Circumstances): readonly string[] {
  const {findings} = diagnosisOf(node, options);
  return [...new Set(findings.map(({code, at}) => `${code} ${at.path}`))];
}

const apiserver = {
  commonName: 'kube-apiserver',
  usages: ['server auth'] as const,
  sans: [
    ...[
      'api.demo.test',
      'cp-1',
      'kubernetes',
      'kubernetes.default',
      'kubernetes.default.svc',
      'kubernetes.default.svc.cluster.local',
    ].map((value) => ({type: 'dns' as const, value})),
    ...['10.96.0.1', '10.0.0.11', '10.0.0.10'].map((value) => ({type: 'ip' as const, value})),
  ],
};
const member = {
  commonName: 'cp-1',
  usages: ['server auth', 'client auth'] as const,
  sans: [
    {type: 'dns' as const, value: 'cp-1'},
    {type: 'dns' as const, value: 'localhost'},
    {type: 'ip' as const, value: '10.0.0.11'},
    {type: 'ip' as const, value: '127.0.0.1'},
  ],
};

test('a node as kubeadm leaves it has nothing wrong', () => {
  expect(diagnosisOf(fixtureNode())).toMatchObject({state: 'ok', findings: []});
});

test('the same node with its kubelet not yet finished has that one warning', () => {
  const node = fixtureNode();
  node.write('/etc/kubernetes/kubelet.conf', otherKubeletConf(node));
  expect(findingsOf(node)).toEqual(['kubelet-certificate-embedded /etc/kubernetes/kubelet.conf']);
});

/** The certificate inside the kubeconfig again, as `kubeadm init` writes it first. */
function otherKubeletConf(node: FixtureNode): string {
  const pem = node.read('/var/lib/kubelet/pki/kubelet-client-2026-11-23-19-17-42.pem');
  const cut = pem.indexOf('-----BEGIN RSA');
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  return node
    .read('/etc/kubernetes/kubelet.conf')
    .replace(/client-certificate: \S+/, `client-certificate-data: ${base64(pem.slice(0, cut))}`)
    .replace(/client-key: \S+/, `client-key-data: ${base64(pem.slice(cut))}`);
}

interface Broken {
  readonly name: string;
  readonly spoil: (node: FixtureNode) => void | Promise<void>;
  readonly finds: readonly string[];
  /** openssl dates what it makes by the real clock, by which the fixture may have ended: then only this file counts. */
  readonly onlyAt?: string;
}

const broken: readonly Broken[] = [
  {
    name: 'a manifest that is not YAML',
    spoil: (node) => node.write(`${manifests}/kube-apiserver.yaml`, '{{{ : no'),
    finds: [`manifest-unreadable ${manifests}/kube-apiserver.yaml`],
  },
  {
    name: 'a manifest that is empty',
    spoil: (node) => node.write(`${manifests}/kube-scheduler.yaml`, ''),
    finds: [`manifest-unreadable ${manifests}/kube-scheduler.yaml`],
  },
  {
    name: 'a note among the manifests',
    spoil: (node) => node.write(`${manifests}/README`, 'do not touch'),
    finds: [`manifest-unreadable ${manifests}/README`],
  },
  {
    name: 'a copy of a manifest beside it',
    spoil: (node) => copyFrom(node, `${manifests}/kube-apiserver.yaml`, `${manifests}/kube-apiserver.yaml.bak`),
    finds: [`manifest-twice ${manifests}/kube-apiserver.yaml.bak`],
  },
  {
    name: 'a configuration of the kubelet that is not YAML',
    spoil: (node) => node.write('/var/lib/kubelet/config.yaml', '{{{ : no'),
    finds: ['configuration-unreadable /var/lib/kubelet/config.yaml'],
  },
  {
    name: 'a certificate as DER, which Go does not take',
    spoil: (node) => {
      openssl(['x509', '-in', node.at(`${pki}/apiserver.crt`), '-outform', 'der', '-out', node.at('/apiserver.der')]);
      copyFrom(node, '/apiserver.der', `${pki}/apiserver.crt`);
    },
    finds: [`file-not-pem ${pki}/apiserver.crt`],
  },
  {
    name: 'a certificate behind a byte order mark, which Go does not see',
    spoil: (node) => node.write(`${pki}/apiserver.crt`, `\uFEFF${node.read(`${pki}/apiserver.crt`)}`),
    finds: [`file-not-pem ${pki}/apiserver.crt`],
  },
  {
    name: 'a key with a passphrase that nobody can give',
    spoil: (node) => {
      const [key, locked] = [`${pki}/apiserver.key`, '/locked.key'];
      openssl(['pkey', '-in', node.at(key), '-aes256', '-passout', 'pass:x', '-out', node.at(locked)]);
      copyFrom(node, locked, key);
    },
    finds: [`key-encrypted ${pki}/apiserver.key`],
  },
  {
    name: 'an API server certificate that has ended',
    spoil: (node) => node.reissue(`${pki}/apiserver.crt`, 'ca', {...apiserver, validity: 24}),
    finds: [`expired ${pki}/apiserver.crt`],
  },
  {
    name: 'one that ends within the month',
    spoil: (node) => node.reissue(`${pki}/apiserver.crt`, 'ca', {...apiserver, validity: 24 * 60}),
    finds: [`expiring ${pki}/apiserver.crt`],
  },
  {
    name: 'one that has not begun',
    spoil: (node) => node.reissue(`${pki}/apiserver.crt`, 'ca', {...apiserver, now: new Date('2027-06-01')}),
    finds: [`not-yet-valid ${pki}/apiserver.crt`],
  },
  {
    name: 'one that outlives its authority',
    spoil: (node) => node.reissue(`${pki}/apiserver.crt`, 'ca', {...apiserver, validity: 200_000}),
    finds: [`outlives-authority ${pki}/apiserver.crt`],
  },
  {
    name: 'a change that was cut off',
    spoil: (node) =>
      node.write(
        '/var/lib/certwright/journal.json',
        '{"journalVersion": 1, "id": "x", "what": "renew apiserver", "state": "staging", "steps": []}',
      ),
    finds: ['change-interrupted /var/lib/certwright/journal.json'],
  },
  {
    name: 'a change that was cut off, by a version that is not known here',
    spoil: (node) => node.write('/var/lib/certwright/journal.json', '{"journalVersion": 9}'),
    finds: ['change-interrupted /var/lib/certwright/journal.json'],
  },
  {
    name: 'the key of another certificate',
    spoil: (node) => copyFrom(node, `${pki}/apiserver-kubelet-client.key`, `${pki}/apiserver.key`),
    finds: [`key-does-not-match ${pki}/apiserver.crt`],
  },
  {
    name: 'a kubeconfig whose key is not its certificate’s',
    spoil: (node) => {
      const key = Buffer.from(node.read(`${pki}/apiserver.key`)).toString('base64');
      node.edit('/etc/kubernetes/scheduler.conf', /client-key-data: \S+/, `client-key-data: ${key}`);
    },
    finds: ['key-does-not-match /etc/kubernetes/scheduler.conf'],
  },
  {
    name: 'an etcd client signed by the cluster’s authority',
    spoil: (node) =>
      node.reissue(`${pki}/apiserver-etcd-client.crt`, 'ca', {
        commonName: 'kube-apiserver-etcd-client',
        usages: ['client auth'],
      }),
    finds: [`not-trusted ${pki}/apiserver-etcd-client.crt`],
  },
  {
    name: 'an etcd server of another authority',
    spoil: (node) => node.reissue(`${pki}/etcd/server.crt`, 'ca', member),
    finds: [`not-trusted ${pki}/etcd/server.crt`],
  },
  {
    name: 'a front-proxy client of the cluster’s authority',
    spoil: (node) =>
      node.reissue(`${pki}/front-proxy-client.crt`, 'ca', {commonName: 'front-proxy-client', usages: ['client auth']}),
    finds: [`not-trusted ${pki}/front-proxy-client.crt`],
  },
  {
    name: 'a kubeconfig with an authority of the same name and another key',
    spoil: (node) => {
      const other = Buffer.from(otherClusterFile(`${pki}/ca.crt`)).toString('base64');
      node.edit(
        '/etc/kubernetes/admin.conf',
        /certificate-authority-data: \S+/,
        `certificate-authority-data: ${other}`,
      );
    },
    finds: ['kubeconfig-has-other-authority /etc/kubernetes/admin.conf'],
  },
  {
    name: 'an API server that lacks the endpoint',
    spoil: (node) =>
      node.reissue(`${pki}/apiserver.crt`, 'ca', {
        ...apiserver,
        sans: apiserver.sans.filter(({value}) => value !== 'api.demo.test'),
      }),
    finds: [`name-missing ${pki}/apiserver.crt`],
  },
  {
    name: 'an API server that lacks the service address',
    spoil: (node) =>
      node.reissue(`${pki}/apiserver.crt`, 'ca', {
        ...apiserver,
        sans: apiserver.sans.filter(({value}) => value !== '10.96.0.1'),
      }),
    finds: [`name-missing ${pki}/apiserver.crt`],
  },
  {
    name: 'a node that has moved to another address',
    spoil: (node) => {
      node.edit(`${manifests}/kube-apiserver.yaml`, '--advertise-address=10.0.0.11', '--advertise-address=10.0.0.99');
    },
    finds: [`name-missing ${pki}/apiserver.crt`],
  },
  {
    name: 'a person’s kubeconfig that dials this cluster by another name',
    spoil: (node) =>
      node.write(
        '/root/.kube/config',
        node.read('/etc/kubernetes/admin.conf').replace('api.demo.test', 'tunnel.demo.test'),
      ),
    finds: [`name-missing ${pki}/apiserver.crt`],
  },
  {
    name: 'a person’s kubeconfig for another cluster',
    spoil: (node) => {
      const authority = Buffer.from(otherClusterFile(`${pki}/ca.crt`)).toString('base64');
      node.write(
        '/root/.kube/config',
        node
          .read('/etc/kubernetes/admin.conf')
          .replace('api.demo.test', 'other.test')
          .replace(/(certificate-authority-data:) \S+/, `$1 ${authority}`),
      );
    },
    finds: [],
  },
  {
    name: 'an etcd peer without the address it advertises',
    spoil: (node) =>
      node.reissue(`${pki}/etcd/peer.crt`, 'etcd/ca', {
        ...member,
        sans: member.sans.filter(({value}) => value !== '10.0.0.11'),
      }),
    finds: [`name-missing ${pki}/etcd/peer.crt`],
  },
  {
    name: 'a server without any name',
    spoil: (node) => node.reissue(`${pki}/apiserver.crt`, 'ca', {...apiserver, sans: []}),
    finds: [`no-names ${pki}/apiserver.crt`],
  },
  {
    name: 'an etcd server that is no client',
    spoil: (node) => node.reissue(`${pki}/etcd/server.crt`, 'etcd/ca', {...member, usages: ['server auth']}),
    finds: [`usage-missing ${pki}/etcd/server.crt`],
  },
  {
    name: 'a client that is only a server',
    spoil: (node) =>
      node.reissue(`${pki}/apiserver-kubelet-client.crt`, 'ca', {
        commonName: 'kube-apiserver-kubelet-client',
        usages: ['server auth'],
        sans: [{type: 'dns', value: 'cp-1'}],
      }),
    finds: [`usage-missing ${pki}/apiserver-kubelet-client.crt`],
  },
  {
    name: 'a short key and an old digest',
    spoil: (node) => {
      openssl(['genrsa', '-out', node.at(`${pki}/front-proxy-client.key`), '1024']);
      signWithOpenssl(
        node,
        'front-proxy-client',
        'front-proxy-ca',
        '/CN=front-proxy-client',
        'extendedKeyUsage=clientAuth',
        '-sha1',
      );
    },
    finds: [`key-weak ${pki}/front-proxy-client.crt`, `signature-weak ${pki}/front-proxy-client.crt`],
    onlyAt: `${pki}/front-proxy-client.crt`,
  },
  {
    name: 'an authority identifier that was computed anew',
    spoil: (node) => {
      signWithOpenssl(
        node,
        'front-proxy-client',
        'front-proxy-ca',
        '/CN=front-proxy-client',
        'extendedKeyUsage=clientAuth\nauthorityKeyIdentifier=DER:30:16:80:14:00:01:02:03:04:05:06:07:08:09:0a:0b:0c:0d:0e:0f:10:11:12:13',
      );
    },
    finds: [`authority-identifier-differs ${pki}/front-proxy-client.crt`],
    onlyAt: `${pki}/front-proxy-client.crt`,
  },
  {
    name: 'a bundle in the signing file',
    spoil: (node) => node.write(`${pki}/ca.crt`, node.read(`${pki}/ca.crt`) + otherClusterFile(`${pki}/ca.crt`), 0o644),
    finds: [`signing-file-is-a-bundle ${pki}/ca.crt`],
  },
  {
    name: 'one authority for clients and proxies, and no allowed names',
    spoil: (node) => {
      for (const component of ['kube-apiserver', 'kube-controller-manager']) {
        node.edit(
          `${manifests}/${component}.yaml`,
          `--requestheader-client-ca-file=${pki}/front-proxy-ca.crt`,
          `--requestheader-client-ca-file=${pki}/ca.crt`,
        );
      }
      node.edit(`${manifests}/kube-apiserver.yaml`, / {4}- --requestheader-allowed-names=\S+\n/, '');
      return node.reissue(`${pki}/front-proxy-client.crt`, 'ca', {
        commonName: 'front-proxy-client',
        usages: ['client auth'],
      });
    },
    finds: [`no-allowed-names ${pki}/ca.crt`],
  },
  {
    name: 'an authority of its own for proxies, and no allowed names',
    spoil: (node) => node.edit(`${manifests}/kube-apiserver.yaml`, / {4}- --requestheader-allowed-names=\S+\n/, ''),
    finds: [`no-allowed-names ${pki}/front-proxy-ca.crt`],
  },
  {
    name: 'sa.pub of another pair',
    spoil: (node) => node.write(`${pki}/sa.pub`, otherClusterFile(`${pki}/sa.pub`)),
    finds: [`token-key-differs ${pki}/sa.key`],
  },
  {
    name: 'a key that everybody may read',
    spoil: (node) => chmodSync(node.at(`${pki}/ca.key`), 0o644),
    finds: [`mode-too-open ${pki}/ca.key`],
  },
  {
    name: 'a kubeconfig that everybody may read',
    spoil: (node) => chmodSync(node.at('/etc/kubernetes/admin.conf'), 0o644),
    finds: ['mode-too-open /etc/kubernetes/admin.conf'],
  },
  {
    name: 'a file that a flag names and that is gone',
    spoil: (node) => rmSync(node.at(`${pki}/apiserver-kubelet-client.crt`)),
    finds: [`file-missing ${pki}/apiserver-kubelet-client.crt`],
  },
  {
    name: 'a file cut off in the middle',
    spoil: (node) => truncateSync(node.at(`${pki}/apiserver.crt`), 500),
    finds: [`file-empty ${pki}/apiserver.crt`],
  },
  {
    name: 'a certificate whose bytes are damaged',
    spoil: (node) => node.edit(`${pki}/etcd/peer.crt`, /\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA'),
    finds: [`block-unreadable ${pki}/etcd/peer.crt`],
  },
  {
    name: 'a kubeconfig that is no YAML',
    spoil: (node) => node.write('/etc/kubernetes/scheduler.conf', 'clusters: [}\n'),
    finds: ['not-a-kubeconfig /etc/kubernetes/scheduler.conf'],
  },
  {
    name: 'a folder where a file should be',
    spoil: (node) => {
      rmSync(node.at(`${pki}/sa.pub`));
      mkdirSync(node.at(`${pki}/sa.pub`));
    },
    finds: [`file-not-a-file ${pki}/sa.pub`],
  },
  {
    name: 'a link that leads round in a circle',
    spoil: (node) => {
      rmSync(node.at(`${pki}/sa.pub`));
      symlinkSync(`${pki}/sa.pub`, node.at(`${pki}/sa.pub`));
    },
    finds: [`file-missing ${pki}/sa.pub`],
  },
  {
    name: 'a copy of admin.conf that was not renewed with it',
    spoil: async (node) => {
      node.write('/root/.kube/config', node.read('/etc/kubernetes/admin.conf'));
      await renewAdmin(node);
    },
    finds: ['copy-is-stale /root/.kube/config'],
  },
];

/** A leaf that only openssl makes so: with an old digest, with an identifier of its own making. */
function signWithOpenssl(
  node: FixtureNode,
  name: string,
  authority: string,
  subject: string,
  extensions: string,
  digest = '-sha256',
): void {
  const [key, request, file] = [`${pki}/${name}.key`, '/tmp/request.csr', '/tmp/extensions'].map(node.at);
  node.write('/tmp/extensions', extensions);
  openssl(['req', '-new', '-key', `${key}`, '-subj', subject, '-out', `${request}`]);
  openssl([
    'x509',
    '-req',
    digest,
    '-days',
    '100',
    '-extfile',
    `${file}`,
    '-in',
    `${request}`,
    '-CA',
    node.at(`${pki}/${authority}.crt`),
    '-CAkey',
    node.at(`${pki}/${authority}.key`),
    '-out',
    node.at(`${pki}/${name}.crt`),
  ]);
}

/** As `kubeadm certs renew admin.conf` does it; the file's certificate then ends later than any copy's. */
async function renewAdmin(node: FixtureNode): Promise<void> {
  node.write('/tmp/admin.key', data(node, 'client-key-data'));
  node.write('/tmp/admin.crt', data(node, 'client-certificate-data'));
  await node.reissue('/tmp/admin.crt', 'ca', {
    commonName: 'kubernetes-admin',
    organizations: ['kubeadm:cluster-admins'],
    usages: ['client auth'],
    validity: 20_000,
  });
  const renewed = Buffer.from(node.read('/tmp/admin.crt')).toString('base64');
  node.edit('/etc/kubernetes/admin.conf', /client-certificate-data: \S+/, `client-certificate-data: ${renewed}`);
}

function data(node: FixtureNode, key: string): string {
  const found = new RegExp(`${key}: (\\S+)`).exec(node.read('/etc/kubernetes/admin.conf'))?.[1] ?? '';
  return Buffer.from(found, 'base64').toString();
}

describe('a node with', () => {
  test.each(broken)('$name has exactly that', async ({spoil, finds, onlyAt}) => {
    const node = fixtureNode();
    await spoil(node);
    const found = onlyAt === undefined ? findingsOf(node) : findingsOf(node, {now: new Date()});
    expect(found.filter((each) => onlyAt === undefined || each.endsWith(` ${onlyAt}`))).toEqual(finds);
  });
});

test('a clock that is behind is one problem, not one of every certificate', () => {
  expect(findingsOf(fixtureNode(), {now: new Date('2026-11-01')}).map((each) => each.split(' ')[0])).toEqual([
    'clock-skew',
  ]);
});

test('a machine that has got another address has certificates without it', () => {
  const node = fixtureNode();
  expect(findingsOf(node, {addresses: ['172.17.0.1', '10.0.0.11']})).toEqual([]);
  const {findings, state} = diagnosisOf(node, {addresses: ['10.0.0.99']});
  expect(findings.map(({code, at}) => `${code} ${at.path}`)).toEqual([
    `name-missing ${pki}/apiserver.crt`,
    `name-missing ${pki}/etcd/peer.crt`,
    `name-missing ${pki}/etcd/server.crt`,
  ]);
  expect(state).toBe('warning');
});

describe('what this user may not read', () => {
  /** Looks as somebody else, where the tests run as root; elsewhere the modes are enough. */
  test('is named by folder, is not missing, and leaves the state unknown', () => {
    const node = fixtureNode();
    const closed = {
      files: ['/etc/kubernetes/admin.conf', '/etc/kubernetes/manifests/etcd.yaml', `${pki}/ca.key`, `${pki}/sa.key`],
      folders: ['/var/lib/kubelet'],
    };
    openEverything(node.root);
    for (const path of [...closed.files, ...closed.folders]) chmodSync(node.at(path), 0);
    try {
      const {findings, inventory, state} = asSomebody(() => diagnosisOf(node));
      const named = findings.filter(({code}) => code === 'not-permitted').map(({at}) => at.path);
      expect(named).toEqual([
        '/etc/kubernetes/admin.conf',
        '/etc/kubernetes/manifests/etcd.yaml',
        pki,
        '/var/lib/kubelet',
      ]);
      expect(findings.find(({at}) => at.path === pki)).toMatchObject({
        message: `2 entries of ${pki} may not be read by this user, so nothing is said of them: ca.key, sa.key`,
        fix: 'run it again with sudo',
      });
      expect(findings.filter(({code}) => code.startsWith('file-'))).toEqual([]);
      expect(inventory.files.find(({path}) => path === `${pki}/ca.key`)?.state).toBe('not permitted');
      expect(state).toBe('unknown');
    } finally {
      for (const path of closed.folders) chmodSync(node.at(path), 0o700);
    }
  });

  /** Keys too: that everybody may read them is not what is asked here. */
});

describe('what ports show', () => {
  const served = (fingerprint: string): ServedCertificate => ({
    component: 'kube-apiserver',
    host: '127.0.0.1',
    port: 6443,
    fingerprint,
    serial: '1234',
    notAfter: fixtureNow,
  });

  test('is compared with the file: another certificate means a restart was forgotten', () => {
    const node = fixtureNode();
    const {inventory} = diagnosisOf(node);
    const held = inventory.certificates.find(({id}) => id === 'apiserver');
    expect(findingsOf(node, {served: [served(held?.fingerprint ?? '')]})).toEqual([]);
    expect(findingsOf(node, {served: [served('ff'.repeat(32))]})).toEqual([`served-differs ${pki}/apiserver.crt`]);
    const [finding] = diagnosisOf(node, {served: [served('ff'.repeat(32))]}).findings;
    expect(finding?.fix).toContain(`move ${manifests}/kube-apiserver.yaml out of its folder`);
  });

  test('is for etcd two certificates, told apart by the port for peers', () => {
    const node = fixtureNode();
    const etcd = (port: number): ServedCertificate => ({...served('ff'.repeat(32)), component: 'etcd', port});
    expect(findingsOf(node, {served: [etcd(2380)]})).toEqual([`served-differs ${pki}/etcd/peer.crt`]);
    expect(findingsOf(node, {served: [etcd(2379)]})).toEqual([`served-differs ${pki}/etcd/server.crt`]);
  });

  test('may be nothing, though the component runs', () => {
    const node = fixtureNode();
    const found = lookAtNode(openRoot(node.root), {isLive: false, homes: []});
    const silent = [
      {component: 'etcd', host: '127.0.0.1', port: 2379, why: 'nobody listens on 127.0.0.1:2379'},
    ] as const;
    const look = (components: typeof found.components) =>
      diagnose({...found, components}, {now: fixtureNow, warnWithin: 24, served: [], silent}).findings;
    expect(look(found.components)).toEqual([]);
    const runs = found.components.flatMap((each) =>
      each.component === 'etcd' ? [{...each, from: {kind: 'process', pid: 1204} as const}] : [],
    );
    expect(look([...found.components, ...runs])).toMatchObject([
      {
        code: 'port-silent',
        message: 'etcd runs (process 1204), and nobody listens on 127.0.0.1:2379',
        fix: 'see its log: crictl logs $(crictl ps -aq --name etcd | head -1)',
      },
    ]);
  });
});

describe('the words', () => {
  test('name both sides, the file, the flag, what is heard, and the way on', async () => {
    const node = fixtureNode();
    await node.reissue(`${pki}/apiserver-etcd-client.crt`, 'ca', {
      commonName: 'kube-apiserver-etcd-client',
      usages: ['client auth'],
    });
    const [finding] = diagnosisOf(node).findings;
    expect(finding?.message).toBe(
      `etcd refuses ${pki}/apiserver-etcd-client.crt: it verifies its caller with ${pki}/etcd/ca.crt (--trusted-ca-file), and none of the one authority there signed it; it logs "tls: failed to verify certificate: x509: certificate signed by unknown authority"`,
    );
    expect(finding?.fix).toBe(
      `put the authority that signed it (CN=kubernetes) into ${pki}/etcd/ca.crt, or issue the certificate anew`,
    );
  });

  test('after a year name each certificate, and what renews it', () => {
    const {findings, state} = diagnosisOf(fixtureNode(), {now: new Date('2027-12-01')});
    expect(state).toBe('critical');
    expect(new Set(findings.map(({code}) => code))).toEqual(new Set(['expired']));
    expect(findings.find(({at}) => at.path.endsWith('/etcd/server.crt'))?.fix).toBe(
      'sudo certwright renew etcd-server',
    );
    const kubelet = '/var/lib/kubelet/pki/kubelet-client-current.pem';
    expect(findings.find(({at}) => at.path === kubelet)?.fix).toBe('sudo certwright renew kubelet-client');
  });

  test('name the node on which it can be mended, where the key of the authority is not here', () => {
    const node = fixtureNode();
    rmSync(node.at(`${pki}/ca.key`));
    const fixOf = (path: string) =>
      diagnosisOf(node, {now: new Date('2027-12-01')}).findings.find(({at}) => at.path === path)?.fix;
    expect(fixOf('/var/lib/kubelet/pki/kubelet-client-current.pem')).toBe(
      'on a control-plane node: sudo certwright renew --kubelet cp-1 --out DIR',
    );
    expect(fixOf(`${pki}/apiserver.crt`)).toBe('ask that authority: certwright renew apiserver --requests DIR');
  });

  test('name the command that gives a certificate the names which it needs', async () => {
    const node = fixtureNode();
    await node.reissue(`${pki}/apiserver.crt`, 'ca', {
      ...apiserver,
      sans: apiserver.sans.filter(({value}) => value !== 'api.demo.test'),
    });
    const [finding] = diagnosisOf(node).findings;
    expect(finding?.message).toContain(
      'does not cover api.demo.test, which is dialled by /etc/kubernetes/admin.conf and /etc/kubernetes/super-admin.conf: "x509: certificate is valid for cp-1, ',
    );
    expect(finding?.fix).toBe('sudo certwright renew apiserver --sans needed');
  });
});

import {describe, expect, test} from 'vitest';
import type {Problem} from '../../src/base/problem.ts';
import {Secret} from '../../src/base/secret.ts';
import type {PlannedAuthority, PlannedCertificate, Usage} from '../../src/pki/blueprint-types.ts';
import {checkIssued, type Surroundings} from '../../src/x509/chain.ts';
import {generateKeys} from '../../src/x509/keys.ts';
import {kubeadmFile} from '../helpers/kubeadm-fixture.ts';
import {openssl} from '../helpers/openssl.ts';
import {temporaryFiles} from '../helpers/temporary-folder.ts';
import {type Made, makeAuthority, makeLeaf, now, type Wish} from './makers.ts';

const planned: PlannedCertificate = {
  name: 'cp-1/etcd-server',
  id: 'etcd-server',
  node: 'cp-1',
  subject: {commonName: 'cp-1', organizations: []},
  usages: ['server auth', 'client auth'],
  sans: [
    {type: 'dns', value: 'cp-1.demo.test', why: ''},
    {type: 'ip', value: 'fd00::1', why: ''},
  ],
  authority: 'etcd-ca',
  chain: [],
  algorithm: 'ECDSA-P256',
  validity: 8760,
  why: '',
};
const asPlanned = {commonName: 'cp-1', usages: planned.usages, sans: planned.sans} as const;

const plannedAuthority: PlannedAuthority = {
  id: 'etcd-ca',
  subject: {commonName: 'etcd-ca', organizations: []},
  sans: [],
  signedBy: undefined,
  algorithm: 'ECDSA-P256',
  validity: 87_600,
  brought: undefined,
  why: '',
};
const broughtAuthority: PlannedAuthority = {...plannedAuthority, brought: {certificate: 'ca.crt'}};

const etcdCa = await makeAuthority({commonName: 'etcd-ca'});
const otherCa = await makeAuthority({commonName: 'kubernetes'});

function judge(
  made: {readonly certificate: string; readonly key?: Made['key'] | undefined},
  changes: Partial<Surroundings> & {readonly plan?: PlannedCertificate | PlannedAuthority} = {},
): Problem[] {
  const {plan = planned, ...surroundings} = changes;
  const authorities = new Map([
    ['etcd-ca', etcdCa.certificate],
    ['kubernetes-ca', otherCa.certificate],
  ]);
  return checkIssued(plan, made.certificate, {key: made.key?.privateKey, authorities, now, ...surroundings});
}

function codes(problems: readonly Problem[]): string[] {
  return problems.map(({severity, code}) => `${severity}: ${code}`);
}

/** A certificate that openssl signed with the etcd authority from a configuration. */
function byOpenssl(extensions: readonly string[], ...args: readonly string[]): {certificate: string} {
  const key = openssl(['genpkey', '-algorithm', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']);
  const [keyFile = '', authority = '', authorityKey = '', extensionFile = ''] = temporaryFiles(
    key,
    etcdCa.certificate,
    etcdCa.key.privateKey.reveal(),
    extensions.join('\n'),
  );
  const request = openssl(['req', '-new', '-key', keyFile, '-subj', '/CN=cp-1']);
  const by = ['-CA', authority, '-CAkey', authorityKey, '-days', '365', '-extfile', extensionFile];
  const serial = args.includes('-set_serial') ? [] : ['-set_serial', '7'];
  return {certificate: openssl(['x509', '-req', ...by, ...serial, ...args], request)};
}

const good = [
  'extendedKeyUsage=serverAuth,clientAuth',
  'subjectAltName=DNS:cp-1.demo.test,IP:fd00::1',
  'authorityKeyIdentifier=keyid',
];

describe('a leaf', () => {
  test('as planned has no problem', async () => {
    expect(judge(await makeLeaf(etcdCa, asPlanned))).toEqual([]);
  });

  test('that kubeadm made has no problem', () => {
    const authorities = new Map([['etcd-ca', kubeadmFile('/etc/kubernetes/pki/etcd/ca.crt')]]);
    const sans = ['cp-1', 'localhost'].map((value) => ({type: 'dns', value, why: ''}) as const);
    const addresses = ['10.0.0.11', '127.0.0.1', '::1'].map((value) => ({type: 'ip', value, why: ''}) as const);
    const made = {certificate: kubeadmFile('/etc/kubernetes/pki/etcd/server.crt')};
    const key = new Secret(kubeadmFile('/etc/kubernetes/pki/etcd/server.key'));
    expect(judge(made, {authorities, key, plan: {...planned, sans: [...sans, ...addresses]}})).toEqual([]);
  });

  test('that openssl signed, in another order and with a wildcard, has no problem', () => {
    const made = byOpenssl([...good.slice(0, 1), 'subjectAltName=IP:fd00::1,DNS:*.demo.test', ...good.slice(2)]);
    expect(codes(judge(made, {now: new Date()}))).toEqual(['warning: name-unplanned']);
  });

  test('is placed where it is asked to be', () => {
    const problems = judge({certificate: 'nothing'}, {path: 'nodes/cp-1/rootfs/server.crt'});
    expect(problems).toMatchObject([
      {
        code: 'certificate-unreadable',
        at: {path: 'nodes/cp-1/rootfs/server.crt'},
        message: 'nodes/cp-1/rootfs/server.crt holds no certificate',
      },
    ]);
  });
});

describe('a key', () => {
  test('that belongs to another certificate', async () => {
    const made = await makeLeaf(etcdCa, asPlanned);
    const {privateKey} = await generateKeys('ECDSA-P256');
    expect(codes(judge(made, {key: privateKey}))).toEqual(['error: key-does-not-match']);
  });

  test('of another kind, or none at all', async () => {
    const made = await makeLeaf(etcdCa, asPlanned);
    const {privateKey} = await generateKeys('RSA-2048');
    expect(codes(judge(made, {key: privateKey}))).toEqual(['error: key-does-not-match']);
    expect(codes(judge(made, {key: new Secret('?')}))).toEqual(['error: key-unreadable']);
  });
});

describe('who signed it', () => {
  test('another authority of the cluster, which is named', async () => {
    expect(judge(await makeLeaf(otherCa, asPlanned))).toMatchObject([
      {code: 'wrong-authority', message: 'cp-1/etcd-server is signed by kubernetes-ca, not by etcd-ca'},
    ]);
  });

  test('an authority of the same name with another key', async () => {
    const impostor = await makeAuthority({commonName: 'etcd-ca'});
    expect(judge(await makeLeaf(impostor, asPlanned))).toMatchObject([
      {code: 'wrong-authority', message: expect.stringContaining('CN=etcd-ca, another key')},
    ]);
  });

  test('itself', async () => {
    expect(judge(await makeAuthority({...asPlanned, isAuthority: false}))).toMatchObject([
      {code: 'wrong-authority', message: 'cp-1/etcd-server is signed by itself, not by etcd-ca'},
    ]);
  });

  test('nobody can tell, because the certificate of the authority is missing or broken', async () => {
    const made = await makeLeaf(etcdCa, asPlanned);
    expect(codes(judge(made, {authorities: new Map()}))).toEqual(['error: authority-missing']);
    const authorities = new Map([['etcd-ca', 'broken']]);
    expect(codes(judge(made, {authorities}))).toEqual(['error: certificate-unreadable']);
  });

  test('the right key under another name', async () => {
    const renamed = {...etcdCa, certificate: (await sameKey('other-name')).certificate};
    expect(codes(judge(await makeLeaf(renamed, asPlanned)))).toEqual(['error: issuer-name-differs']);
  });

  test('the right key, but pointed to by a recomputed identifier', () => {
    const made = byOpenssl([
      ...good.slice(0, 2),
      'authorityKeyIdentifier=none',
      `2.5.29.35=DER:30168014${'ab'.repeat(20)}`,
    ]);
    expect(judge(made, {now: new Date()})).toMatchObject([
      {code: 'authority-identifier-differs', severity: 'error', message: expect.stringContaining('ababab')},
    ]);
  });

  /** An authority with the key of the etcd authority and another name. */
  async function sameKey(commonName: string) {
    const [keyFile = ''] = temporaryFiles(etcdCa.key.privateKey.reveal());
    const certificate = openssl(
      ['req', '-x509', '-key', keyFile, '-subj', `/CN=${commonName}`, '-days', '9999'].concat([
        '-addext',
        `subjectKeyIdentifier=${etcdCaIdentifier()}`,
      ]),
    );
    return {certificate};
  }

  function etcdCaIdentifier(): string {
    const text = openssl(['x509', '-noout', '-ext', 'subjectKeyIdentifier'], etcdCa.certificate);
    return text.split('\n')[1]?.trim() ?? '';
  }
});

describe('what it may be used for', () => {
  const usageCases: readonly [string, Wish, readonly Usage[], readonly string[]][] = [
    ['a usage is missing', {usages: ['server auth']}, planned.usages, ['error: usage-missing']],
    ['a usage too many', {}, ['client auth'], ['warning: usage-unplanned']],
    ['it is an authority', {isAuthority: true}, planned.usages, ['error: leaf-is-authority']],
    ['no usage is named, so that any is allowed', {usages: []}, planned.usages, []],
  ];

  test.each(usageCases)('%s', async (_, wish, usages, expected) => {
    const made = await makeLeaf(etcdCa, {...asPlanned, ...wish});
    expect(codes(judge(made, {plan: {...planned, usages}}))).toEqual(expected);
  });

  test.each([
    ['any usage', ['extendedKeyUsage=anyExtendedKeyUsage', ...good.slice(1)], []],
    ['a key that may not sign', [...good, 'keyUsage=keyEncipherment'], ['error: key-usage-missing']],
    ['an unknown critical extension', [...good, '1.2.3.4=critical,DER:0500'], ['error: extension-unknown']],
    ['a critical extension that Go knows', [...good, 'certificatePolicies=critical,1.2.3.4'], []],
  ])('%s', (_, extensions, expected) => {
    expect(codes(judge(byOpenssl(extensions), {now: new Date()}))).toEqual(expected);
  });

  test('its authority may not sign for that use', async () => {
    const limited = await makeAuthority({commonName: 'etcd-ca', usages: ['client auth']});
    const made = await makeLeaf(limited, asPlanned);
    expect(judge(made, {authorities: new Map([['etcd-ca', limited.certificate]])})).toMatchObject([
      {code: 'usage-forbidden', message: 'etcd-ca may sign only for client auth, not for server auth'},
    ]);
  });
});

describe('whom it names', () => {
  test.each([
    ['another user', {commonName: 'cp-2'}, 'cp-1/etcd-server is for CN=cp-2, not for CN=cp-1'],
    [
      'a group too many',
      {organizations: ['system:masters']},
      'cp-1/etcd-server is for O=system:masters, CN=cp-1, not for CN=cp-1',
    ],
    ['nobody', {commonName: ''}, 'cp-1/etcd-server is for nobody by name, not for CN=cp-1'],
  ])('%s', async (_, wish, message) => {
    expect(judge(await makeLeaf(etcdCa, {...asPlanned, ...wish}))).toMatchObject([{code: 'subject-differs', message}]);
  });

  test('groups in another order are the same groups', async () => {
    const made = await makeLeaf(etcdCa, {...asPlanned, organizations: ['b', 'aaa']});
    const plan = {...planned, subject: {commonName: 'cp-1', organizations: ['aaa', 'b']}};
    expect(judge(made, {plan})).toEqual([]);
  });

  test('names that are missing are listed', async () => {
    expect(judge(await makeLeaf(etcdCa, {...asPlanned, sans: []}))).toMatchObject([
      {code: 'name-missing', severity: 'error', message: 'cp-1/etcd-server is not valid for cp-1.demo.test, fd00::1'},
    ]);
  });

  test('a wildcard covers one label and no address', async () => {
    const named = (...sans: {readonly type: 'dns' | 'ip'; readonly value: string}[]) =>
      makeLeaf(etcdCa, {...asPlanned, sans});
    const address = {type: 'ip', value: 'fd00::1'} as const;
    expect(codes(judge(await named({type: 'dns', value: '*.test'}, address)))).toContain('error: name-missing');
    expect(codes(judge(await named({type: 'dns', value: '*.demo.test'}, address)))).toEqual([
      'warning: name-unplanned',
    ]);
  });
});

describe('when it is valid', () => {
  test('it ended, or has not begun', async () => {
    const made = await makeLeaf(etcdCa, asPlanned);
    const year = 366 * 24 * 3_600_000;
    expect(codes(judge(made, {now: new Date(now.getTime() + year)}))).toEqual(['error: expired']);
    expect(codes(judge(made, {now: new Date(now.getTime() - year)}))).toEqual(['error: not-yet-valid']);
  });

  test('it ends after its authority', async () => {
    const made = await makeLeaf(etcdCa, {...asPlanned, validity: 90_000});
    expect(judge(made)).toMatchObject([
      {severity: 'warning', code: 'outlives-authority', message: expect.stringContaining('2036-11-20')},
    ]);
  });

  test('it is shorter than planned', async () => {
    const made = await makeLeaf(etcdCa, {...asPlanned, validity: 2160});
    expect(judge(made)).toMatchObject([
      {
        severity: 'warning',
        code: 'shorter-than-planned',
        message: 'cp-1/etcd-server is valid for 90 days, 365 were planned',
      },
    ]);
  });
});

describe('its form', () => {
  test('a serial number below zero', () => {
    const made = byOpenssl(good, '-set_serial', '-5');
    expect(codes(judge(made, {now: new Date()}))).toEqual(['error: serial-not-positive']);
  });

  test('a signature with SHA-1', () => {
    expect(codes(judge(byOpenssl(good, '-sha1'), {now: new Date()}))).toEqual(['error: signature-weak']);
  });

  test('keys that are too short, or that Kubernetes does not take', () => {
    const withKey = (...args: string[]) => {
      const [key = ''] = temporaryFiles(openssl(args));
      return {certificate: openssl(['req', '-x509', '-key', key, '-subj', '/CN=etcd-ca', '-days', '9999'])};
    };
    // OpenSSL dates by the machine's clock, so the time that counts is after it.
    const judged = (made: {readonly certificate: string}) =>
      codes(judge(made, {plan: broughtAuthority, now: new Date()}));
    expect(judged(withKey('genrsa', '1024'))).toEqual(['error: key-weak']);
    expect(judged(withKey('genpkey', '-algorithm', 'ed25519'))).toEqual(['error: key-unsupported']);
  });
});

describe('an authority', () => {
  test('as planned has no problem, made or brought', () => {
    expect(judge(etcdCa, {plan: plannedAuthority})).toEqual([]);
    const made = {certificate: kubeadmFile('/etc/kubernetes/pki/etcd/ca.crt')};
    expect(judge(made, {plan: broughtAuthority})).toEqual([]);
  });

  test('is called something else: a problem only if it is ours', () => {
    expect(codes(judge(otherCa, {plan: plannedAuthority}))).toEqual(['error: subject-differs']);
    expect(judge(otherCa, {plan: broughtAuthority})).toEqual([]);
  });

  test('lacks the name that kubeadm gives it', () => {
    const plan = {...plannedAuthority, sans: [{type: 'dns', value: 'etcd-ca', why: ''} as const]};
    expect(codes(judge(etcdCa, {plan}))).toEqual(['warning: name-missing']);
  });

  test('that is none', async () => {
    const made = await makeAuthority({commonName: 'etcd-ca', isAuthority: false});
    expect(codes(judge(made, {plan: broughtAuthority}))).toEqual([
      'error: not-an-authority',
      'error: key-usage-missing',
    ]);
  });

  test('is an intermediate of somebody else: brought, it is an anchor that OpenSSL does not take alone', async () => {
    const made = await makeAuthority({commonName: 'etcd-ca', signedBy: otherCa});
    expect(codes(judge(made, {plan: broughtAuthority}))).toEqual(['warning: not-a-root']);
    expect(codes(judge(made, {plan: plannedAuthority}))).toEqual(['error: signature-wrong']);
  });

  test('limits the names that it may sign for', () => {
    const [key = ''] = temporaryFiles(etcdCa.key.privateKey.reveal());
    const certificate = openssl(
      ['req', '-x509', '-key', key, '-subj', '/CN=etcd-ca', '-days', '9999'].concat([
        '-addext',
        'nameConstraints=critical,permitted;DNS:demo.test',
      ]),
    );
    const problems = judge({certificate}, {plan: broughtAuthority, now: new Date()});
    expect(codes(problems)).toEqual(['warning: names-constrained']);
  });

  test('under a root that allows none below itself', () => {
    const [key = ''] = temporaryFiles(otherCa.key.privateKey.reveal());
    const [extensions = '', request = ''] = temporaryFiles(
      'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,digitalSignature',
      openssl(['req', '-new', '-key', key, '-subj', '/CN=etcd-ca']),
    );
    const root = openssl(
      ['req', '-x509', '-key', key, '-subj', '/CN=root-ca', '-days', '9999'].concat([
        '-addext',
        'basicConstraints=critical,CA:TRUE,pathlen:0',
      ]),
    );
    const [rootFile = ''] = temporaryFiles(root);
    const signing = ['-CA', rootFile, '-CAkey', key, '-set_serial', '9', '-days', '9000', '-extfile', extensions];
    const certificate = openssl(['x509', '-req', '-in', request, ...signing]);
    const plan = {...plannedAuthority, signedBy: 'root-ca', validity: 9000 * 24};
    const problems = judge({certificate}, {plan, authorities: new Map([['root-ca', root]]), now: new Date()});
    expect(codes(problems)).toEqual(['error: path-too-long']);
  });
});

import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {Secret} from '../../src/base/secret.ts';
import {inspectCertificate, publicKeyOf} from '../../src/x509/inspect.ts';
import {readPrivateKey, samePublicKey} from '../../src/x509/keys.ts';
import {readRequest} from '../../src/x509/read-request.ts';
import {type FixtureNode, fixtureNode, otherClusterFile} from '../helpers/node-fixture.ts';
import {changed, filesOf, runOn, runWords} from '../helpers/node-run.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {openssl, opensslCa, type OpensslAuthority} from '../helpers/openssl.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

const pki = '/etc/kubernetes/pki';

/** A node whose cluster CA is kept elsewhere, and a folder for requests that is not there yet. */
function externalNode(): {
  readonly node: FixtureNode;
  readonly authority: OpensslAuthority;
  readonly directory: string;
} {
  const node = fixtureNode();
  const cold = temporaryFolder();
  const authority = {certificate: join(cold, 'ca.crt'), key: join(cold, 'ca.key')};
  writeFileSync(authority.certificate, node.read(`${pki}/ca.crt`));
  renameSync(node.at(`${pki}/ca.key`), authority.key);
  // As kubeadm leaves it out where the key is not there.
  node.edit(
    '/etc/kubernetes/manifests/kube-controller-manager.yaml',
    /--cluster-signing-key-file=\S+/,
    '--cluster-signing-key-file=',
  );
  return {node, authority, directory: join(temporaryFolder(), 'to-sign')};
}

const three = ['apiserver', 'apiserver-kubelet-client', 'scheduler.conf'];

/** What a first test made; the keys and signatures take seconds, and every node of the fixture is the same. */
const made = temporaryTree();

/** Requests for these three, each signed as it should be. */
async function signedNode() {
  const {node, authority, directory} = externalNode();
  const at = (name: string): string => join(directory, 'requests', name);
  const sign = (name: string, how: Partial<Parameters<typeof opensslCa>[1]> = {}, by = authority): void =>
    opensslCa(by, {request: at(`${name}.csr`), out: at(`${name}.crt`), ...how});
  if (!made.isThere()) {
    await runOn(node, ['renew', ...three, '--requests', directory]);
    for (const name of three) sign(name);
    made.keep(directory);
  }
  made.lay(directory);
  return {
    node,
    authority,
    directory,
    at,
    sign,
    take: async () => runOn(node, ['renew', '--signed', directory, '--yes']),
  };
}

/** A folder that outlives a test and ends with the file. */
function temporaryTree() {
  const folder = mkdtempSync(join(tmpdir(), 'certwright-'));
  afterAll(() => rmSync(folder, {recursive: true, force: true}));
  const tree = join(folder, 'tree');
  return {
    isThere: () => existsSync(tree),
    keep: (from: string) => cpSync(from, tree, {recursive: true}),
    lay: (to: string) => cpSync(tree, to, {recursive: true}),
  };
}

function modesUnder(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    ['', ...readdirSync(folder, {recursive: true, encoding: 'utf8'})]
      .toSorted()
      .map((path) => [path, (statSync(join(folder, path)).mode & 0o777).toString(8)]),
  );
}

describe('renew --requests', () => {
  test('writes a new key and a request for each, and changes nothing on the node', async () => {
    const {node, directory} = externalNode();
    const before = filesOf(node);
    const {code, out} = await runOn(node, ['renew', ...three, 'etcd-peer', '--requests', directory]);
    expect(code).toBe(0);
    expect(filesOf(node)).toEqual(before);
    const names = ['apiserver', 'apiserver-kubelet-client', 'etcd-peer', 'scheduler.conf'];
    expect(modesUnder(directory)).toEqual({
      '': '700',
      'README.md': '644',
      requests: '700',
      ...Object.fromEntries(names.flatMap((name) => [`csr`, 'key'].map((kind) => [`requests/${name}.${kind}`, '600']))),
      'requests/requests.json': '644',
    });
    for (const path of ['README.md', 'requests/requests.json'])
      expectNoSecrets(readFileSync(join(directory, path), 'utf8'));
    expect(out).toContain('4 requests; 8 stay as they are.\n');
    expect(out).toContain(`certwright sign ${directory} --authority ID`);
    expect(out).toContain(`back here:  certwright renew --signed ${directory} --root ${node.root}\n`);
  });

  test('asks for subject, names and usages as the certificate has them, in a way that openssl reads', async () => {
    const {node, directory} = externalNode();
    await runOn(node, ['renew', 'apiserver', 'scheduler.conf', '--requests', directory]);
    const old = inspectCertificate(node.read(`${pki}/apiserver.crt`));
    const request = readRequest(readFileSync(join(directory, 'requests/apiserver.csr'), 'utf8'));
    expect(request.subject.der.equals(old.subject.der)).toBe(true);
    expect(request).toMatchObject({sans: old.sans, usages: ['server auth'], isAuthority: false});
    expect(samePublicKey(request.publicKey, publicKeyOf(old.pem))).toBe(false);
    const text = openssl(['req', '-in', join(directory, 'requests/scheduler.conf.csr'), '-noout', '-text', '-verify']);
    expect(text).toContain('TLS Web Client Authentication');
    expect(text).toMatch(/Subject: CN ?= ?system:kube-scheduler/);
  });

  test('says in its index what each is for', async () => {
    const {node, directory} = externalNode();
    await runOn(node, ['renew', 'scheduler.conf', 'etcd-server', '--validity', '90d', '--requests', directory]);
    expect(JSON.parse(readFileSync(join(directory, 'requests/requests.json'), 'utf8'))).toMatchObject({
      requestsVersion: 1,
      clusterName: 'demo',
      renewalOf: 'cp-1',
      requests: [
        {name: 'etcd-server', authority: 'etcd-ca', validity: 2160, place: {path: `${pki}/etcd/server.crt`}},
        {
          name: 'scheduler.conf',
          authority: 'kubernetes-ca',
          place: {item: 'scheduler.conf', path: '/etc/kubernetes/scheduler.conf', user: 'system:kube-scheduler'},
        },
      ],
    });
  });

  test('is what a blocked certificate points to', async () => {
    const {node} = externalNode();
    const {out} = await runOn(node, ['renew', 'apiserver']);
    expect(out).toContain('ask that authority: certwright renew apiserver --requests DIR');
  });

  test('leaves the kubelet’s own to the kubelet', async () => {
    const {node, directory} = externalNode();
    const {out} = await runOn(node, ['renew', 'kubelet-client', '--requests', directory]);
    expect(out).toContain('the kubelet renews it itself');
    expect(out).toContain('0 requests, 1 not to be asked for; 11 stay as they are.');
    expect(existsSync(directory)).toBe(false);
  });

  test('tells several users of one kubeconfig apart', async () => {
    const {node, directory} = externalNode();
    const conf = node.read('/etc/kubernetes/admin.conf');
    const other = conf.slice(conf.indexOf('users:\n') + 7).replaceAll('kubernetes-admin', '../admin 2');
    node.write('/root/.kube/config', `${conf}${other}`);
    await runOn(node, ['renew', '/root/.kube/config', '--requests', directory]);
    const names = readdirSync(join(directory, 'requests'), {recursive: true, encoding: 'utf8'});
    expect(names.filter((name) => name.endsWith('.key')).toSorted()).toEqual([
      'root/.kube/config/.._admin_2.key',
      'root/.kube/config/kubernetes-admin.key',
    ]);
  });

  test('writes nothing when it is only tried, and nothing over what is there', async () => {
    const {node, directory} = externalNode();
    const tried = await runOn(node, ['renew', 'apiserver', '--requests', directory, '--dry-run']);
    expect(tried.out).toContain('1 request; 11 stay as they are.\nNothing was written.\n');
    expect(existsSync(directory)).toBe(false);
    await runOn(node, ['renew', 'apiserver', '--requests', directory]);
    const key = readFileSync(join(directory, 'requests/apiserver.key'), 'utf8');
    const again = await runOn(node, ['renew', 'apiserver', '--requests', directory]);
    expect(again.code).toBe(1);
    expect(again.err).toContain(`certwright renew --signed ${directory}`);
    expect(readFileSync(join(directory, 'requests/apiserver.key'), 'utf8')).toBe(key);
  });

  test('as one JSON document names files, places and who is asked', async () => {
    const {node, directory} = externalNode();
    const {out} = await runOn(node, ['renew', 'apiserver', '--requests', directory, '-o', 'json']);
    expect(JSON.parse(out)).toMatchObject({
      renewVersion: 1,
      isWritten: true,
      directory,
      requests: [{name: 'apiserver', path: `${pki}/apiserver.crt`, user: null, authority: 'kubernetes-ca'}],
      blocked: [],
      left: 11,
    });
  });
});

describe('renew --signed', () => {
  test('goes the whole way: requests, certwright sign without the keys, and back', async () => {
    const {node, authority, directory} = externalNode();
    const both = Buffer.from(node.read(`${pki}/ca.crt`) + node.read(`${pki}/front-proxy-ca.crt`)).toString('base64');
    node.edit(
      '/etc/kubernetes/scheduler.conf',
      /certificate-authority-data: \S+/,
      `certificate-authority-data: ${both}`,
    );
    await runOn(node, ['renew', ...three, '--requests', directory]);
    const away = join(temporaryFolder(), 'away');
    cpSync(directory, away, {recursive: true, filter: (path) => !path.endsWith('.key')});
    const signing = ['--certificate', authority.certificate, '--key', authority.key, '--yes'];
    const signed = await runWords(['sign', away, ...signing]);
    expect(signed.err).toContain('Node cp-1 of cluster demo asks kubernetes-ca for 3 certificates:');
    expect(signed.out).toContain(`then: certwright renew --signed ${away}`);
    cpSync(away, directory, {recursive: true});

    const before = filesOf(node);
    const shown = await runOn(node, ['renew', '--signed', directory]);
    expect(shown.out).toContain('3 certificates to renew; 9 stay as they are.');
    expect(shown.err).toContain('Nothing was changed.');
    expect(filesOf(node)).toEqual(before);

    const {code, err} = await runOn(node, ['renew', '--signed', directory, '--yes']);
    expect(code).toBe(0);
    expect(err).toContain(`remove the folder: rm -r ${directory}`);
    const after = filesOf(node);
    expect(changed(before, after)).toEqual([
      ...['apiserver-kubelet-client', 'apiserver'].flatMap((name) => [`${pki}/${name}.crt`, `${pki}/${name}.key`]),
      '/etc/kubernetes/scheduler.conf',
    ]);
    for (const path of changed(before, after)) expect(after[path]?.slice(0, 3)).toBe(before[path]?.slice(0, 3));
    expect(node.read(`${pki}/apiserver.key`)).toBe(readFileSync(join(directory, 'requests/apiserver.key'), 'utf8'));
    expect(node.read('/etc/kubernetes/scheduler.conf')).toContain(`certificate-authority-data: ${both}\n`);
    const [old, renewed] = [before, after].map((files) => inspectCertificate(files[`${pki}/apiserver.crt`] ?? ''));
    expect(renewed?.subject.der).toEqual(old?.subject.der);
    expect(renewed).toMatchObject({usages: old?.usages, sans: old?.sans, keyUsage: old?.keyUsage});
    expect((await runOn(node, ['check'])).code).toBe(0);
    const again = await runOn(node, ['renew', '--signed', directory, '--yes']);
    expect(again.out).toBe('0 certificates to renew, 3 in place already; 9 stay as they are.\n');
  });

  test('takes what openssl has signed, and openssl verifies what lies on the node then', async () => {
    const {node, authority, take} = await signedNode();
    expect((await take()).code).toBe(0);
    const certificate = node.at(`${pki}/apiserver.crt`);
    const options = ['-x509_strict', '-no_check_time', '-purpose', 'sslserver', '-verify_hostname', 'kubernetes'];
    expect(openssl(['verify', ...options, '-CAfile', authority.certificate, certificate])).toContain('OK');
    const key = readPrivateKey(new Secret(node.read(`${pki}/apiserver.key`)));
    expect(samePublicKey(key.publicKey, publicKeyOf(node.read(`${pki}/apiserver.crt`)))).toBe(true);
    expect((await runOn(node, ['check'])).code).toBe(0);
    expect((await runOn(node, ['restore', '20270101-000000', '--yes'])).code).toBe(0);
  });

  test('keeps an intermediate behind the leaf, and refuses the leaf without it', async () => {
    const {node, authority, directory, at, sign, take} = await signedNode();
    const folder = temporaryFolder();
    const between = {certificate: join(folder, 'between.crt'), key: join(folder, 'between.key')};
    const request = join(folder, 'between.csr');
    openssl([
      'req',
      '-new',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      between.key,
      '-subj',
      '/CN=between',
      '-out',
      request,
    ]);
    opensslCa(authority, {
      request,
      out: between.certificate,
      extensions: 'basicConstraints = critical,CA:TRUE\nsubjectKeyIdentifier = hash',
    });
    for (const name of three) sign(name, {}, between);
    const refused = await take();
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('requests/apiserver.crt is signed by CN=between, and that leads to no authority in');
    for (const name of three) appendFileSync(at(`${name}.crt`), readFileSync(between.certificate));
    expect((await take()).code).toBe(0);
    expect(node.read(`${pki}/apiserver.crt`)).toBe(readFileSync(at('apiserver.crt'), 'utf8'));
    expect((await runOn(node, ['check'])).code).toBe(0);
    expect(existsSync(directory)).toBe(true);
  });

  test.each<[why: string, code: RegExp, spoil: (signed: Awaited<ReturnType<typeof signedNode>>) => void]>([
    ['is missing', /CN=kubernetes has yet to sign it/, ({at}) => rmSync(at('apiserver.crt'))],
    [
      'is no certificate',
      /requests\/apiserver\.crt holds no certificate/,
      ({at}) => writeFileSync(at('apiserver.crt'), 'x\n'),
    ],
    [
      'is for another key',
      /the key of requests\/apiserver\.crt does not belong to this certificate/,
      ({at, sign}) => {
        const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', at('other.key')];
        openssl(['req', '-new', ...key, '-subj', '/CN=kube-apiserver', '-out', at('other.csr')]);
        sign('other', {out: at('apiserver.crt')});
      },
    ],
    [
      'is another’s',
      /requests\/apiserver\.crt is for CN=system:kube-scheduler, not for CN=kube-apiserver/,
      ({at}) => cpSync(at('scheduler.conf.crt'), at('apiserver.crt')),
    ],
    [
      'may be used for less',
      /requests\/apiserver\.crt may not be used for server auth/,
      ({sign}) => sign('apiserver', {copies: 'none', extensions: 'extendedKeyUsage = clientAuth'}),
    ],
    [
      'lacks names',
      /requests\/apiserver\.crt is not valid for api\.demo\.test, cp-1, kubernetes,/,
      ({sign}) => sign('apiserver', {copies: 'none', extensions: 'extendedKeyUsage = serverAuth'}),
    ],
    [
      'has become an authority',
      /requests\/apiserver\.crt is an authority \(CA:TRUE\)/,
      ({sign}) => sign('apiserver', {copies: 'none', extensions: 'basicConstraints = CA:TRUE'}),
    ],
    [
      'has ended',
      /requests\/apiserver\.crt ended on 2026-12-02/,
      ({sign}) => sign('apiserver', {until: '20261202000000Z'}),
    ],
    [
      'begins later',
      /requests\/apiserver\.crt begins on 2027-02-01/,
      ({sign}) => sign('apiserver', {from: '20270201000000Z'}),
    ],
    [
      'is signed by a namesake of the authority',
      /requests\/apiserver\.crt is signed by CN=kubernetes, and that leads to no authority in \/etc\/kubernetes\/\S+ \(nor in 5 more files/,
      ({sign}) => {
        const folder = temporaryFolder();
        const other = {certificate: join(folder, 'ca.crt'), key: join(folder, 'ca.key')};
        writeFileSync(other.certificate, otherClusterFile(`${pki}/ca.crt`));
        writeFileSync(other.key, otherClusterFile(`${pki}/ca.key`));
        sign('apiserver', {}, other);
      },
    ],
    ['has lost its key', /requests\/apiserver\.key\n.*its key is missing/, ({at}) => rmSync(at('apiserver.key'))],
    [
      'came with another request',
      /requests\/apiserver\.csr was not made with the key that lies beside it/,
      ({at}) => cpSync(at('scheduler.conf.csr'), at('apiserver.csr')),
    ],
    [
      'is for a file that the node does not have',
      /it is for \/etc\/kubernetes\/pki\/gone\.crt, and no certificate is there/,
      ({at}) =>
        writeFileSync(
          at('requests.json'),
          readFileSync(at('requests.json'), 'utf8').replaceAll(`${pki}/apiserver.crt`, `${pki}/gone.crt`),
        ),
    ],
    [
      'is for the file of another',
      /requests\/apiserver\.crt\n +another certificate of the same folder is for \S+apiserver\.crt too/,
      ({at}) =>
        writeFileSync(
          at('requests.json'),
          readFileSync(at('requests.json'), 'utf8').replaceAll(
            `${pki}/apiserver-kubelet-client.crt`,
            `${pki}/apiserver.crt`,
          ),
        ),
    ],
  ])('changes nothing when a certificate %s, and names its file with every other one', async (_, message, spoil) => {
    const signed = await signedNode();
    spoil(signed);
    writeFileSync(signed.at('scheduler.conf.crt'), '');
    const before = filesOf(signed.node);
    const {code, out, err} = await signed.take();
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err).toContain('requests/scheduler.conf.crt holds no certificate');
    expect(filesOf(signed.node)).toEqual(before);
  });

  test('shows a name that was not asked for, and lets it pass', async () => {
    const {sign, take} = await signedNode();
    sign('apiserver-kubelet-client', {extensions: 'subjectAltName = DNS:more.demo.test'});
    const {code, out} = await take();
    expect(code).toBe(0);
    expect(out).toContain(
      'requests/apiserver-kubelet-client.crt is also valid for more.demo.test, which was not asked',
    );
    expect(out).toMatch(/ \+ more\.demo\.test +no +-\n/);
  });

  test('and issue --signed know their folders from one another', async () => {
    const {directory, node} = await signedNode();
    const issue = await runWords(['issue', '--signed', directory]);
    expect(issue.code).toBe(1);
    expect(issue.err).toContain(`certwright renew --signed ${directory}`);
    const index = join(directory, 'requests/requests.json');
    writeFileSync(index, readFileSync(index, 'utf8').replace('"renewalOf": "cp-1",', ''));
    const renew = await runOn(node, ['renew', '--signed', directory]);
    expect(renew.err).toContain(`certwright issue --signed ${directory}`);
    mkdirSync(join(directory, 'nothing'));
    expect((await runOn(node, ['renew', '--signed', join(directory, 'nothing')])).err).toContain('holds no requests');
  });

  test.each([
    [['apiserver'], 'what is renewed stands in the folder'],
    [['--all'], "cannot be used with option '--all'"],
    [['--same-key'], "cannot be used with option '--same-key'"],
  ])('refuses %j beside it', async (words, message) => {
    const {err, code} = await runOn(fixtureNode(), ['renew', '--signed', 'x', ...words]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

describe('an authority that ends', () => {
  /** The cluster's authority with the same key and another end. */
  function ending(node: FixtureNode, days: number): void {
    const files = [node.at(`${pki}/ca.crt`), node.at(`${pki}/ca.key`)];
    const folder = temporaryFolder();
    const request = join(folder, 'ca.csr');
    openssl(['x509', '-x509toreq', '-in', files[0] ?? '', '-signkey', files[1] ?? '', '-out', request]);
    const until = new Date(Date.UTC(2027, 0, 1 + days)).toISOString().replaceAll(/[-:T]|\.000/g, '');
    const extensions = 'basicConstraints = critical,CA:TRUE\nsubjectKeyIdentifier = hash';
    opensslCa(
      {certificate: files[0] ?? '', key: files[1] ?? ''},
      {request, out: join(folder, 'ca.crt'), until, extensions},
    );
    cpSync(join(folder, 'ca.crt'), node.at(`${pki}/ca.crt`));
  }

  test('before what it signs is said to, and nothing is cut short', async () => {
    const node = fixtureNode();
    ending(node, 200);
    const {out} = await runOn(node, ['renew', 'apiserver', 'scheduler.conf', '-o', 'json']);
    const {warnings, renewed} = JSON.parse(out) as {
      warnings: {code: string; at: {path: string}; message: string}[];
      renewed: {after: {notAfter: string}}[];
    };
    expect(warnings).toMatchObject([{code: 'authority-ends-first', at: {path: `${pki}/ca.crt`}}]);
    expect(warnings[0]?.message).toContain('ends on 2027-07-20, before what it signs here (apiserver, scheduler.conf)');
    expect(renewed[0]?.after.notAfter).toBe('2028-01-01T00:00:00.000Z');
  });

  test('within ninety days is said to, with the way on', async () => {
    const node = fixtureNode();
    ending(node, 60);
    const {out} = await runOn(node, ['renew', 'apiserver', '--validity', '30d']);
    expect(out).toContain(
      'warning: the authority in it ends on 2027-03-02: from then on all that it has signed is refused',
    );
    expect(out).toContain('with the same key and the same name');
  });

  test('later is not mentioned', async () => {
    expect((await runOn(fixtureNode(), ['renew', 'apiserver'])).out).not.toContain('warning');
  });
});

import {execFileSync} from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {Secret} from '../../src/base/secret.ts';
import {readKubeconfig} from '../../src/kubeconfig/read-kubeconfig.ts';
import {inspectCertificate, publicKeyOf} from '../../src/x509/inspect.ts';
import {readPrivateKey, samePublicKey} from '../../src/x509/keys.ts';
import {currentPem, kubeletPki, layKubeletPem, layKubeletServing} from '../helpers/kubelet-pem.ts';
import {type FixtureNode, fixtureNode} from '../helpers/node-fixture.ts';
import {runOn as run} from '../helpers/node-run.ts';
import {openssl} from '../helpers/openssl.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

const kubeletConf = '/etc/kubernetes/kubelet.conf';
const newPem = `${kubeletPki}/kubelet-client-2027-01-01-00-00-00.pem`;

/** A pair in one file, and the node it is for. */
function pairAt(path: string, root: string) {
  const text = readFileSync(join(root, path), 'utf8');
  expect(statSync(join(root, path)).mode & 0o7777).toBe(0o600);
  const certificate = inspectCertificate(text);
  const key = readPrivateKey(new Secret(text.slice(text.indexOf('-----BEGIN', 1))));
  expect(samePublicKey(key.publicKey, publicKeyOf(certificate.pem))).toBe(true);
  return certificate;
}

/** The link as it stands, the links of the root not followed. */
const linkOf = (node: FixtureNode): string => readlinkSync(node.at(currentPem));

function expectNewPair(node: FixtureNode, name = 'cp-1'): void {
  expect(linkOf(node)).toBe(newPem);
  const {subject, usages, notAfter} = pairAt(newPem, node.root);
  expect(subject).toMatchObject({commonName: `system:node:${name}`, organizations: ['system:nodes']});
  expect(usages).toEqual(['client auth']);
  expect(notAfter).toEqual(new Date('2028-01-01T00:00:00Z'));
  expect(
    openssl([
      'verify',
      '-no_check_time',
      '-purpose',
      'sslclient',
      '-CAfile',
      node.at('/etc/kubernetes/pki/ca.crt'),
      node.at(newPem),
    ]),
  ).toContain('OK');
}

function expectNamesThePair(node: FixtureNode): void {
  const {users, clusters, problems} = readKubeconfig(node.read(kubeletConf));
  expect(problems).toEqual([]);
  expect(users).toMatchObject([{certificate: {kind: 'file', path: currentPem}, key: {kind: 'file', path: currentPem}}]);
  expect(clusters).toMatchObject([{server: expect.stringMatching(/^https:\/\//)}]);
}

const ended = {node: 'cp-1', now: new Date('2025-12-01'), validity: 8760, stamp: '2025-12-01-00-00-00'};

describe('the kubelet’s client certificate', () => {
  test('that has ended gets a new pair, with the link swung to it, and the kubelet is restarted first of all', async () => {
    const node = fixtureNode();
    const old = await layKubeletPem(node.root, ended);
    const {code, out, err} = await run(node, ['renew', '--yes']);
    expect(code).toBe(0);
    expect(out).toContain('1 certificate to renew; 11 stay as they are.\n');
    expect(err).toContain('To be restarted, one after the other:\n  systemctl restart kubelet\n');
    expectNewPair(node);
    expect(node.read(old)).toContain('BEGIN CERTIFICATE');
    expect((await run(node, ['check'])).code).toBe(0);
    const all = await run(node, ['renew', 'kubelet-client', 'scheduler.conf', '--yes']);
    expect(all.err.indexOf('systemctl restart kubelet')).toBeLessThan(all.err.indexOf('kube-scheduler.yaml'));
  });

  test('can be gone back to: the link leads where it led, and the new pair is gone', async () => {
    const node = fixtureNode();
    const old = await layKubeletPem(node.root, ended);
    await run(node, ['renew', '--yes']);
    const {code, err} = await run(node, ['restore', '20270101-000000', '--yes']);
    expect(code).toBe(0);
    expect(err).toContain(`  ${newPem} (was not there)\n  ${currentPem} -> ${old}\n`);
    expect(linkOf(node)).toBe(old);
    expect(existsSync(node.at(newPem))).toBe(false);
  });

  test('is left to the kubelet as long as it can renew it itself, and renewed when it is asked for', async () => {
    const node = fixtureNode();
    const before = linkOf(node);
    const {out} = await run(node, ['renew', '--all', '--yes']);
    expect(out).toContain('kubelet-client\n  stays as it is: the kubelet renews it itself\n');
    expect(linkOf(node)).toBe(before);
    // Ten days of twenty are left: within the warning's thirty days, and early enough for the kubelet.
    const young = {...ended, now: new Date('2026-12-22'), validity: 20 * 24, stamp: '2026-12-22-00-00-00'};
    const short = await layKubeletPem(node.root, young);
    await run(node, ['renew', '--yes']);
    expect(linkOf(node)).toBe(short);
    // One day of twenty is left: it should have.
    await run(node, ['renew', '--yes'], new Date('2027-01-10'));
    expect(linkOf(node)).toBe(`${kubeletPki}/kubelet-client-2027-01-10-00-00-00.pem`);
    await run(node, ['renew', 'kubelet-client', '--yes']);
    expectNewPair(node);
  });

  test('keeps its key when it is told to', async () => {
    const node = fixtureNode();
    const before = pairAt(linkOf(node), node.root);
    await run(node, ['renew', 'kubelet-client', '--same-key', '--yes']);
    expect(pairAt(newPem, node.root).pem).not.toBe(before.pem);
    expect(samePublicKey(publicKeyOf(pairAt(newPem, node.root).pem), publicKeyOf(before.pem))).toBe(true);
  });

  test('that somebody copied over the link is behind a link again', async () => {
    const node = fixtureNode();
    const text = node.read(linkOf(node));
    rmSync(node.at(currentPem));
    node.write(currentPem, text);
    await run(node, ['renew', 'kubelet-client', '--yes']);
    expectNewPair(node);
    await run(node, ['restore', '20270101-000000', '--yes']);
    expect(lstatSync(node.at(currentPem)).isFile()).toBe(true);
    expect(node.read(currentPem)).toBe(text);
  });

  test('that is not there is made anew for the name that the earlier one had', async () => {
    const node = fixtureNode();
    rmSync(node.at(currentPem));
    const {out: told} = await run(node, ['renew', '--yes']);
    expect(told).toContain(
      `kubelet-client\n  ${currentPem} is not there\n  a new one: certwright renew kubelet-client\n`,
    );
    const conf = node.read(kubeletConf);
    const {code, out, err} = await run(node, ['renew', 'kubelet-client', '--yes']);
    expect(code).toBe(0);
    expect(out).toContain('  ends     there is none -> 2028-01-01 00:00:00 UTC\n');
    expect(err).toContain('systemctl restart kubelet');
    expectNewPair(node);
    expect(node.read(kubeletConf)).toBe(conf);
    expect((await run(node, ['check'])).code).toBe(0);
  });

  test('is made anew with its kubeconfig, for the name that etcd has, where nothing of it is left', async () => {
    const node = fixtureNode();
    for (const name of readdirSync(node.at(kubeletPki))) rmSync(node.at(`${kubeletPki}/${name}`));
    rmSync(node.at('/var/lib/kubelet/kubeadm-flags.env'));
    rmSync(node.at(kubeletConf));
    const {code, out} = await run(node, ['renew', 'kubelet-client', '--yes']);
    expect(code).toBe(0);
    expect(out).toContain("  node     cp-1, by etcd's --name\n");
    expect(out).toContain(`  writes   ${kubeletConf}\n`);
    expectNewPair(node);
    expectNamesThePair(node);
    expect(statSync(node.at(kubeletConf)).mode & 0o7777).toBe(0o600);
    expect((await run(node, ['check'])).code).toBe(0);
  });

  test.each([
    ['--hostname-override=node-7', 'node-7'],
    ['--hostname-override node-8', 'node-8'],
  ])('is made anew for the name that the kubelet is started with: %s', async (flag, name) => {
    const node = fixtureNode();
    for (const each of readdirSync(node.at(kubeletPki))) rmSync(node.at(`${kubeletPki}/${each}`));
    node.write('/var/lib/kubelet/kubeadm-flags.env', `KUBELET_KUBEADM_ARGS="--cgroup-driver=systemd ${flag}"\n`);
    await run(node, ['renew', 'kubelet-client', '--yes']);
    expectNewPair(node, name);
  });

  test('is made for another name when one is given', async () => {
    const node = fixtureNode();
    const {out} = await run(node, ['renew', 'kubelet-client', '--node', 'cp-1.demo.test', '--yes']);
    expect(out).toContain('  node     cp-1.demo.test, by --node\n');
    expectNewPair(node, 'cp-1.demo.test');
  });

  test('in kubelet.conf itself is renewed there, and the kubelet restarted', async () => {
    const node = fixtureNode();
    const [pem, data] = [node.read(linkOf(node)), (text: string) => Buffer.from(text).toString('base64')];
    const cut = pem.indexOf('-----BEGIN', 1);
    node.edit(kubeletConf, /client-certificate: \S+/, `client-certificate-data: ${data(pem.slice(0, cut))}`);
    node.edit(kubeletConf, /client-key: \S+/, `client-key-data: ${data(pem.slice(cut))}`);
    const {out: told} = await run(node, ['check']);
    expect(told).toContain('name /var/lib/kubelet/pki/kubelet-client-current.pem as client-certificate');
    const {out: all} = await run(node, ['renew', '--all']);
    expect(all).toContain('  one that it renews itself: certwright renew kubelet-client\n');
    const {err} = await run(node, ['renew', 'kubelet.conf', '--yes']);
    expect(err).toContain('To be restarted, one after the other:\n  systemctl restart kubelet\n');
    const [user] = readKubeconfig(node.read(kubeletConf)).users;
    const held = user?.certificate?.kind === 'embedded' ? (user.certificate.certificates[0] ?? '') : '';
    expect(inspectCertificate(held).notAfter).toEqual(new Date('2028-01-01T00:00:00Z'));

    // And the switch to the pair that the kubelet renews itself.
    const both = await run(node, ['renew', 'kubelet-client', 'kubelet.conf', '--yes']);
    expect(both.out).toContain('1 certificate to renew; 11 stay as they are.\n');
    expectNewPair(node);
    expectNamesThePair(node);
    expect((await run(node, ['check'])).code).toBe(0);
  });

  test('goes where the kubelet keeps it: its kubeconfig says so, and links of folders are followed', async () => {
    const node = fixtureNode();
    mkdirSync(node.at('/data'));
    renameSync(node.at(kubeletPki), node.at('/data/pki'));
    symlinkSync('/data/pki', node.at(kubeletPki));
    await run(node, ['renew', 'kubelet-client', '--yes']);
    expect(readlinkSync(node.at('/data/pki/kubelet-client-current.pem'))).toBe(newPem);
    expect(existsSync(node.at(newPem.replace(kubeletPki, '/data/pki')))).toBe(true);

    rmSync(node.at(kubeletPki));
    rmSync(node.at('/data/pki/kubelet-client-current.pem'));
    node.write(kubeletConf, node.read(kubeletConf).replaceAll(kubeletPki, '/data/pki'));
    await run(node, ['renew', 'kubelet-client', '--yes'], new Date('2027-01-02'));
    expect(readlinkSync(node.at('/data/pki/kubelet-client-current.pem'))).toBe(
      '/data/pki/kubelet-client-2027-01-02-00-00-00.pem',
    );
    expect((await run(node, ['check'], new Date('2027-01-02'))).code).toBe(0);
  });

  test('is not made where the authority’s key is not, and the way on is told', async () => {
    const node = fixtureNode();
    rmSync(node.at('/etc/kubernetes/pki/ca.key'));
    const {out} = await run(node, ['renew', 'kubelet-client', '--yes']);
    expect(out).toContain('certwright renew --kubelet cp-1 --out DIR');
    rmSync(node.at(currentPem));
    const {code, err} = await run(node, ['renew', 'kubelet-client', '--yes']);
    expect(code).toBe(1);
    expect(err).toContain('certwright renew --kubelet cp-1 --out DIR');
  });

  test('is not signed by an authority that has ended, and ends with it at the latest', async () => {
    const node = fixtureNode();
    rmSync(node.at(currentPem));
    const {code, err} = await run(node, ['renew', 'kubelet-client', '--yes'], new Date('2040-01-01'));
    expect(code).toBe(1);
    expect(err).toContain('/etc/kubernetes/pki/ca.crt has ended itself');
    await run(node, ['renew', 'kubelet-client', '--yes', '--validity', '20y']);
    const {notAfter} = inspectCertificate(node.read('/etc/kubernetes/pki/ca.crt'));
    expect(pairAt(newPem, node.root).notAfter).toEqual(notAfter);
  });
});

describe('the serving certificate that the kubelet makes itself', () => {
  test('is taken away with its key once it has ended, and comes back with a backup', async () => {
    const node = fixtureNode();
    await layKubeletServing(node.root, {node: 'cp-1', now: new Date('2025-06-01')});
    const key = node.read(`${kubeletPki}/kubelet.key`);
    const {out, err} = await run(node, ['renew', '--yes']);
    expect(out).toContain(
      `kubelet-serving\n  ends     2026-06-01 00:00:00 UTC -> a year after the kubelet has made another\n`,
    );
    expect(out).toContain('1 certificate to renew; 12 stay as they are.\n');
    expect(err).toContain('systemctl restart kubelet');
    expect(readdirSync(node.at(kubeletPki)).filter((name) => !name.startsWith('kubelet-client'))).toEqual([]);
    expect((await run(node, ['check'])).code).toBe(0);
    await run(node, ['restore', '20270101-000000', '--yes']);
    expect(node.read(`${kubeletPki}/kubelet.key`)).toBe(key);
  });

  test('stays where a setting names it: then the kubelet would not make another', async () => {
    const node = fixtureNode();
    await layKubeletServing(node.root, {node: 'cp-1', now: new Date('2025-06-01')});
    node.write(
      '/var/lib/kubelet/config.yaml',
      `${node.read('/var/lib/kubelet/config.yaml')}tlsCertFile: ${kubeletPki}/kubelet.crt\ntlsPrivateKeyFile: ${kubeletPki}/kubelet.key\n`,
    );
    const {out} = await run(node, ['renew', '--yes']);
    expect(out).toContain('0 certificates to renew, 1 not here; 12 stay as they are.\n');
    expect(existsSync(node.at(`${kubeletPki}/kubelet.crt`))).toBe(true);
  });
});

describe('kubelets of other nodes', () => {
  const words = (out: string, ...nodes: readonly string[]) => [
    'renew',
    ...nodes.flatMap((name) => ['--kubelet', name]),
    '--out',
    out,
  ];

  test('get a kubeconfig and a pair each, in folders that are laid over theirs', async () => {
    const node = fixtureNode();
    const out = join(temporaryFolder(), 'kubelets');
    const both = node.read('/etc/kubernetes/pki/ca.crt') + node.read('/etc/kubernetes/pki/front-proxy-ca.crt');
    node.edit(
      '/etc/kubernetes/admin.conf',
      /certificate-authority-data: \S+/,
      `certificate-authority-data: ${Buffer.from(both).toString('base64')}`,
    );
    const {code, out: said} = await run(node, words(out, 'worker-1', 'worker-2'));
    expect(code).toBe(0);
    expect(said).toContain(
      `tar --owner=0 --group=0 -C ${out}/worker-2/rootfs -c . | ssh worker-2 tar --no-overwrite-dir -C / -x\n`,
    );
    expect(said).toContain('ssh worker-1 systemctl restart kubelet\n');
    expect(readdirSync(out)).toEqual(['worker-1', 'worker-2']);
    for (const name of ['worker-1', 'worker-2']) {
      const rootfs = join(out, name, 'rootfs');
      const {subject} = pairAt(newPem, rootfs);
      expect(subject).toMatchObject({commonName: `system:node:${name}`, organizations: ['system:nodes']});
      expect(readlinkSync(join(rootfs, currentPem))).toBe(newPem);
      const {users, clusters} = readKubeconfig(readFileSync(join(rootfs, kubeletConf), 'utf8'));
      expect(users).toMatchObject([
        {name: `system:node:${name}`, certificate: {path: currentPem}, key: {path: currentPem}},
      ]);
      const [admin] = readKubeconfig(node.read('/etc/kubernetes/admin.conf')).clusters;
      expect(clusters).toEqual([admin]);
      expect(clusters[0]?.certificateAuthority).toMatchObject({certificates: [expect.anything(), expect.anything()]});
      expect(statSync(join(rootfs, kubeletConf)).mode & 0o7777).toBe(0o600);
      for (const folder of ['', 'var', 'var/lib/kubelet/pki', 'etc/kubernetes']) {
        expect(statSync(join(rootfs, folder)).mode & 0o7777).toBe(0o755);
      }
    }
    for (const folder of ['', 'worker-1']) expect(statSync(join(out, folder)).mode & 0o7777).toBe(0o700);
  });

  test('take what is laid over theirs: the old pair stays, folders keep their modes', async () => {
    const out = join(temporaryFolder(), 'kubelets');
    await run(fixtureNode(), words(out, 'worker-1'));
    const worker = fixtureNode();
    const old = await layKubeletPem(worker.root, {...ended, node: 'worker-1'});
    mkdirSync(worker.at('/etc/kubernetes'), {recursive: true, mode: 0o700});
    const packed = execFileSync('tar', ['--owner=0', '--group=0', '-C', join(out, 'worker-1/rootfs'), '-c', '.']);
    execFileSync('tar', ['--no-overwrite-dir', '-C', worker.root, '-x'], {input: packed});
    expect(linkOf(worker)).toBe(newPem);
    expect(worker.read(old)).toContain('BEGIN CERTIFICATE');
    expect((await run(worker, ['check'])).code).toBe(0);
  });

  test('get them where the kubelet of this node has its own', async () => {
    const node = fixtureNode();
    node.write(
      '/etc/systemd/system/kubelet.service',
      '[Service]\nExecStart=/usr/local/bin/kubelet --kubeconfig=/var/lib/kubelet/kubeconfig --cert-dir=/data/pki\n',
    );
    const out = join(temporaryFolder(), 'kubelets');
    expect((await run(node, words(out, 'worker-1'))).code).toBe(0);
    const rootfs = join(out, 'worker-1/rootfs');
    expect(readlinkSync(join(rootfs, '/data/pki/kubelet-client-current.pem'))).toMatch(
      /^\/data\/pki\/kubelet-client-2027-/,
    );
    expect(readFileSync(join(rootfs, '/var/lib/kubelet/kubeconfig'), 'utf8')).toContain(
      'client-key: /data/pki/kubelet-client-current.pem\n',
    );
  });

  test('get none where nothing says where their files are, or the CA’s key is elsewhere', async () => {
    const out = join(temporaryFolder(), 'kubelets');
    const byHand = fixtureNode();
    renameSync(byHand.at('/etc/kubernetes/pki'), byHand.at('/var/lib/kubernetes'));
    rmSync(byHand.at('/etc/kubernetes'), {recursive: true});
    rmSync(byHand.at('/var/lib/kubelet'), {recursive: true});
    const unknown = await run(byHand, words(out, 'worker-1'));
    expect([unknown.code, unknown.err]).toEqual([
      1,
      expect.stringContaining('where kubelets of this cluster have their'),
    ]);
    const worker = fixtureNode();
    rmSync(worker.at('/etc/kubernetes/pki/ca.key'));
    const keyless = await run(worker, words(out, 'worker-1'));
    expect([keyless.code, keyless.err]).toEqual([1, expect.stringContaining('does not lie on this node with its key')]);
    expect(existsSync(out)).toBe(false);
  });

  test('get nothing in a dry run, nor into a folder that holds something', async () => {
    const node = fixtureNode();
    const out = join(temporaryFolder(), 'kubelets');
    const {code, err} = await run(node, [...words(out, 'worker-1'), '--dry-run']);
    expect([code, err]).toEqual([0, 'Nothing was written.\n']);
    expect(existsSync(out)).toBe(false);
    mkdirSync(out);
    writeFileSync(join(out, 'mine'), '');
    expect(await run(node, words(out, 'worker-1'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('is not empty'),
    });
    expect(readdirSync(out)).toEqual(['mine']);
  });

  test('are told as one JSON document', async () => {
    const out = join(temporaryFolder(), 'kubelets');
    const {out: said} = await run(fixtureNode(), [...words(out, 'worker-1'), '-o', 'json']);
    expect(JSON.parse(said)).toMatchObject({
      kubeletsVersion: 1,
      isDone: true,
      directory: out,
      kubelets: [{node: 'worker-1', notAfter: '2028-01-01T00:00:00.000Z'}],
    });
  });

  test.each([
    [['--kubelet', 'Worker_1', '--out', 'x'], 'underscore'],
    [['--kubelet', '../etc', '--out', 'x'], 'characters that host names cannot have'],
    [['--kubelet', 'w', '--kubelet', 'w', '--out', 'x'], 'w is given twice'],
    [['--kubelet', 'w'], 'add --out DIR'],
    [['apiserver', '--kubelet', 'w', '--out', 'x'], 'make two commands of it'],
    [['--kubelet', 'w', '--out', 'x', '--restart'], '--restart cannot be said with it'],
    [['--kubelet', 'w', '--out', 'x', '--sans', 'needed'], '--sans cannot be said with it'],
    [['--requests', 'd', '--restart'], "'--requests <dir>' cannot be used with option '--restart [which]'"],
    [['--out', 'x'], 'add --kubelet NODE'],
    [['--node', 'w'], 'certwright renew kubelet-client --node NAME'],
    [['kubelet-client', '--node', 'W'], 'write w'],
  ])('are refused with 2 for %j', async (rest, message) => {
    const {code, err} = await run(fixtureNode(), ['renew', ...rest]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

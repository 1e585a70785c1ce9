import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test, vi} from 'vitest';
import {carryOut} from '../../src/journeys/renew.ts';
import {type Journal, keepingUnder, writeJournal} from '../../src/node/change/journal.ts';
import {contextKeeper} from '../../src/run/selinux.ts';
import {inspectCertificate, publicKeyOf} from '../../src/x509/inspect.ts';
import {readPrivateKey, samePublicKey} from '../../src/x509/keys.ts';
import {type FixtureNode, fixtureNode, fixtureNow} from '../helpers/node-fixture.ts';
import {changed, filesOf, plannedOn, runOn as run} from '../helpers/node-run.ts';
import {openssl} from '../helpers/openssl.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

afterEach(() => vi.unstubAllEnvs());

const pki = '/etc/kubernetes/pki';

const withoutData = (text: string): string => text.replaceAll(/-data: \S+/g, '-data: …');

describe('renew', () => {
  test('of everything carries over what certificates say, with new keys, new dates and the same authorities', async () => {
    const node = fixtureNode();
    const before = filesOf(node);
    const {code, out, err} = await run(node, ['renew', '--all', '--yes']);
    expect(code).toBe(0);
    const after = filesOf(node);
    const paths = changed(before, after);
    expect(paths).toEqual([
      '/etc/kubernetes/admin.conf',
      '/etc/kubernetes/controller-manager.conf',
      ...['apiserver-etcd-client', 'apiserver-kubelet-client', 'apiserver'].flatMap((name) => [
        `${pki}/${name}.crt`,
        `${pki}/${name}.key`,
      ]),
      ...['healthcheck-client', 'peer', 'server'].flatMap((name) => [
        `${pki}/etcd/${name}.crt`,
        `${pki}/etcd/${name}.key`,
      ]),
      `${pki}/front-proxy-client.crt`,
      `${pki}/front-proxy-client.key`,
      '/etc/kubernetes/scheduler.conf',
      '/etc/kubernetes/super-admin.conf',
    ]);
    for (const path of paths) {
      expect(after[path]?.slice(0, 3)).toBe(before[path]?.slice(0, 3));
      if (path.endsWith('.conf')) expect(withoutData(after[path] ?? '')).toBe(withoutData(before[path] ?? ''));
      if (!path.endsWith('.crt')) continue;
      const [old, renewed] = [inspectCertificate(before[path] ?? ''), inspectCertificate(after[path] ?? '')];
      expect(renewed.subject.der.equals(old.subject.der)).toBe(true);
      expect(renewed).toMatchObject({
        usages: old.usages,
        sans: old.sans,
        keyUsage: old.keyUsage,
        critical: old.critical,
      });
      expect(renewed.serial).not.toBe(old.serial);
      expect(renewed.notAfter).toEqual(new Date(fixtureNow.getTime() + 8760 * 3_600_000));
      const key = readPrivateKey(node.read(path.replace(/crt$/, 'key')));
      expect(samePublicKey(key.publicKey, publicKeyOf(after[path] ?? ''))).toBe(true);
      expect(samePublicKey(key.publicKey, publicKeyOf(before[path] ?? ''))).toBe(false);
    }
    expect(
      openssl([
        'verify',
        '-x509_strict',
        '-no_check_time',
        '-purpose',
        'sslserver',
        '-CAfile',
        node.at(`${pki}/ca.crt`),
        node.at(`${pki}/apiserver.crt`),
      ]),
    ).toContain('OK');
    expect(out).toContain('11 certificates to renew; 1 stays as it is.');
    expect(out).toContain('kubelet-client\n  stays as it is: the kubelet renews it itself\n');
    expect(err).toContain('mv /etc/kubernetes/manifests/kube-controller-manager.yaml');
    expect((await run(node, ['check'])).code).toBe(0);
  });

  test('without a terminal and without --yes shows the difference and changes nothing', async () => {
    const node = fixtureNode();
    const before = filesOf(node);
    const {code, out, err} = await run(node, ['renew', 'apiserver']);
    expect(code).toBe(0);
    expect(out).toMatch(/^apiserver\n {2}ends {5}2027-11-23 19:17:42 UTC -> 2028-01-01 00:00:00 UTC\n/);
    expect(err).toContain('Nothing was changed.\nWith --yes it is done.\n');
    expect(filesOf(node)).toEqual(before);
    expect(existsSync(node.at('/var/lib/certwright'))).toBe(false);
  });

  test('without names takes what has ended, ends soon or has a fault that it mends', async () => {
    const node = fixtureNode();
    expect((await run(node, ['renew', '--yes'])).out).toBe('0 certificates to renew; 12 stay as they are.\n');
    node.write(`${pki}/apiserver.key`, node.read(`${pki}/apiserver-kubelet-client.key`));
    expect((await run(node, ['renew', '--yes'])).out).toContain('1 certificate to renew; 11 stay as they are.');
    expect((await run(node, ['check'])).code).toBe(0);
    const later = new Date('2028-01-15');
    expect((await run(node, ['check'], later)).code).toBe(2);
    await run(node, ['renew', '--yes'], later);
    expect((await run(node, ['check'], later)).code).toBe(0);
  });

  test('adds and takes away names, and keeps the key when it is told to', async () => {
    const node = fixtureNode();
    const before = filesOf(node);
    const names = ['--add-san', 'lb.demo.test', '--add-san', 'fd00::1', '--remove-san', 'cp-1'];
    const {out} = await run(node, ['renew', 'apiserver', '--yes', '--same-key', ...names]);
    expect(changed(before, filesOf(node))).toEqual([`${pki}/apiserver.crt`]);
    expect(out).toMatch(/ - cp-1 +yes +-\n/);
    expect(out).toMatch(/ \+ lb\.demo\.test +no +-\n +\+ fd00::1 +no +-\n/);
    const {sans} = inspectCertificate(node.read(`${pki}/apiserver.crt`));
    const values = sans.map(({value}) => value);
    expect(values).toEqual(expect.arrayContaining(['lb.demo.test', 'fd00::1', 'kubernetes']));
    expect(values).not.toContain('cp-1');
    expect((await run(node, ['check'])).code).toBe(0);
  });

  test('of admin.conf refreshes its copies, each with its own structure', async () => {
    const node = fixtureNode();
    node.write('/root/.kube/config', `# mine\n${node.read('/etc/kubernetes/admin.conf')}# end\n`);
    const before = filesOf(node);
    await run(node, ['renew', 'admin.conf', '--yes']);
    const after = filesOf(node);
    expect(changed(before, after)).toEqual(['/etc/kubernetes/admin.conf', '/root/.kube/config']);
    expect(withoutData(after['/root/.kube/config'] ?? '')).toBe(withoutData(before['/root/.kube/config'] ?? ''));
    expect((await run(node, ['check'])).code).toBe(0);
  });

  test('of everything refreshes copies with their original, and every user of a kubeconfig', async () => {
    const node = fixtureNode();
    const admin = node.read('/etc/kubernetes/admin.conf');
    const second = node.read('/etc/kubernetes/super-admin.conf').split('users:\n')[1] ?? '';
    expect(second).toContain('- name: kubernetes-super-admin\n');
    for (const home of ['/root', '/home/me']) node.write(`${home}/.kube/config`, admin);
    node.write('/etc/kubernetes/both.conf', admin + second);
    const {code, err} = await run(node, ['renew', '--all', '--yes']);
    expect([code, err]).toEqual([0, expect.stringContaining('Done.')]);
    expect((await run(node, ['check'])).code).toBe(0);
    expect(withoutData(node.read('/etc/kubernetes/both.conf'))).toBe(withoutData(admin + second));
    expect(node.read('/root/.kube/config')).toBe(node.read('/etc/kubernetes/admin.conf'));
  });

  test('keeps every authority of a bundle, and the file that a link leads to', async () => {
    const node = fixtureNode();
    const both = Buffer.from(node.read(`${pki}/ca.crt`) + node.read(`${pki}/front-proxy-ca.crt`)).toString('base64');
    node.edit(
      '/etc/kubernetes/scheduler.conf',
      /certificate-authority-data: \S+/,
      `certificate-authority-data: ${both}`,
    );
    await run(node, ['renew', 'scheduler.conf', '--yes']);
    expect(node.read('/etc/kubernetes/scheduler.conf')).toContain(`certificate-authority-data: ${both}\n`);
  });

  test('says of a certificate whose authority’s key is elsewhere that it stays, and how to go on', async () => {
    const node = fixtureNode();
    mkdirSync(node.at('/cold'));
    writeFileSync(node.at('/cold/ca.key'), node.read(`${pki}/ca.key`));
    node.write(`${pki}/ca.key`, '');
    const {code, out, err} = await run(node, ['renew', 'apiserver', '--yes']);
    expect(code, 'what was named is not done').toBe(1);
    expect(out).toContain('stays as it is (/etc/kubernetes/pki/apiserver.crt): the key of its authority');
    expect(out).toContain('0 certificates to renew, 1 not here; 11 stay as they are.\n');
    expect(err).toBe('');
  });

  test.each([
    [['renew', 'apisrver'], 'did you mean apiserver?'],
    [['renew', '--all', 'apiserver'], 'names and --all are two ways'],
    [['renew', '--add-san', 'x.test'], 'say which: certwright renew apiserver --add-san NAME'],
    [['renew', 'apiserver', '--add-san', 'https://x'], '--add-san'],
    [['renew', 'apiserver', '--validity', 'long'], '"long" is no duration'],
  ])('refuses %j with 2 and changes nothing', async (words, message) => {
    const node = fixtureNode();
    const before = filesOf(node);
    const {code, err} = await run(node, [...words, '--yes']);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(filesOf(node)).toEqual(before);
  });

  test('as one JSON document tells old and new, and the backup', async () => {
    const node = fixtureNode();
    const {out} = await run(node, ['renew', 'etcd-server', '--yes', '-o', 'json']);
    expect(JSON.parse(out)).toMatchObject({
      renewVersion: 1,
      isDone: true,
      backup: '20270101-000000',
      renewed: [{name: 'etcd-server', before: {notAfter: '2027-11-23T19:17:42.000Z'}}],
      restarts: [],
    });
  });
});

describe('the way back', () => {
  test('is a backup that restore brings back to the byte, and that can be undone again', async () => {
    const node = fixtureNode();
    const before = filesOf(node);
    await run(node, ['renew', '--all', '--yes']);
    const after = filesOf(node);
    const {out} = await run(node, ['backups']);
    expect(out.split('\n')).toEqual([
      'BACKUP           BEFORE                 FILES',
      '20270101-000000  renew 11 certificates  18',
      '',
    ]);
    const refused = await run(node, ['restore', '20270101-000000']);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('add --yes to bring the backup back');
    expect(filesOf(node)).toEqual(after);

    const restored = await run(node, ['restore', '20270101-000000', '--yes']);
    expect(restored.code).toBe(0);
    expect(filesOf(node)).toEqual(before);
    // Who has read the newer kubeconfigs goes on with them.
    expect(restored.err).toContain('To be restarted, one after the other:\n  # kube-controller-manager:');
    expect(restored.err).not.toContain('kube-apiserver.yaml');
    await run(node, ['restore', '20270101-000000-1', '--yes']);
    expect(filesOf(node)).toEqual(after);
  });

  test.each([
    [['--restart'], 'only the components of this machine can be restarted'],
    [['--wait', 'long'], '"long" is no duration'],
  ])('with %j is refused before anything is touched', async (words, told) => {
    const node = fixtureNode();
    await run(node, ['renew', 'apiserver', '--yes']);
    const after = filesOf(node);
    const {code, err} = await run(node, ['restore', '20270101-000000', '--yes', ...words]);
    expect(code).toBe(2);
    expect(err).toContain(told);
    expect(filesOf(node)).toEqual(after);
  });

  test('holds copies that only root reads', async () => {
    const node = fixtureNode();
    await run(node, ['renew', 'apiserver', '--yes']);
    for (const path of ['', '/backups', '/backups/20270101-000000', '/backups/20270101-000000/files']) {
      expect(statSync(node.at(`/var/lib/certwright${path}`)).mode & 0o777).toBe(0o700);
    }
    const copies = node.at('/var/lib/certwright/backups/20270101-000000/files');
    for (const name of readdirSync(copies)) expect(statSync(join(copies, name)).mode & 0o777).toBe(0o600);
  });

  test('is gone by renew first when a run was cut off, and only told of where nothing is to be changed', async () => {
    const node = fixtureNode();
    const keeping = keepingUnder(node.root);
    await run(node, ['renew', 'apiserver', '--yes']);
    const after = filesOf(node);
    const steps = [{path: `${pki}/ca.key`, staged: `${pki}/.certwright-x-ca.key`, after: 'x'}];
    const open: Journal = {journalVersion: 1, id: 'x', what: 'renew all', state: 'staging', steps};
    const cutOff = (): void => {
      writeJournal(keeping, open);
      node.write(`${pki}/.certwright-x-ca.key`, 'staged');
    };
    cutOff();
    const checked = await run(node, ['check']);
    expect(checked.code).toBe(2);
    expect(checked.out).toContain('"renew all" was begun here and has not ended');
    expect(checked.out).toContain('certwright recover');
    for (const words of [['--yes', '--dry-run'], []]) {
      const {code, err} = await run(node, ['renew', 'apiserver', ...words]);
      expect(code).toBe(0);
      expect(err).toContain('"renew all" was begun here and has not ended: certwright recover');
      expect(existsSync(keeping.journal)).toBe(true);
    }
    const {code, err} = await run(node, ['renew', 'scheduler.conf', '--yes']);
    expect(code).toBe(0);
    expect(err).toContain('An earlier run was cut off. Undone: renew all. Nothing had been changed yet.\n');
    expect(changed(after, filesOf(node))).toEqual(['/etc/kubernetes/scheduler.conf']);
    cutOff();
    const restored = await run(node, ['restore', '20270101-000000', '--yes']);
    expect(restored.err).toContain('An earlier run was cut off. Undone: renew all.');
    expect((await run(node, ['check'])).code).toBe(0);
  });

  test('is not needed where nothing was interrupted', async () => {
    const {code, out} = await run(fixtureNode(), ['recover']);
    expect([code, out]).toEqual([0, 'Nothing was interrupted.\n']);
  });
});

describe('where SELinux is on, chcon', () => {
  /** A chcon on PATH that does what the lines say. */
  function withChcon(lines: string): void {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'chcon'), `#!/bin/sh\n${lines}\n`, {mode: 0o755});
    vi.stubEnv('PATH', `${folder}:${process.env.PATH ?? ''}`);
  }
  const marks = {own: 'this run', isOver: () => false};
  const carriedOut = async (node: FixtureNode) => {
    const plan = await plannedOn(node, 'apiserver');
    return carryOut(plan, marks, fixtureNow, keepingUnder(node.root, contextKeeper(true)));
  };

  test('is told to copy the context of each file that is replaced', async () => {
    const node = fixtureNode();
    const log = join(temporaryFolder(), 'log');
    withChcon(`echo "$@" >>${log}`);
    await carriedOut(node);
    const staged = (name: string): string => node.at(`${pki}/.certwright-20270101-000000-${name}`);
    expect(readFileSync(log, 'utf8').split('\n')).toEqual([
      ...['apiserver.key', 'apiserver.crt'].map(
        (name) => `--reference=${node.at(`${pki}/${name}`)} -- ${staged(name)}`,
      ),
      '',
    ]);
  });

  test('that fails is named, and nothing is changed', async () => {
    const node = fixtureNode();
    const before = filesOf(node);
    withChcon('exit 1');
    await expect(carriedOut(node)).rejects.toThrow(
      expect.objectContaining({code: 'program-failed', nextSteps: ['run chcon by hand to see what it says']}),
    );
    expect(filesOf(node)).toEqual(before);
  });
});

test('a folder that cannot be written is told, and nothing is changed', async () => {
  const node = fixtureNode();
  mkdirSync(node.at('/var/lib/certwright'), {recursive: true});
  writeFileSync(node.at('/var/lib/certwright/backups'), 'a file in the way');
  chmodSync(node.at('/var/lib/certwright/backups'), 0o600);
  const before = filesOf(node);
  const {code, err} = await run(node, ['renew', 'apiserver', '--yes']);
  expect(code).toBe(1);
  expect(err).toContain('What to do:');
  expect(filesOf(node)).toEqual(before);
});

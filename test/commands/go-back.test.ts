import {execFileSync} from 'node:child_process';
import {chmodSync, mkdirSync, rmSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {findRestarts} from '../../src/commands/go-back.ts';
import {mayRestart} from '../../src/commands/restart-wish.ts';
import {backupsOf} from '../../src/journeys/go-back.ts';
import {asSomebody} from '../helpers/as-somebody.ts';
import {fakeHost} from '../helpers/fake-host.ts';
import {filesOf, runOn} from '../helpers/node-run.ts';
import {fixtureNode} from '../helpers/node-fixture.ts';

describe('the node is looked at before a backup comes back', () => {
  test.each([
    {asks: 'nobody', root: '/', restart: undefined, yes: true, looks: false},
    {asks: 'nobody', root: '/', restart: undefined, yes: false, looks: false},
    {asks: 'prompts', root: '/copy', restart: undefined, yes: false, looks: false},
    {asks: 'prompts', root: '/', restart: undefined, yes: true, looks: false},
    {asks: 'prompts', root: '/', restart: undefined, yes: false, looks: true},
    {asks: 'nobody', root: '/', restart: 'needed', yes: true, looks: true},
  ] as const)('only where a restart could follow: %o', ({asks, root, restart, yes, looks}) => {
    expect(mayRestart({asks}, root, {restart, yes})).toBe(looks);
  });

  test('and what goes wrong then is told, and keeps no file from coming back', () => {
    const host = fakeHost();
    const found = findRestarts(host, () => {
      throw new RangeError('too deep');
    });
    expect(found).toBeUndefined();
    expect(host.err()).toBe('Who has to be restarted cannot be found out: too deep\n');
  });
});

describe('pipes in the place of Certwright’s own files', () => {
  const own = '/var/lib/certwright';

  test.each(['lock', 'journal.json'])('%s: nothing waits for them', async (name) => {
    const node = fixtureNode();
    node.write(`${own}/backups/x`, '');
    execFileSync('mkfifo', [node.at(`${own}/${name}`)]);
    const before = filesOf(node);
    for (const words of [['recover'], ['renew', 'scheduler.conf', '--yes']]) {
      const {code, err} = await runOn(node, words);
      expect(code, words.join(' ')).toBe(1);
      expect(err).toContain(`${node.at(`${own}/${name}`)} is not a file`);
    }
    expect(filesOf(node)).toEqual(before);
  });
});

test('backups that this user may not see are not said to be none', async () => {
  const node = fixtureNode();
  await runOn(node, ['renew', 'scheduler.conf', '--yes']);
  chmodSync(node.root, 0o755);
  expect(() => asSomebody(() => backupsOf(node.root))).toThrow('may not be read by this user');
});

test('a backup whose folder somebody has removed says so, and comes back once it is there', async () => {
  const node = fixtureNode();
  const before = node.read('/etc/kubernetes/pki/etcd/server.crt');
  await runOn(node, ['renew', 'etcd-server', '--yes']);
  rmSync(node.at('/etc/kubernetes/pki/etcd'), {recursive: true});
  const refused = await runOn(node, ['restore', '20270101-000000', '--yes']);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('certwright: /etc/kubernetes/pki/etcd: not there');
  expect(refused.err).toContain(`mkdir -p ${node.at('/etc/kubernetes/pki/etcd')}`);
  mkdirSync(node.at('/etc/kubernetes/pki/etcd'));
  expect((await runOn(node, ['restore', '20270101-000000', '--yes'])).code).toBe(0);
  expect(node.read('/etc/kubernetes/pki/etcd/server.crt')).toBe(before);
});

test('a backup whose list is damaged is there all the same', async () => {
  const node = fixtureNode();
  await runOn(node, ['renew', 'scheduler.conf', '--yes']);
  node.write('/var/lib/certwright/backups/20270101-000000/backup.json', '{');
  const {out, err} = await runOn(node, ['backups']);
  expect(out).not.toContain('There is no backup');
  expect(err).toContain('Backup 20270101-000000 is there, and its list cannot be read');
  const restored = await runOn(node, ['restore', '20270101-000000', '--yes']);
  expect(restored.code).toBe(1);
  expect(restored.err).toContain('backup.json cannot be read, so nothing says where its copies belong');
});

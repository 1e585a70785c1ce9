import {chmodSync, rmSync} from 'node:fs';
import {expect, test} from 'vitest';
import {readCommandLine} from '../../src/cli.ts';
import {Cancelled} from '../../src/base/failure.ts';
import {lookForItems} from '../../src/journeys/renewal-choice.ts';
import {asSomebody} from '../helpers/as-somebody.ts';
import {fakeHost} from '../helpers/fake-host.ts';
import {filesOf, runOn} from '../helpers/node-run.ts';
import {copyFrom, fixtureNode, fixtureNow, nodeIn} from '../helpers/node-fixture.ts';
import {openssl} from '../helpers/openssl.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

const pki = '/etc/kubernetes/pki';

test('whoever stops a renewal while keys are made has nothing changed', async () => {
  const node = fixtureNode();
  const before = filesOf(node);
  const stop = new AbortController();
  const host = {...fakeHost({signal: stop.signal}), now: () => fixtureNow};
  const {run} = readCommandLine(['renew', '--root', node.root, '--all', '--yes'], host, '1.2.3');
  const running = run();
  setImmediate(() => stop.abort());
  await expect(running).rejects.toBeInstanceOf(Cancelled);
  expect(filesOf(node)).toEqual(before);
});

test.each([
  ['is empty', (path: string) => nodeIn(path).write(`${pki}/apiserver.key`, '')],
  ['is gone', (path: string) => rmSync(nodeIn(path).at(`${pki}/apiserver.key`))],
  [
    'has a passphrase',
    (path: string) => {
      const node = nodeIn(path);
      const [key, locked] = [`${pki}/apiserver.key`, '/locked.key'];
      openssl(['pkey', '-in', node.at(key), '-aes256', '-passout', 'pass:x', '-out', node.at(locked)]);
      copyFrom(node, locked, key);
    },
  ],
])('a key that %s gets another, where a flag says that it is one', async (_, spoil) => {
  const node = fixtureNode();
  spoil(node.root);
  expect((await runOn(node, ['check'])).code).toBe(2);
  expect((await runOn(node, ['renew', 'apiserver', '--yes'])).code).toBe(0);
  expect((await runOn(node, ['check'])).code).toBe(0);
});

test('of a node that this user may not read nothing is said to be renewed', () => {
  const node = fixtureNode();
  chmodSync(node.root, 0o755);
  for (const folder of [pki, '/var/lib/kubelet', '/etc/kubernetes']) chmodSync(node.at(folder), 0o700);
  expect(() => asSomebody(() => lookForItems({root: node.root, sudoUser: undefined}))).toThrow(
    /may be read by this user/,
  );
});

test.each([
  ['a folder that is not there', () => `${temporaryFolder()}/none`, 'is no folder, or is not there'],
  ['an empty folder', temporaryFolder, 'no component, certificate or kubeconfig of Kubernetes is on'],
])('%s has nothing to renew, and that is no success', async (_, make, says) => {
  const {code, err} = await runOn(nodeIn(make()), ['renew', '--all', '--yes']);
  expect(code).toBe(1);
  expect(err).toContain(says);
});

test('a machine whose clock is behind renews nothing: what it made would have ended long ago', async () => {
  const node = fixtureNode();
  const before = filesOf(node);
  for (const name of ['--all', 'kubelet-client']) {
    const {code, err} = await runOn(node, ['renew', name, '--yes'], new Date('1970-01-01T00:00:30Z'));
    expect(code, name).toBe(1);
    expect(err).toContain('it is 1970-01-01 00:00 UTC here, and ');
    expect(err).toContain('set the clock of this machine');
  }
  expect(filesOf(node)).toEqual(before);
});

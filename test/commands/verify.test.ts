import {chmodSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {readCommandLine} from '../../src/cli.ts';
import {endingOf} from '../../src/commands/ending.ts';
import {asSomebodyUntil, openEverything} from '../helpers/as-somebody.ts';
import {fakeHost} from '../helpers/fake-host.ts';
import {fixtureNode, fixtureNow} from '../helpers/node-fixture.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

// What is loaded when it is needed may lie where only root may read.
await Promise.all([import('../../src/commands/verify.ts'), import('../../src/proof/judge-connections.ts')]);

async function verify(...words: readonly string[]) {
  const host = {...fakeHost(), now: () => fixtureNow};
  const command = readCommandLine(['verify', ...words], host, '1.2.3');
  try {
    const code = await command.run();
    expectNoSecrets(host.out() + host.err());
    return {code, out: host.out(), err: host.err()};
  } catch (error) {
    const {exitCode, text} = endingOf(error, {exits: command.exits, debug: false, program: 'certwright'});
    return {code: exitCode, out: host.out(), err: text};
  }
}

const pki = '/etc/kubernetes/pki';

describe('verify --root', () => {
  test('proves every connection that a well node sees', async () => {
    const {code, out} = await verify('--root', fixtureNode().root);
    expect(out).toContain('Files: nothing is wrong.\n');
    expect(out).toMatch(/^proved \(mutual\) +kube-apiserver on cp-1 -?[>→] ?etcd on cp-1/m);
    expect(out).toMatch(/^Connections: \d+ proved \(mutual\), .*\.$/m);
    expect(out).not.toContain('failed');
    expect(out).toMatch(/All is well\.\n$/);
    expect(code).toBe(0);
  });

  test('tells what each side says of a connection that fails, and the command that proves it again', async () => {
    const node = fixtureNode();
    await node.reissue(`${pki}/apiserver-etcd-client.crt`, 'ca', {
      commonName: 'kube-apiserver-etcd-client',
      usages: ['client auth'],
    });
    const {code, out} = await verify('--root', node.root);
    expect(code).toBe(2);
    expect(out).toContain('FAILED: the provider refuses: kube-apiserver on cp-1');
    expect(out).toContain('certificate signed by unknown authority');
    expect(out).toContain(`certwright verify --root ${node.root}`);
    expect(out).toMatch(/Something does not work\.\n$/);
  });

  test('is one JSON document where it is asked for', async () => {
    const node = fixtureNode();
    const {code, out} = await verify('--root', node.root, '-o', 'json');
    expect(code).toBe(0);
    const told: unknown = JSON.parse(out);
    expect(told).toMatchObject({root: node.root, proofVersion: 1, state: 'ok', findings: [], intrusions: []});
  });

  test('without the right to read it is neither good nor bad', async () => {
    const node = fixtureNode();
    openEverything(node.root);
    chmodSync(node.at(`${pki}/etcd/server.key`), 0o600);
    const {code, out} = await asSomebodyUntil(() => verify('--root', node.root));
    expect(code).toBe(3);
    expect(out).toContain('not provable from files');
    expect(out).toMatch(/Not all of it could be looked at: run it again with sudo\.\n$/);
  });

  test('says where nothing of Kubernetes is', async () => {
    const {code, err} = await verify('--root', temporaryFolder());
    expect(code).toBe(3);
    expect(err).toContain('no component, certificate or kubeconfig of Kubernetes is on');
  });
});

test.each([[[]], [['demo', '--root', '/']]])('verify %j wants a bundle or a node', async (words) => {
  const {code, err} = await verify(...words);
  expect(code).toBe(3);
  expect(err).toContain('give DIR, a bundle, or --root DIR, where / is this node');
});

import {beforeAll, expect, test} from 'vitest';
import {builtProgram, type BuiltProgram} from '../helpers/built.ts';
import {closeAfterAll} from '../helpers/close-after-all.ts';
import {KubeadmNode} from '../helpers/kubeadm-node.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {describeRealNodes} from '../helpers/real.ts';

/** The map of a running node that kubeadm made: what its processes really show, tried with what its files really hold. */

describeRealNodes('the map of a node that runs', (programs) => {
  const closing = closeAfterAll();
  let made: KubeadmNode;
  let built: BuiltProgram;

  beforeAll(async () => {
    built = await builtProgram();
    made = closing(await KubeadmNode.make(programs));
    await made.startKubelet();
    await made.untilReady();
  }, 600_000);

  async function map(...words: readonly string[]): Promise<string> {
    const ran = await made.node.machine.attempt(process.execPath, [built.main, 'learn', 'map', ...words]);
    expectNoSecrets(ran.stdout + ran.stderr);
    expect(ran.exitCode, ran.stderr).toBe(0);
    return ran.stdout;
  }

  test('every connection between its components works', {timeout: 120_000}, async () => {
    const out = await map();
    expect(out).toContain('The map of this machine');
    expect(out).not.toMatch(/\d✗/);
    for (const number of [1, 3, 5, 8, 9, 10]) expect(out).toMatch(new RegExp(`^ ?${number}✓`, 'm'));
  });

  test('verify proves them too, by the files and the ports of this machine', {timeout: 120_000}, async () => {
    const ran = await made.node.machine.attempt(process.execPath, [built.main, 'verify', '--root', '/']);
    expectNoSecrets(ran.stdout + ran.stderr);
    expect(ran.stdout).not.toContain('FAILED');
    expect(ran.stdout).toMatch(/^proved \(mutual\) +kube-apiserver on /m);
    // 1: this old kubeadm leaves things that one is warned of.
    expect([0, 1], ran.stdout + ran.stderr).toContain(ran.exitCode);
  });
});

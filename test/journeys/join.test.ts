import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {InputFailure} from '../../src/base/failure.ts';
import {Secret} from '../../src/base/secret.ts';
import {writePlan} from '../../src/config/write-plan.ts';
import {bundleAt, type BundleAt} from '../../src/journeys/bundle-at.ts';
import {joinKit, type JoinKit} from '../../src/journeys/join.ts';
import {readKubeconfig} from '../../src/kubeconfig/read-kubeconfig.ts';
import type {ClusterPlan} from '../../src/pki/plan.ts';
import {joinLines, joinReadme} from '../../src/report/join-text.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {presetPlan} from '../helpers/presets.ts';
import {runSetUp} from '../helpers/set-up.ts';

const now = new Date('2026-11-23T12:00:00Z');
const ecdsa = 'keys.algorithm=ECDSA-P256';

const parents: string[] = [];
afterAll(() => {
  for (const parent of parents) rmSync(parent, {recursive: true});
});

async function bundleOf(plan: ClusterPlan): Promise<BundleAt> {
  const parent = mkdtempSync(join(tmpdir(), 'certwright-'));
  parents.push(parent);
  const directory = join(parent, 'bundle');
  await runSetUp(plan, directory, {planYaml: writePlan(plan), now: () => now});
  return bundleAt(directory, 'bundle');
}

function textOf(kit: JoinKit, target: string): string {
  return kit.files.find((file) => file.target === target)?.text() ?? expect.fail(`no ${target}`);
}

async function problemsOf(run: Promise<unknown>): Promise<string[]> {
  const error = await run.catch((thrown: unknown) => thrown);
  if (!(error instanceof InputFailure)) throw error;
  return error.problems.map(({code}) => code);
}

describe('a node of a cluster of kubeadm', () => {
  let at: BundleAt;
  const request = {addresses: [], now};
  beforeAll(async () => {
    at = await bundleOf(presetPlan('kubeadm-ha', ecdsa));
  });

  test('that is in the plan gets what lies in the bundle, and not a file more', async () => {
    const kit = await joinKit(at, {...request, node: 'worker-1'});
    expect(kit.files.map(({path}) => path)).toEqual(
      at.bundle.files
        .list()
        .filter((path) => path.startsWith('nodes/worker-1/'))
        .toSorted((a, b) => order(kit, a) - order(kit, b)),
    );
    for (const file of kit.files) expect(file.text()).toBe(await at.bundle.files.read(file.path));
    expect(kit.token).toMatchObject({ends: new Date('2026-11-24T12:00:00Z')});
    expectNoSecrets(joinLines({...kit, steps: kit.stepsFrom('bundle')}, {out: undefined, tar: false}).join('\n'));
    expectNoSecrets(joinReadme({...kit, steps: kit.stepsFrom('')}));
  });

  test('with another token has it in its bootstrap kubeconfig, and nothing else changed', async () => {
    const secret = new Secret('012345.0123456789012345');
    const before = await joinKit(at, {...request, node: 'worker-1'});
    const kit = await joinKit(at, {...request, node: 'worker-1', token: {secret, ends: undefined}});
    const path = '/etc/kubernetes/bootstrap-kubelet.conf';
    const [user] = readKubeconfig(textOf(kit, path)).users;
    expect(user?.token?.kind === 'embedded' && user.token.secret.reveal()).toBe('012345.0123456789012345');
    const rest = (one: JoinKit) => one.files.filter(({target}) => target !== path).map((file) => file.text());
    expect(rest(kit)).toEqual(rest(before));
    expect(kit.token).toEqual({id: '012345', ends: undefined});
  });

  test('that the plan does not know joins as a worker, with files like any other one', async () => {
    const kit = await joinKit(at, {...request, node: 'worker-9', addresses: ['10.0.0.29']});
    const known = await joinKit(at, {...request, node: 'worker-1'});
    const nameless = (one: JoinKit) =>
      one.files.map(({path, mode}) => `${mode} ${path.replace(one.node.name, 'NODE')}`);
    expect(nameless(kit)).toEqual(nameless(known));
    expect(textOf(kit, '/etc/kubernetes/bootstrap-kubelet.conf')).toBe(
      textOf(known, '/etc/kubernetes/bootstrap-kubelet.conf'),
    );
    const config = kit.files.find(({path}) => path.endsWith('kubeadm-config.yaml'))?.text();
    expect(config).toContain('name: worker-9');
    expect(config).toContain('10.0.0.29');
  });

  test('that starts the cluster, is unknown, has a bad name or an address that is taken is refused', async () => {
    expect(await problemsOf(joinKit(at, {...request, node: 'cp-1'}))).toEqual(['starts-the-cluster']);
    expect(await problemsOf(joinKit(at, {...request, node: 'worker-9'}))).toEqual(['missing-answer']);
    expect(await problemsOf(joinKit(at, {...request, node: '../x', addresses: ['10.0.0.29']}))).toEqual(['not-a-name']);
    expect(await problemsOf(joinKit(at, {...request, node: 'worker-9', addresses: ['10.0.0.11']}))).not.toEqual([]);
  });

  test('whose token has ended is told so, and what makes another', async () => {
    const late = {...request, now: new Date('2026-11-24T12:00:00Z'), node: 'worker-1'};
    expect(await problemsOf(joinKit(at, late))).toEqual(['token-ended']);
    const token = {secret: new Secret('012345.0123456789012345'), ends: undefined};
    expect((await joinKit(at, {...late, token})).token?.id).toBe('012345');
  });

  test('is told its steps, each with the commands for it', async () => {
    const kit = await joinKit(at, {...request, node: 'cp-2'});
    const commands = kit.stepsFrom('my bundle').flatMap((step) => step.commands);
    expect(commands[0]).toBe(
      "tar --owner=0 --group=0 -C 'my bundle/nodes/cp-2/rootfs' -c . | ssh cp-2 tar --no-overwrite-dir -C / -x",
    );
    expect(commands).toContain('ssh cp-2 kubeadm join --config /etc/kubernetes/kubeadm-config.yaml');
    expect(commands.filter((command) => command.includes('$(cat')).map((command) => command.split(' ')[0])).toEqual([
      'etcd',
      'kube-apiserver',
      'kube-controller-manager',
      'kube-scheduler',
      'kubelet',
    ]);
  });
});

test('a member of etcd of its own is started, and nobody looks for a Node of it', async () => {
  const at = await bundleOf(presetPlan('external-etcd', ecdsa));
  const kit = await joinKit(at, {node: 'etcd-1', addresses: [], now});
  expect(kit.token).toBeUndefined();
  const commands = kit.stepsFrom('bundle').flatMap((step) => step.commands);
  expect(commands.slice(1)).toEqual([
    'scp -r bundle/nodes/etcd-1/flags etcd-1:/root/flags',
    'etcd $(cat /root/flags/etcd.flags)',
  ]);
});

describe('a node that is set up by hand', () => {
  test('and that the plan does not know gets certificates of its own, signed by the bundle’s authority', async () => {
    const at = await bundleOf(presetPlan('the-hard-way', ecdsa));
    const kit = await joinKit(at, {node: 'worker-9', addresses: ['10.0.0.29'], now});
    expect(kit.token).toBeUndefined();
    const [user] = readKubeconfig(textOf(kit, '/var/lib/kubelet/kubeconfig')).users;
    const certificate = user?.certificate?.kind === 'embedded' ? user.certificate.certificates[0] : undefined;
    const shown = execFileSync('openssl', ['x509', '-noout', '-subject'], {input: certificate ?? '', encoding: 'utf8'});
    expect(shown).toContain('CN = system:node:worker-9');
    const authority = join(at.bundle.directory, 'authorities/kubernetes-ca.crt');
    const verify = ['verify', '-CAfile', authority, '-attime', String(now.getTime() / 1000)];
    expect(execFileSync('openssl', verify, {input: certificate ?? '', encoding: 'utf8'})).toContain('OK');
    expect(kit.stepsFrom('x').every(({way}) => way === undefined)).toBe(true);
  });

  test('needs the key of the authority for it', async () => {
    const at = await bundleOf(presetPlan('the-hard-way', ecdsa));
    rmSync(join(at.bundle.directory, 'authorities/kubernetes-ca.key'));
    const again = bundleAt(at.bundle.directory);
    await expect(joinKit(again, {node: 'worker-9', addresses: ['10.0.0.29'], now})).rejects.toMatchObject({
      code: 'authority-key-missing',
    });
    const worker = again.blueprint.nodes.find(({roles}) => roles.includes('worker'))?.name ?? '';
    expect((await joinKit(again, {node: worker, addresses: [], now})).files).not.toEqual([]);
  });
});

function order({files}: JoinKit, path: string): number {
  return files.findIndex((file) => file.path === path);
}

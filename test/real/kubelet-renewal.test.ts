import {readFileSync, readlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {beforeAll, expect, test} from 'vitest';
import {layouts} from '../../src/pki/layouts.ts';
import {inspectCertificate} from '../../src/x509/inspect.ts';
import {closeAfterAll} from '../helpers/close-after-all.ts';
import {type ControlPlane, startControlPlane} from '../helpers/control-plane.ts';
import {fakeHost} from '../helpers/fake-host.ts';
import {currentPem, kubeletPki, layKubeletPem, layKubeletServing} from '../helpers/kubelet-pem.ts';
import {presetPlan} from '../helpers/presets.ts';
import {RealCluster} from '../helpers/real-cluster.ts';
import type {RealNode} from '../helpers/real-node.ts';
import {describeRealNodes} from '../helpers/real.ts';
import {runCommand} from '../helpers/run-command.ts';

/** A control-plane node and a worker whose kubelets' client certificates ended a year ago, and the way back in. */

const nodes = ['cp-1 10.0.0.11 control-plane', 'worker-1 10.0.0.21 worker'];
const born = new Date(Date.now() - 2 * 365 * 24 * 3_600_000);

describeRealNodes('kubelets whose certificates have ended', (programs) => {
  const closing = closeAfterAll();
  let cluster: RealCluster;
  let plane: ControlPlane;
  let first: RealNode;
  let worker: RealNode;

  beforeAll(async () => {
    const sets = ['cluster.kubernetesVersion=1.20', 'kubelets.client=issued', `nodes=${nodes.join(';')}`];
    cluster = closing(await RealCluster.of(presetPlan('kubeadm-single', ...sets), programs, ['cp-1', 'worker-1']));
    [first, worker] = [await cluster.realNode('cp-1'), await cluster.realNode('worker-1')];
    await outlive(first, 'cp-1');
    await outlive(worker, 'worker-1');
    await layKubeletServing(first.rootfs, {node: 'cp-1', now: born});
    plane = await startControlPlane(cluster);
    await plane.kubectl('apply', '-f', cluster.bundle.path('bootstrap/rbac.yaml'));
  }, 300_000);

  /** As kubeadm leaves it: a kubeconfig that names the link, and behind the link what has ended. */
  async function outlive(node: RealNode, name: string): Promise<void> {
    // The CA's key is on the control-plane node alone.
    const stamp = '2024-11-23-19-17-42';
    const old = await layKubeletPem(node.rootfs, {node: name, now: born, validity: 8760, stamp}, first.rootfs);
    expect(inspectCertificate(readFileSync(join(node.rootfs, old), 'utf8')).notAfter < new Date()).toBe(true);
    const conf = join(node.rootfs, layouts.kubeadm.kubeconfigs.kubelet);
    const text = readFileSync(conf, 'utf8')
      .replace(/client-certificate-data: \S+/, `client-certificate: ${currentPem}`)
      .replace(/client-key-data: \S+/, `client-key: ${currentPem}`);
    expect(text).not.toContain('-data: LS0tLS1CRUdJTiBSU0');
    writeFileSync(conf, text);
  }

  /** With the flag that kubeadm's unit has, whether or not there is such a file. */
  async function start(name: 'cp-1' | 'worker-1'): Promise<void> {
    const node = name === 'cp-1' ? first : worker;
    const bootstrap = `--bootstrap-kubeconfig=${layouts.kubeadm.kubeconfigs['bootstrap-kubelet']}`;
    await node.startKubelet(`${bootstrap} $(cat ${cluster.bundle.flagsFile(name, 'kubelet')})`);
  }

  const currentOf = (node: RealNode) => readlinkSync(join(node.rootfs, currentPem));
  const certwright = (...words: readonly string[]) =>
    runCommand(words, {...fakeHost({cwd: cluster.bundle.beside('')}), now: () => new Date()});

  /** Tries until there is an answer. The limit only ends a test that would not end. */
  async function until<Answer>(node: RealNode, what: string, attempt: () => Promise<Answer | undefined>) {
    const end = performance.now() + 240_000;
    for (;;) {
      const answer = await attempt();
      if (answer !== undefined) return answer;
      if (performance.now() > end) throw new Error(`${what}\n${(await node.log('kubelet')).slice(-8000)}`);
      await setTimeout(300);
    }
  }

  /** The kubelet has got in: its Node is there, and it renews its own lease. */
  async function expectAlive(node: RealNode, name: string): Promise<void> {
    await until(node, `the Node ${name} has a lease`, async () => {
      const lease = await plane.tryKubectl('get', 'lease', '--namespace=kube-node-lease', name);
      return lease.exitCode === 0 ? true : undefined;
    });
    const {stdout} = await plane.kubectl('get', 'node', name, '--output=jsonpath={.status.nodeInfo.kubeletVersion}');
    expect(stdout).toMatch(/^v1\.\d+\.\d+/);
  }

  test('do not start, and say that there is no other way in', {timeout: 300_000}, async () => {
    await start('cp-1');
    const log = await until(first, 'the kubelet has given up', async () => {
      const text = await first.log('kubelet');
      return text.includes('unable to load bootstrap kubeconfig') ? text : undefined;
    });
    expect(log).toContain('stat /etc/kubernetes/bootstrap-kubelet.conf: no such file or directory');
  });

  test('of this node gets in again with what renew makes, without the API server', {timeout: 300_000}, async () => {
    const {code, out, err} = await certwright('renew', '--root', first.rootfs, '--yes');
    expect({code, err}, out).toMatchObject({code: 0, err: expect.stringContaining('  systemctl restart kubelet\n')});
    expect(out).toContain('kubelet-client\n');
    expect(out).toContain('kubelet-serving\n');
    await start('cp-1');
    await expectAlive(first, 'cp-1');
    // Its serving certificate, which nobody renews, it has made anew.
    const {notAfter} = inspectCertificate(readFileSync(join(first.rootfs, kubeletPki, 'kubelet.crt'), 'utf8'));
    expect(notAfter.getTime()).toBeGreaterThan(Date.now());
  });

  test('of a worker gets in with what is prepared for it, and renews it itself', {timeout: 300_000}, async () => {
    // It lives six and a half minutes, five of which are over, so that the kubelet's own renewal is due at once or soon.
    const asked = ['--kubelet', 'worker-1', '--out', 'kubelets', '--validity', '90s'];
    const {code, out, err} = await certwright('renew', '--root', first.rootfs, ...asked);
    expect({code, err}, out).toEqual({code: 0, err: ''});
    const prepared = join(cluster.bundle.beside('kubelets'), 'worker-1/rootfs');
    const laid = 'tar --owner=0 --group=0 -C "$0" -c . | tar --no-overwrite-dir -C / -x';
    await worker.machine.run('sh', ['-euc', laid, prepared]);
    const made = currentOf(worker);
    await start('worker-1');
    await expectAlive(worker, 'worker-1');
    const renewed = await until(worker, 'the kubelet has renewed it', async () => {
      const now = currentOf(worker);
      return now === made ? undefined : now;
    });
    const {subject, notAfter} = inspectCertificate(readFileSync(join(worker.rootfs, renewed), 'utf8'));
    expect(subject.commonName).toBe('system:node:worker-1');
    expect(notAfter.getTime()).toBeGreaterThan(Date.now() + 3_600_000);
  });
});

import {X509Certificate} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, expect, test} from 'vitest';
import {builtProgram, type BuiltProgram} from '../helpers/built.ts';
import {closeAfterAll} from '../helpers/close-after-all.ts';
import {KubeadmNode} from '../helpers/kubeadm-node.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {openssl} from '../helpers/openssl.ts';
import {describeRealNodes} from '../helpers/real.ts';
import {said, talkingPod} from '../helpers/talking-pod.ts';
import {rotationTitle} from './cases.ts';

/** What an operator does on a control-plane node of a running cluster that Certwright did not make. */

const pki = '/etc/kubernetes/pki';
const leaves = [
  ['apiserver', 'ca'],
  ['apiserver-kubelet-client', 'ca'],
  ['apiserver-etcd-client', 'etcd/ca'],
  ['front-proxy-client', 'front-proxy-ca'],
  ['etcd/server', 'etcd/ca'],
  ['etcd/peer', 'etcd/ca'],
  ['etcd/healthcheck-client', 'etcd/ca'],
] as const;

describeRealNodes(rotationTitle, (programs) => {
  const closing = closeAfterAll();
  let made: KubeadmNode;
  let built: BuiltProgram;

  beforeAll(async () => {
    built = await builtProgram();
    made = closing(await KubeadmNode.make(programs, {hosts: {'lb.demo.test': '10.0.0.11'}}));
    await made.startKubelet();
    await made.untilReady();
    await made.node.addStaticPod('says', talkingPod());
    // Who may do what is only there once the API server has said so once.
    await made.until('its Node is there', async () =>
      (await made.kubectl('get', 'node', 'cp-1')).exitCode === 0 ? true : undefined,
    );
  }, 600_000);

  async function certwright(...words: readonly string[]) {
    const ran = await made.node.machine.attempt(process.execPath, [built.main, ...words], {timeout: 800_000});
    expectNoSecrets(ran.stdout + ran.stderr);
    return ran;
  }
  const text = (path: string): string => readFileSync(join(made.node.rootfs, path), 'utf8');
  const serialOf = (path: string): string => new X509Certificate(text(path)).serialNumber.toLowerCase();
  const processOf = async (component: string): Promise<string> =>
    (await made.node.machine.run('pgrep', ['-f', '-x', `${component} --.*`])).stdout;
  const shownSerial = async (port: number): Promise<string> => {
    const {stdout} = await certwright('inspect', `10.0.0.11:${port}`, '--output', 'json');
    return JSON.stringify(JSON.parse(stdout));
  };

  test('renews everything, restarts what must be, and all of it works', {timeout: 600_000}, async () => {
    const [apiserver, manager] = [await processOf('kube-apiserver'), await processOf('kube-controller-manager')];
    const before = leaves.map(([name]) => serialOf(`${pki}/${name}.crt`));
    const {exitCode, stderr} = await certwright('renew', '--all', '--yes', '--restart');
    expect(exitCode, stderr).toBe(0);
    expect(stderr).not.toContain('FAILED');
    expect(stderr).toContain('Done: the new certificates are in use.');

    const after = leaves.map(([name]) => serialOf(`${pki}/${name}.crt`));
    for (const [index, serial] of after.entries()) expect(serial).not.toBe(before[index]);
    for (const [name, authority] of leaves) {
      const at = (file: string): string => join(made.node.rootfs, pki, `${file}.crt`);
      expect(openssl(['verify', '-x509_strict', '-CAfile', at(authority), at(name)])).toContain('OK');
    }
    // It has not been restarted, and shows the new one; the controller manager has been.
    expect(await processOf('kube-apiserver')).toBe(apiserver);
    expect(await shownSerial(6443)).toContain(serialOf(`${pki}/apiserver.crt`));
    expect(await processOf('kube-controller-manager')).not.toBe(manager);

    const expiration = await made.node.machine.run('kubeadm', ['certs', 'check-expiration']);
    expect(expiration.stdout).toMatch(/^apiserver .* 364d /m);
    expect(expiration.stdout).not.toMatch(/MISSING|invalid/);
    expect((await made.kubectl('get', '--raw', '/readyz')).stdout).toBe('ok');
    const logs = await made.until('the log of a pod is told', async () => {
      const {stdout} = await made.kubectl('logs', 'says-cp-1');
      return stdout.includes(said) ? stdout : undefined;
    });
    expect(logs).toContain(said);
    const check = await certwright('check', '--output', 'json');
    const {findings} = JSON.parse(check.stdout) as {findings: {severity: string; code: string}[]};
    expect(findings.filter(({severity}) => severity === 'error')).toEqual([]);
  });

  test('is taken back by its backup, and what must be is restarted again', {timeout: 600_000}, async () => {
    const old = text('/etc/kubernetes/scheduler.conf');
    const renewed = await certwright('renew', 'scheduler.conf', '--yes', '--restart');
    expect(renewed.exitCode, renewed.stderr).toBe(0);
    const [, backup = ''] = /certwright restore (\S+)/.exec(renewed.stderr) ?? [];
    const scheduler = await processOf('kube-scheduler');
    const {exitCode, stderr} = await certwright('restore', backup, '--yes', '--restart');
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain('Done: the certificates of the backup are in use.');
    expect(text('/etc/kubernetes/scheduler.conf')).toBe(old);
    expect(await processOf('kube-scheduler')).not.toBe(scheduler);
  });

  test('adds a name for the API server that kubectl could not use before', {timeout: 600_000}, async () => {
    const asked = () => made.kubectl('--server', 'https://lb.demo.test:6443', 'get', '--raw', '/readyz');
    expect((await asked()).stderr).toMatch(/certificate is valid for .*, not lb\.demo\.test/);
    const {exitCode, stderr} = await certwright(
      'renew',
      'apiserver',
      '--add-san',
      'lb.demo.test',
      '--yes',
      '--restart',
    );
    expect(exitCode, stderr).toBe(0);
    expect((await asked()).stdout).toBe('ok');
  });

  test('that breaks the API server is taken back, and the cluster runs', {timeout: 1_000_000}, async () => {
    const files = () =>
      made.node.machine.run('sh', [
        '-euc',
        'find /etc/kubernetes /var/lib/kubelet/pki -type f -exec sha256sum {} + | sort',
      ]);
    const before = await files();
    const words = ['--remove-san', '127.0.0.1', '--yes', '--restart', 'all', '--wait', '75s'];
    const {exitCode, stderr} = await certwright('renew', 'etcd-server', ...words);
    expect(exitCode, stderr).toBe(1);
    expect(stderr).toMatch(/kube-apiserver is NOT back/);
    expect(stderr).toContain('Rolled back: the files are the old ones again.');
    expect(stderr).not.toMatch(/Still to be restarted|FAILED/);
    expect((await files()).stdout).toBe(before.stdout);
    expect((await made.kubectl('get', '--raw', '/readyz')).stdout).toBe('ok');
  });
});

import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {readdir, readlink} from 'node:fs/promises';
import {expect, onTestFinished, test} from 'vitest';
import {describeRealNodes} from '../helpers/real.ts';

const helper = (name: string) => new URL(`../helpers/${name}.ts`, import.meta.url).href;

/** A process that makes a cluster with a node on which a kubelet runs a pod, says where, and waits. */
const maker = (programs: string) => `
  const [{RealCluster}, {RealPrograms}, {presetPlan}, {talkingPod}, {setTimeout}] = await Promise.all(
    ['${helper('real-cluster')}', '${helper('real-programs')}', '${helper('presets')}', '${helper('talking-pod')}', 'node:timers/promises']
      .map((name) => import(name)));
  const plan = presetPlan('kubeadm-single', 'cluster.kubernetesVersion=1.20', 'keys.algorithm=ECDSA-P256');
  const cluster = await RealCluster.of(plan, new RealPrograms('${programs}'), ['cp-1']);
  const node = await cluster.startKubelet('cp-1');
  // One that stays.
  await node.addStaticPod('says', talkingPod().replace('    - version\\n', '').replaceAll('etcdctl', 'etcd'));
  while (!(await node.log('says')).includes('ready to serve client requests')) await setTimeout(200);
  const {stdout} = await node.machine.run('readlink', ['/proc/self/ns/net']);
  const {stdout: containers} = await node.machine.run('ctr', ['--namespace=k8s.io', 'containers', 'list', '--quiet']);
  console.log(JSON.stringify({network: stdout, folder: cluster.bundle.beside(''), containers: containers.split('\\n')}));
  setInterval(() => {}, 1000);`;

describeRealNodes('a real node whose test is killed', (programs) => {
  test('leaves no process, no folder and no control group behind', {timeout: 300_000}, async () => {
    const making = spawn(process.execPath, ['--input-type=module', '-e', maker(programs.folder)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void making.kill('SIGKILL'));
    const [line] = (await once(making.stdout, 'data')) as [Buffer];
    const {network, folder, containers} = JSON.parse(line.toString()) as Made;
    expect(await processesIn(network)).toBeGreaterThan(1);
    expect(existsSync(folder)).toBe(true);
    expect(await controlGroupsOf(containers)).not.toEqual([]);
    making.kill('SIGKILL');
    await expect.poll(() => processesIn(network), {timeout: 60_000}).toBe(0);
    await expect.poll(() => existsSync(folder), {timeout: 60_000}).toBe(false);
    await expect.poll(() => controlGroupsOf(containers), {timeout: 60_000}).toEqual([]);
  });
});

async function processesIn(network: string): Promise<number> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const networks = await Promise.all(processes.map((id) => readlink(`/proc/${id}/ns/net`).catch(() => 'gone')));
  return networks.filter((one) => one === network).length;
}

async function controlGroupsOf(containers: readonly string[]): Promise<string[]> {
  const groups = '/sys/fs/cgroup';
  const places = [groups, ...(await readdir(groups)).map((controller) => `${groups}/${controller}`)];
  return places
    .flatMap((place) => containers.map((container) => `${place}/k8s.io/${container}`))
    .filter((place) => existsSync(place));
}

interface Made {
  readonly network: string;
  readonly folder: string;
  readonly containers: readonly string[];
}

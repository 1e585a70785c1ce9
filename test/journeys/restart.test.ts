import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdirSync, readdirSync, readFileSync} from 'node:fs';
import {describe, expect, onTestFinished, test} from 'vitest';
import {Cancelled} from '../../src/base/failure.ts';
import {restartComponent} from '../../src/journeys/restart.ts';
import {keepingUnder, readJournal} from '../../src/node/change/journal.ts';
import {lookAtNode} from '../../src/node/inventory.ts';
import {openRoot} from '../../src/node/root.ts';
import {nodeIn} from '../helpers/node-fixture.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

const folder = '/etc/kubernetes/manifests';
const manifest = `${folder}/kube-scheduler.yaml`;
const inside = ['-c', 'read line', '--secure-port=0'];

/** A program under a component's name that goes on until its test ends. */
async function start(name: string): Promise<number> {
  const child = spawn('bash', ['-c', `echo up; exec -a ${name} bash "$@"`, 'bash', ...inside], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  await expect.poll(() => readFileSync(`/proc/${child.pid}/cmdline`, 'utf8').split('\0')[0]).toBe(name);
  return child.pid ?? expect.fail('it has not started');
}

/** A node with a scheduler's manifest and these programs, and nothing that is seen of this machine's others. */
async function nodeWith(...names: readonly string[]) {
  const node = nodeIn(temporaryFolder());
  const words = ['kube-scheduler', ...inside].map((word) => `    - ${JSON.stringify(word)}`).join('\n');
  const spec = `spec:\n  containers:\n  - name: kube-scheduler\n    command:\n${words}\n`;
  node.write(manifest, `apiVersion: v1\nkind: Pod\nmetadata: {name: kube-scheduler}\n${spec}`);
  for (const name of names) mkdirSync(node.at(`/proc/${await start(name)}`), {recursive: true});
  const root = openRoot(node.root);
  const found = lookAtNode(root, {isLive: false, homes: []});
  return {node, live: {root, found, keeping: keepingUnder(node.root), now: () => new Date()}};
}

const restart = {component: 'kube-scheduler', kind: 'static-pod', path: manifest} as const;
const patience = {stopping: 50, starting: 50, pause: 5};

describe('a static pod', () => {
  test('whose container does not stop has its manifest back, and is still to be restarted', async () => {
    const {node, live} = await nodeWith('kubelet', 'kube-scheduler');
    const before = node.read(manifest);
    const told: string[] = [];
    const tell = (what: string): void => {
      told.push(`${what}, ${existsSync(node.at(manifest)) ? 'there' : 'gone'}`);
    };
    const restarted = restartComponent(live, restart, patience, tell, new AbortController().signal);
    await expect(restarted).rejects.toMatchObject({name: 'NotBack', isToRestart: true});
    expect(told).toEqual(['its container to stop, gone']);
    expect(node.read(manifest)).toBe(before);
    expect(readdirSync(node.at(folder))).toEqual(['kube-scheduler.yaml']);
    expect(readJournal(live.keeping)).toBeUndefined();
  });

  test('has its manifest back after a signal', async () => {
    const {node, live} = await nodeWith('kubelet', 'kube-scheduler');
    const stop = new AbortController();
    const slow = {...patience, stopping: 60_000};
    const restarted = restartComponent(live, restart, slow, () => stop.abort(), stop.signal);
    await expect(restarted).rejects.toBeInstanceOf(Cancelled);
    expect(readdirSync(node.at(folder))).toEqual(['kube-scheduler.yaml']);
    expect(readJournal(live.keeping)).toBeUndefined();
  });

  test('is not stopped where no kubelet would start it again', async () => {
    const {node, live} = await nodeWith('kube-scheduler');
    const never = new AbortController().signal;
    const restarted = restartComponent(live, restart, patience, () => expect.fail('it is not to be begun'), never);
    await expect(restarted).rejects.toThrow('the kubelet, which starts kube-scheduler, does not run');
    expect(readdirSync(node.at(folder))).toEqual(['kube-scheduler.yaml']);
  });
});

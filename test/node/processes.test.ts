import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {describe, expect, onTestFinished, test} from 'vitest';
import {readCommandLine} from '../../src/node/command-line.ts';
import {processes, runningAs} from '../../src/node/processes.ts';
import {openRoot} from '../../src/node/root.ts';

/** How something is found that runs under a component's name until the test ends; undefined = not at all. */
async function found(...inside: readonly string[]) {
  const child = await started(...inside);
  return processes(openRoot('/')).find(({from}) => from.kind === 'process' && from.pid === child.pid);
}

async function started(...inside: readonly string[]) {
  const named = ['-c', 'echo up; exec -a kube-scheduler bash -c "read line" --config=/x --bind-address=10.0.0.7'];
  const child = spawn('env', [...inside, 'bash', ...named], {stdio: ['pipe', 'pipe', 'ignore']});
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  // Between the word and the name there is one exec.
  await expect.poll(() => readFileSync(`/proc/${child.pid}/cmdline`, 'utf8')).toMatch(/^kube-scheduler\0/);
  return child;
}

describe('a process under a component’s name', () => {
  test('is that component, with its flags', async () => {
    const process = await found();
    expect(process?.component).toBe('kube-scheduler');
    expect(process?.flags.get('--config')).toEqual(['/x']);
  });

  test.each([
    ['as they are', '--config=/x', '--bind-address=10.0.0.7', true],
    ['as variables of the pod', '--config=/$(NAME)', '--bind-address=$(POD_IP)', true],
    ['that differ', '--config=/y', '--bind-address=$(POD_IP)', false],
    ['that differ around a variable', '--config=/$(NAME)/x', '--bind-address=10.0.0.7', false],
    ['with a dollar sign that is no variable', '--config=/x', '--bind-address=$$(POD_IP)', false],
    ['of which one is more', '--config=/x', '', false],
  ])('is that of a manifest with its flags: %s', async (_, config, address, isIt) => {
    const {pid} = await started();
    const {flags} = readCommandLine([
      'kube-scheduler',
      '-c',
      'read line',
      config,
      ...(address === '' ? [] : [address]),
    ]);
    const running = runningAs(openRoot('/'), {component: 'kube-scheduler', flags});
    expect(running.some((mark) => mark.startsWith(`${pid} `))).toBe(isIt);
  });

  describe.skipIf(process.geteuid?.() !== 0)('in namespaces of its own', () => {
    test('tells nothing of this machine’s files when it sees others', async () => {
      expect((await found('unshare', '--mount'))?.flags.size).toBe(0);
    });

    test('is another node’s when it has another network', async () => {
      expect(await found('unshare', '--net')).toBeUndefined();
    });
  });
});

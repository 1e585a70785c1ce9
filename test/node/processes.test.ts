import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {describe, expect, onTestFinished, test} from 'vitest';
import {processes} from '../../src/node/processes.ts';
import {openRoot} from '../../src/node/root.ts';

/** How something is found that runs under a component's name until the test ends; undefined = not at all. */
async function found(...inside: readonly string[]) {
  const named = ['-c', 'echo up; exec -a kube-scheduler bash -c "read line" --config=/x'];
  const child = spawn('env', [...inside, 'bash', ...named], {stdio: ['pipe', 'pipe', 'ignore']});
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  // Between the word and the name there is one exec.
  await expect.poll(() => readFileSync(`/proc/${child.pid}/cmdline`, 'utf8')).toMatch(/^kube-scheduler\0/);
  return processes(openRoot('/')).find(({from}) => from.kind === 'process' && from.pid === child.pid);
}

describe('a process under a component’s name', () => {
  test('is that component, with its flags', async () => {
    const process = await found();
    expect(process?.component).toBe('kube-scheduler');
    expect(process?.flags.get('--config')).toEqual(['/x']);
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

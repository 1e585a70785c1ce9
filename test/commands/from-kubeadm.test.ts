import {chmodSync, existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {readCommandLine} from '../../src/cli.ts';
import {Cancelled} from '../../src/base/failure.ts';
import {endingOf} from '../../src/commands/ending.ts';
import {readNodes} from '../../src/commands/read-nodes.ts';
import {setUpServices} from '../../src/commands/services.ts';
import {contextOf} from '../../src/commands/context.ts';
import {runProgram} from '../../src/run/run-program.ts';
import {fakeHost} from '../helpers/fake-host.ts';
import {kubeadmFile} from '../helpers/kubeadm-fixture.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

async function run(...words: readonly string[]): Promise<{code: number; out: string; err: string}> {
  const host = fakeHost();
  const command = readCommandLine(words, host, '1.2.3');
  try {
    return {code: await command.run(), out: host.out(), err: host.err()};
  } catch (error) {
    const end = endingOf(error, {exits: command.exits, debug: false, program: 'certwright'});
    return {code: end.exitCode, out: host.out(), err: `${host.err()}${end.text}`};
  }
}

function fileWith(text: string, name = 'kubeadm.yaml'): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, text);
  return path;
}

const real = (): string => kubeadmFile('/etc/kubernetes/kubeadm-config.yaml');

describe('plan --from-kubeadm', () => {
  test('prints what follows from the configuration, and nothing on the side', async () => {
    const {code, out, err} = await run('plan', '--from-kubeadm', fileWith(real()));
    expect({code, err}).toEqual({code: 0, err: ''});
    expect(out).toMatch(/^demo · Kubernetes 1\.36\.2 · kubeadm layout/);
    expect(out).toContain('https://api.demo.test:6443');
  });

  test('prints the plan, which then stands for itself', async () => {
    const path = fileWith(real());
    const {out} = await run('plan', '--from-kubeadm', path, '--output', 'yaml', '--set', 'keys.algorithm=ECDSA-P256');
    const again = await run('plan', '--plan', fileWith(out, 'plan.yaml'), '--output', 'yaml');
    expect(again).toEqual({code: 0, out, err: ''});
    expect(out).toContain('algorithm: ECDSA-P256');
  });

  test('tells on standard error what no plan can say, with its place, and never a token', async () => {
    const text = `${real()}imageRepository: registry.test\n`.replace(
      'localAPIEndpoint:',
      'bootstrapTokens:\n- token: abcdef.0123456789abcdef\nlocalAPIEndpoint:',
    );
    const path = fileWith(text);
    const {code, out, err} = await run('plan', '--from-kubeadm', path, '--output', 'json');
    expect(code).toBe(0);
    JSON.parse(out);
    expect(err).toContain(`${path}:4:3 InitConfiguration.bootstrapTokens[0].token\n`);
    expect(err).toContain('no certificate depends on imageRepository (line 24)');
    expect(out + err).not.toContain('0123456789abcdef');
  });

  test('with something wrong prints every place and how to go on, and no plan', async () => {
    const path = fileWith(real().replace('10.96.0.0/12', '10.96.0.0/33').replace('10.0.0.11', '10.0.0.300'));
    const {code, out, err} = await run('plan', '--from-kubeadm', path);
    expect({code, out}).toEqual({code: 2, out: ''});
    expect(err).toContain(`${path}:4:21 nodes[0].addresses[0]\n`);
    expect(err).toContain(`${path}:17:18 network.serviceSubnets[0]\n`);
    expect(err).toContain('--set nodes[0].addresses=');
  });

  test('of a file that is not there says so', async () => {
    const {code, err} = await run('plan', '--from-kubeadm', '/nowhere/kubeadm.yaml');
    expect(code).toBe(1);
    expect(err).toContain('there is no such file or folder');
  });

  test('goes with neither a preset nor a plan', async () => {
    expect((await run('plan', '--from-kubeadm', 'a', '--preset', 'one-ca')).code).toBe(2);
    expect((await run('setup', '--from-kubeadm', 'a', '--plan', 'b')).code).toBe(2);
    expect((await run('issue', '--from-kubeadm', 'a', '--signed', 'b')).code).toBe(2);
  });
});

test('issue --from-kubeadm makes the bundle, and the plan lies in it', async () => {
  const out = join(temporaryFolder(), 'bundle');
  const {code} = await run(
    'issue',
    '--from-kubeadm',
    fileWith(real()),
    '--set',
    'keys.algorithm=ECDSA-P256',
    '--out',
    out,
    '--no-proof',
  );
  expect(code).toBe(0);
  expect(existsSync(join(out, 'nodes/cp-1/rootfs/etc/kubernetes/pki/apiserver.crt'))).toBe(true);
  expect(readFileSync(join(out, 'plan.yaml'), 'utf8')).toContain('name: cp-1, addresses: [10.0.0.11]');
});

test('setup --from-kubeadm without a terminal says what is missing in it', async () => {
  const path = fileWith(real().replace('  name: cp-1\n', ''));
  const {code, err} = await run('setup', '--from-kubeadm', path);
  expect(code).toBe(2);
  expect(err).toContain(`setup asks about ${path}, and nobody is there to answer`);
  expect(err).toContain('give a name such as cp-1');
});

describe('what the wizard reads', () => {
  const services = () => setUpServices(contextOf(fakeHost(), {color: 'never', ascii: true, debug: false}));

  test('is the plan with what it answers, and what it cannot say apart', async () => {
    const reading = await services().readKubeadm(fileWith(`${real()}imageRepository: registry.test\n`));
    if (!reading.ok) throw new TypeError('refused');
    expect(reading.given).toContain('nodes');
    expect(reading.given).not.toContain('users');
    expect(reading.problems).toEqual([]);
    expect(reading.losses?.map(({code}) => code)).toEqual(['left-to-kubeadm']);
  });

  test('is refused for a field that is mistyped, and asked for a value that is wrong', async () => {
    const mistyped = await services().readKubeadm(fileWith(real().replace('clusterName', 'clusterNam')));
    expect(mistyped).toMatchObject({ok: false, problems: [{code: 'unknown-key'}]});
    const wrong = await services().readKubeadm(fileWith(real().replace('RSA-2048', 'RSA-2049')));
    expect(wrong).toMatchObject({
      ok: true,
      problems: [{code: 'unknown-choice', at: {path: 'keys.algorithm', line: 14}}],
    });
  });
});

describe('nodes', () => {
  const list = JSON.stringify({items: [{kind: 'Node', metadata: {name: 'cp-1'}}]});
  const {signal} = new AbortController();

  test('are read from files, relative to where one is', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'hosts'), '10.0.0.11 cp-1\n');
    writeFileSync(join(cwd, 'nodes.json'), list);
    const at = {cwd, run: runProgram, signal};
    expect((await readNodes({kind: 'hosts', path: 'hosts'}, at)).nodes).toHaveLength(1);
    expect((await readNodes({kind: 'node-list', path: 'nodes.json'}, at)).nodes).toHaveLength(1);
    await expect(readNodes({kind: 'hosts', path: 'gone'}, at)).rejects.toThrow(
      'gone cannot be read: there is no such file or folder',
    );
  });

  test('are asked for with kubectl, by the kubeconfig it has, and not without end', async () => {
    const calls: unknown[] = [];
    const found = await readNodes(
      {kind: 'kubectl'},
      {
        cwd: '/',
        signal,
        run: async (...call) => {
          calls.push(call.slice(0, 2));
          return Promise.resolve({exitCode: 0, stdout: list, stderr: ''});
        },
      },
    );
    expect(found.nodes.map(({name}) => name)).toEqual(['cp-1']);
    expect(calls).toEqual([['kubectl', ['get', 'nodes', '--output=json', '--request-timeout=20s']]]);
  });

  test('are not there when kubectl fails, and what it printed is not repeated', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'kubectl'), '#!/bin/sh\necho the-token >&2\nexit 3\n');
    chmodSync(join(cwd, 'kubectl'), 0o755);
    const run: typeof runProgram = async (_, words, options) => runProgram(join(cwd, 'kubectl'), words, options);
    const failure = await readNodes({kind: 'kubectl'}, {cwd, signal, run}).catch((error: unknown) => error);
    expect(failure).toMatchObject({code: 'kubectl-failed', message: 'kubectl knows no nodes (exit code 3)'});
    expect(JSON.stringify(failure)).not.toContain('the-token');
    const missing: typeof runProgram = async (_, words, options) => runProgram(join(cwd, 'gone'), words, options);
    await expect(readNodes({kind: 'kubectl'}, {cwd, signal, run: missing})).rejects.toThrow('cannot be started');
  });

  test('are not waited for once somebody has left', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'kubectl'), '#!/bin/sh\nexec sleep 60\n');
    chmodSync(join(cwd, 'kubectl'), 0o755);
    const leave = new AbortController();
    const asked = readNodes(
      {kind: 'kubectl'},
      {
        cwd,
        signal: leave.signal,
        run: async (_, words, options) => runProgram(join(cwd, 'kubectl'), words, options),
      },
    );
    leave.abort();
    await expect(asked).rejects.toBeInstanceOf(Cancelled);
  });
});

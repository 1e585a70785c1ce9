import {createPrivateKey} from 'node:crypto';
import {readFileSync, writeFileSync} from 'node:fs';
import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {builtProgram} from '../helpers/built.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {planWith} from '../helpers/plans.ts';
import {runSetUp} from '../helpers/set-up.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {keys, Terminal} from '../helpers/terminal.ts';

const program = await builtProgram();

function setUp(words: readonly string[], TERM: 'dumb' | 'xterm-256color', cwd = temporaryFolder()): Terminal {
  return new Terminal(process.execPath, [program.main, 'setup', '--line', ...words], {cwd, environment: {TERM}});
}

/** Waits for each question and answers it; `''` is Enter alone. */
async function answer(terminal: Terminal, answers: readonly (readonly [question: string, typed: string])[]) {
  for (const [question, typed] of answers) {
    await terminal.shows(question);
    terminal.press(`${typed}${keys.enter}`);
  }
}

const untilNodes = [
  ['Cluster name', 'demo'],
  ['Kubernetes version', ''],
  ['Layout', ''],
  ['etcd [', ''],
  ['Authorities [', ''],
] as const;

describe('numbered lines in a real terminal', () => {
  test('lead to a proved bundle, and nothing but text was ever written', async () => {
    const cwd = temporaryFolder();
    const terminal = setUp(['--preset', 'kubeadm-single'], 'dumb', cwd);
    await answer(terminal, [
      ...untilNodes,
      ['Nodes, a line', 'worker-1 10.0.0.21 worker\rworker-2 10.0.0.22 worker'],
      ['Lines 2 to 3 added.', ''],
      ['Service subnets [', ''],
      ['Pod subnets [', ''],
      ['Control-plane endpoint', ''],
      ['More names of the API server', ''],
      ['Key algorithm [', 'ecdsa-p256'],
      ['Authorities are valid for [', ''],
      ['Certificates are valid for [', ''],
      ['People, a line', ''],
      ['Bootstrap token is good for [', ''],
      ['Change anything else? [', ''],
      ['What now [', 'issue'],
      ['Folder for the bundle [', ''],
      ['yes or no [yes]', ''],
      ['Bootstrap token [2, Later]', ''],
    ]);
    await terminal.shows('The same run as one command');
    expect(await terminal.ended).toEqual({exitCode: 0, signal: 0});
    expect(terminal.bytes).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/);
    expect(await readdir(join(cwd, 'demo-bundle/nodes'))).toEqual(['cp-1', 'worker-1', 'worker-2']);
    expectNoSecrets(terminal.bytes);
  });

  test('read a passphrase without its echo', async () => {
    const cwd = temporaryFolder();
    await runSetUp(planWith({keys: {algorithm: 'ECDSA-P256'}}), join(cwd, 'first'));
    const key = createPrivateKey(readFileSync(join(cwd, 'first/authorities/kubernetes-ca.key')));
    const encrypted = key.export({type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'hunter2 hunter2'});
    writeFileSync(join(cwd, 'ca.key'), encrypted);
    writeFileSync(
      join(cwd, 'plan.yaml'),
      `planVersion: 1
cluster: {name: demo, kubernetesVersion: 1.36, controlPlaneEndpoint: api.demo.test}
layout: kubeadm
etcd: stacked
trust:
  topology: three-cas
  authorities: {kubernetes-ca: {certificate: first/authorities/kubernetes-ca.crt, key: ca.key}}
network: {serviceSubnets: [10.96.0.0/12], podSubnets: [10.244.0.0/16]}
sans: {apiserver: []}
keys: {algorithm: ECDSA-P256}
validity: {authorities: 87600h, leaves: 8760h}
nodes: [{name: cp-1, addresses: [10.0.0.11], roles: [control-plane]}]
users: []
`,
    );
    const terminal = setUp(['--plan', 'plan.yaml'], 'dumb', cwd);
    await answer(terminal, [
      ['What now [', ''],
      ['Folder for the bundle [', ''],
      ['yes or no [yes]', ''],
      ['not shown while you type:', 'hunter2 hunter2'],
      ['Bootstrap token [2, Later]', ''],
    ]);
    expect((await terminal.ended).exitCode, terminal.text).toBe(0);
    expect(terminal.bytes).not.toContain('hunter2');
    expect(terminal.bytes).toContain('The bundle is in ');
  });
});

describe('prompts in a real terminal', () => {
  test('take a paste of many lines whole', async () => {
    const terminal = setUp(['--preset', 'kubeadm-single'], 'xterm-256color');
    for (const [question, typed] of untilNodes) {
      await terminal.shows(`? ${question.replace(' [', '')}`);
      terminal.press(`${typed}${keys.enter}`);
    }
    await terminal.shows('Nodes, a line or Enter when done:');
    const lines = Array.from({length: 300}, (_, index) => `w-${index} 10.1.${index >> 8}.${index & 255} worker`);
    terminal.press(`${lines.join(keys.enter)}${keys.enter}`);
    await terminal.shows('Lines 2 to 301 added.');
    terminal.press(keys.ctrlC);
    expect((await terminal.ended).exitCode).toBe(130);
  });

  test.each([
    ['Ctrl-C', keys.ctrlC, 'certwright: cancelled'],
    ['Ctrl-D', '\u0004', 'certwright: the input ended before everything was answered'],
  ])('are left with %s, and the cursor is back', async (_, key, said) => {
    const terminal = setUp([], 'xterm-256color');
    await terminal.shows('Up and down move');
    terminal.press(key);
    expect((await terminal.ended).exitCode).toBe(130);
    expect(terminal.text).toContain(said);
    expect(terminal.showsCursor).toBe(true);
  });
});

import {mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {builtProgram} from '../helpers/built.ts';
import {openssl} from '../helpers/openssl.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {keys, pressThrough, Terminal, type TerminalOptions} from '../helpers/terminal.ts';

// Whole journeys with real keys, also where many other things run at the same time; a wait for a screen ends before.
vi.setConfig({testTimeout: 120_000});

const program = await builtProgram();
const pageDown = '\u001B[6~';

function setUp(options: TerminalOptions = {}, preset = 'kubeadm-single'): Terminal {
  return new Terminal(process.execPath, [program.main, 'setup', '--preset', preset], options);
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'certwright-journey-'));
  onTestFinished(() => rm(folder, {recursive: true}));
  return folder;
}

describe.each([
  [80, 24],
  [120, 40],
] as const)('Set up in a real terminal of %i by %i', (columns, rows) => {
  test('goes over every page to a proved bundle, and every frame fills the terminal exactly', async () => {
    const cwd = await temporaryFolder();
    const terminal = setUp({columns, rows, cwd});
    for (const title of [
      'Cluster and trust',
      'Nodes',
      'Network and names',
      'Keys and validity',
      'People and joining',
    ]) {
      await terminal.shows(`› ${title}`);
      expect(terminal.lines[0]).toMatch(/^ ◆ certwright › Set up › /);
      expect(terminal.lines[1]).toBe('─'.repeat(columns));
      expect(terminal.lines.at(-1)).toMatch(/enter .* help$/);
      terminal.press(pageDown);
    }
    await terminal.shows('› Preview');
    terminal.press('n');
    await terminal.shows('Folder');
    terminal.press(keys.enter);
    await terminal.shows('Proved: every connection that files can prove');
    terminal.press(keys.tab);
    await terminal.shows('refused');
    terminal.press('q');
    expect(await terminal.ended).toEqual({exitCode: 0, signal: 0});
    expect(await readdir(join(cwd, 'demo-bundle'))).toContain('plan.yaml');
    expectNoSecrets(terminal.bytes);
  });

  test('sizes that change all the time tear no frame and lose no answer', async () => {
    const terminal = setUp({columns, rows});
    await terminal.shows('› Cluster and trust');
    terminal.press('-', 'x');
    await terminal.shows('demo-x');
    for (const [width, height] of [
      [61, 16],
      [140, 50],
      [59, 15],
      [100, 20],
      [70, 45],
      [columns, rows],
    ] as const) {
      terminal.resize(width, height);
    }
    const header = `${' ◆ certwright › Set up › Cluster and trust'.padEnd(columns - 10)}step 2/10`;
    await vi.waitFor(
      () => {
        expect(terminal.lines.slice(0, 2)).toEqual([header, '─'.repeat(columns)]);
        expect(terminal.lines.at(-1)).toMatch(/ctrl-g help$/);
        expect(terminal.lines.filter((line) => line.includes('demo-x'))).toHaveLength(1);
        expect(terminal.lines.filter((line) => line.includes('◆'))).toHaveLength(1);
      },
      {timeout: 15_000, interval: 20},
    );
    terminal.press(keys.ctrlC);
    expect((await terminal.ended).exitCode).toBe(130);
  });
});

test('keys that come in one chunk all count, also those that lead to another screen', async () => {
  const terminal = setUp();
  await terminal.shows('› Cluster and trust');
  terminal.press(`-fast${keys.tab}${keys.tab}`);
  await terminal.shows('demo-fast');
  await terminal.shows('▌ Layout');
  terminal.press('jjkj');
  await terminal.shows('❯ ○ minikube');
  terminal.press(keys.ctrlC);
  expect((await terminal.ended).exitCode).toBe(130);
});

test("the terminal's own cursor stands where the next character goes, and is hidden where nothing is typed", async () => {
  const terminal = setUp();
  await terminal.shows('▌ Cluster name');
  terminal.press('-', 'y');
  await terminal.shows('demo-y');
  const row = terminal.lines.findIndex((line) => line.includes('demo-y'));
  const column = (terminal.lines[row] ?? '').indexOf('demo-y') + 'demo-y'.length;
  expect(terminal.cursor).toEqual({x: column, y: row});
  expect(terminal.showsCursor).toBe(true);
  await pressThrough(terminal, keys.tab, ['▌ Kubernetes version', '▌ Layout']);
  expect(terminal.showsCursor).toBe(false);
  terminal.press(keys.ctrlC);
  await terminal.ended;
});

test('a paste of two hundred nodes arrives whole and ends in a proved bundle, whose hundreds of rows scroll', async () => {
  const cwd = await temporaryFolder();
  const terminal = setUp({cwd});
  await terminal.shows('› Cluster and trust');
  terminal.press(pageDown);
  await terminal.shows('› Nodes');
  const lines = Array.from({length: 200}, (_, index) => `worker-${index} 10.1.0.${index + 1} worker`);
  terminal.press(`\u001B[200~${lines.join('\r')}\r\u001B[201~`);
  await terminal.shows('200 rows added.');
  await terminal.shows('worker-199');
  // Off the table, where the page key leads on.
  terminal.press(keys.tab);
  await terminal.shows('▌ ▸');
  await pressThrough(terminal, pageDown, ['› Network', '› Keys', '› People', '› Preview']);
  await pressThrough(terminal, 'n', ['▌ Folder']);
  terminal.press(keys.enter);
  await terminal.shows('Proved: every connection that files can prove');
  const rows = Number(/Connections (\d+)/.exec(terminal.text)?.[1]);
  expect(rows).toBeGreaterThan(200);
  terminal.press('g');
  await terminal.shows('❯ ✓ apiserver → etcd');
  const atTop = terminal.lines;
  terminal.press(pageDown, pageDown);
  await terminal.changes(atTop);
  terminal.press('G', keys.enter);
  await terminal.shows('Verdict');
  await terminal.shows('back to the table');
  terminal.press(keys.escape);
  await terminal.shows(`Connections ${rows}`);
  terminal.press(keys.ctrlC);
  expect((await terminal.ended).exitCode).toBe(130);
  expect(await readdir(join(cwd, 'demo-bundle/nodes'))).toHaveLength(201);
});

/** A plan whose Kubernetes CA may only sign clients: Certwright can issue with it, and no server of it will be believed. */
async function planWithHalfAnAuthority(): Promise<string> {
  const folder = await temporaryFolder();
  const key = join(folder, 'ca.key');
  const certificate = join(folder, 'ca.crt');
  const kind = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650'.split(' ');
  const usages = '-addext keyUsage=critical,keyCertSign,cRLSign -addext extendedKeyUsage=clientAuth'.split(' ');
  openssl([...kind, '-keyout', key, '-out', certificate, '-subj', '/CN=clients only', ...usages]);
  const plan = join(folder, 'plan.yaml');
  await writeFile(
    plan,
    `planVersion: 1
keys: {algorithm: ECDSA-P256}
trust: {authorities: {kubernetes-ca: {certificate: ${certificate}, key: ${key}}}}
nodes: [{name: cp-1, addresses: [10.0.0.11], roles: [control-plane]}]
`,
  );
  return plan;
}

test.each([
  [80, 24],
  [120, 40],
])('a row that fails opens to both sides of a real handshake, at %i by %i', async (columns, rows) => {
  const cwd = await temporaryFolder();
  const plan = await planWithHalfAnAuthority();
  const terminal = new Terminal(process.execPath, [program.main, 'setup', '--plan', plan], {columns, rows, cwd});
  await terminal.shows('› Cluster and trust');
  await pressThrough(terminal, pageDown, ['› Nodes', '› Network', '› Keys', '› People', '› Preview']);
  await pressThrough(terminal, 'n', ['▌ Folder']);
  terminal.press(keys.enter);
  await terminal.shows('Not proved: something is not as it must be');
  // The cursor waits on the first that failed.
  await terminal.shows('❯ ✗ admin → apiserver');
  terminal.resize(columns - 10, rows - 4);
  terminal.resize(columns, rows);
  terminal.press(keys.enter);
  await terminal.shows('Verdict      failed: the caller refuses');
  // In one line, without the rail beside it.
  const said = terminal.lines
    .map((line) => line.slice(line.lastIndexOf('│') + 1))
    .join(' ')
    .replaceAll(/ +/g, ' ');
  expect(said).toContain(
    'Caller says tls: failed to verify certificate: x509: certificate specifies an incompatible key usage',
  );
  expect(said).toContain('Server says nothing against it');
  expect(said).toContain('may sign only for client auth: use one without an extended key usage.');
  expect(said).toMatch(/What to do Mend that, then prove it again\. With certwright verify \.\/\S+-bundle /);
  await pressThrough(terminal, keys.escape, ['✗ super-admin → apiserver']);
  terminal.press(keys.shiftTab);
  await terminal.shows('kubernetes-ca may sign only for client auth');
  terminal.press('q');
  expect(await terminal.ended).toEqual({exitCode: 0, signal: 0});
  // What is left in the normal screen does not call it a success.
  expect(terminal.text).toContain('Not everything is as it must be');
});

/** To where the slowest keys are made, so that there is something to stop. */
async function issuing(cwd: string): Promise<Terminal> {
  const terminal = setUp({cwd}, 'kubeadm-ha');
  await terminal.shows('› Cluster and trust');
  await pressThrough(terminal, pageDown, ['› Nodes', '› Network and names', '› Keys and validity']);
  await pressThrough(terminal, keys.down, ['❯ ○ RSA-3072', '❯ ○ RSA-4096']);
  terminal.press(' ', pageDown);
  await terminal.shows('› People');
  terminal.press(pageDown);
  await terminal.shows('› Preview');
  terminal.press('n');
  await terminal.shows('RSA-4096');
  terminal.press(keys.enter);
  await terminal.shows('Issuing into');
  return terminal;
}

describe('an issue that is stopped leaves nothing behind', () => {
  test('by Ctrl-C, which leaves', async () => {
    const cwd = await temporaryFolder();
    const terminal = await issuing(cwd);
    terminal.press(keys.ctrlC);
    expect(await terminal.ended).toEqual({exitCode: 130, signal: 0});
    expect(terminal.isAlternate).toBe(false);
    expect(await readdir(cwd)).toEqual([]);
  });

  test('by Esc, which asks for the folder again', async () => {
    const cwd = await temporaryFolder();
    const terminal = await issuing(cwd);
    terminal.press(keys.escape);
    await terminal.shows('Stopped. Nothing is left behind.');
    expect(await readdir(cwd)).toEqual([]);
    terminal.press(keys.ctrlC);
    await terminal.ended;
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('by %s', async (signal, exitCode) => {
    const cwd = await temporaryFolder();
    const terminal = await issuing(cwd);
    process.kill(terminal.pid, signal);
    expect(await terminal.ended).toEqual({exitCode, signal: 0});
    expect(terminal.isAlternate).toBe(false);
    expect(await readdir(cwd)).toEqual([]);
  });
});

test('what is typed before the screen is there does not shift it, and still counts', async () => {
  const terminal = setUp();
  terminal.press('a', keys.tab);
  await terminal.shows('demoa');
  await terminal.shows('▌ Kubernetes version');
  expect(terminal.lines[0]).toMatch(/^ ◆ certwright › Set up › Cluster and trust +step 2\/10$/);
  expect(terminal.lines[1]).toBe('─'.repeat(80));
  terminal.press(keys.ctrlC);
  await terminal.ended;
});

test('Ctrl-Z goes back to the shell, and fg to the same screen', async () => {
  const shell = new Terminal('bash', ['--norc', '--noprofile', '-i'], {environment: {PS1: 'shell> '}});
  await shell.shows('shell>');
  shell.press(`${process.execPath} ${program.main} setup --preset kubeadm-single\r`);
  await shell.shows('› Cluster and trust');
  shell.press('-', 'z');
  await shell.shows('demo-z');
  shell.press('\u001A');
  await shell.shows('Stopped');
  await shell.endsWith('shell>');
  expect(shell.isAlternate).toBe(false);
  shell.press('echo I am $((40 + 2))\r');
  await shell.shows('I am 42');
  shell.press('fg\r');
  await shell.shows('demo-z');
  expect(shell.isAlternate).toBe(true);
  shell.press('z');
  await shell.shows('demo-zz');
  shell.press(keys.ctrlC);
  // What is typed before the program has ended is the program's, not the shell's.
  await shell.endsWith('shell>');
  shell.press('exit $?\r');
  expect((await shell.ended).exitCode).toBe(130);
});

import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {builtProgram} from '../helpers/built.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {keys, pressThrough, Terminal, type TerminalOptions} from '../helpers/terminal.ts';

const program = await builtProgram();
const pageDown = '\u001B[6~';

function open(words: readonly string[] = [], options: TerminalOptions = {}): Terminal {
  return new Terminal(process.execPath, [program.main, ...words], options);
}

/** The terminal is as it was before: the normal buffer, the cursor, and what was in it. */
function expectRestored(terminal: Terminal): void {
  expect(terminal.isAlternate).toBe(false);
  expect(terminal.showsCursor).toBe(true);
}

describe('the wizard in a real terminal of 80 by 24', () => {
  test('from the first screen to a proved bundle, and what matters stays in the normal screen', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'certwright-terminal-'));
    onTestFinished(() => rm(folder, {recursive: true}));
    const terminal = open(['setup', '--preset', 'kubeadm-single'], {cwd: folder});
    await terminal.shows('step 2/10');
    expect(terminal.isAlternate).toBe(true);
    await pressThrough(terminal, keys.enter, [
      '▌ Kubernetes version',
      '▌ Layout',
      '▌ etcd',
      '▌ Authorities',
      '▌ Nodes',
      '▌ Service subnets',
      '▌ Pod subnets',
      '▌ Control-plane endpoint',
      '▌ DNS domain',
      '▌ More names of the API server',
      '▌ Key algorithm',
      '▌ Authorities are valid for',
      '▌ Certificates are valid for',
      '▌ People',
      '› Preview',
    ]);
    expect(terminal.text).toContain('cp-1/apiserver-kubelet-client');
    terminal.press('n');
    await terminal.shows('Folder');
    terminal.press(keys.enter);
    await terminal.shows('Proved: every connection that files can prove');
    terminal.press('n');
    await terminal.shows('Let nodes in');
    terminal.press('n');
    await terminal.shows('What lies where');
    terminal.press('q');
    expect(await terminal.ended).toEqual({exitCode: 0, signal: 0});
    expectRestored(terminal);
    expect(terminal.text).toMatch(/^The bundle is in /);
    expect(terminal.text).toContain('certwright issue --preset kubeadm-single --out');
    expect(await readdir(join(folder, 'demo-bundle'))).toContain('bundle.json');
    expectNoSecrets(terminal.bytes);
  });

  test('back and forth keeps what was answered', async () => {
    const terminal = open(['setup', '--preset', 'kubeadm-single']);
    await terminal.shows('step 2/10');
    // At the end of the name, one character at a time as a person types.
    terminal.press('-', 'x');
    await terminal.shows('demo-x');
    terminal.press(pageDown);
    await terminal.shows('step 3/10');
    terminal.press(keys.escape);
    await terminal.shows('step 2/10');
    expect(terminal.text).toContain('demo-x');
    terminal.press(keys.ctrlC);
    await terminal.ended;
  });
});

describe('leaving gives the terminal back', () => {
  test('q leaves with 0 and says nothing when nothing was answered', async () => {
    const terminal = open();
    await terminal.shows('Set up');
    terminal.press('q');
    expect(await terminal.ended).toEqual({exitCode: 0, signal: 0});
    expectRestored(terminal);
    expect(terminal.text).toBe('');
  });

  test('Ctrl-C leaves with 130', async () => {
    const terminal = open();
    await terminal.shows('Set up');
    terminal.press(keys.ctrlC);
    expect(await terminal.ended).toEqual({exitCode: 130, signal: 0});
    expectRestored(terminal);
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ] as const)('%s leaves with %i', async (signal, exitCode) => {
    const terminal = open();
    await terminal.shows('Set up');
    process.kill(terminal.pid, signal);
    expect(await terminal.ended).toEqual({exitCode, signal: 0});
    expectRestored(terminal);
    expect(terminal.text).toBe('certwright: cancelled');
  });

  test('a bug closes the screen first and is told in the normal one, with 70', async () => {
    const broken = 'setTimeout(() => { throw new TypeError("broken") }, 1500)';
    const terminal = new Terminal(process.execPath, [
      '--import',
      `data:text/javascript,${encodeURIComponent(broken)}`,
      program.main,
    ]);
    expect(await terminal.ended).toEqual({exitCode: 70, signal: 0});
    expectRestored(terminal);
    expect(terminal.text).toContain('this is a bug in Certwright');
    expect(terminal.text).toContain('TypeError: broken');
  });
});

describe('what a terminal can do', () => {
  test('NO_COLOR takes every colour away', async () => {
    const terminal = open([], {environment: {NO_COLOR: '1'}});
    await terminal.shows('Set up');
    terminal.press('q');
    await terminal.ended;
    expect(terminal.bytes).not.toMatch(/\u001B\[[\d;]*[34]\dm/);
  });

  test('colours are there without it', async () => {
    const terminal = open();
    await terminal.shows('Set up');
    expect(terminal.bytes).toMatch(/\u001B\[[\d;]*[39]\dm/);
    terminal.press('q');
    await terminal.ended;
  });

  test.each([['--ascii'], ['LANG=C']])('with %s everything drawn is ASCII', async (how) => {
    const terminal = how === '--ascii' ? open([how]) : open([], {environment: {LANG: 'C'}});
    await terminal.shows('Set up');
    expect(terminal.text).toMatch(/^[\n -~]*$/);
    terminal.press('q');
    await terminal.ended;
  });

  test('a terminal that is too small says how large it must be, and goes on when it is', async () => {
    const terminal = open([], {columns: 50, rows: 10});
    await terminal.shows('60');
    expect(terminal.text).toContain('16');
    terminal.resize(80, 24);
    await terminal.shows('Set up');
    terminal.press('q');
    expect(await terminal.ended).toEqual({exitCode: 0, signal: 0});
  });

  test('variables of Ink and of build machines change nothing', async () => {
    const terminal = open([], {environment: {DEV: 'true', CI: '', INK_SCREEN_READER: 'true'}});
    await terminal.shows('Set up');
    expect(terminal.isAlternate).toBe(true);
    expect(terminal.bytes).not.toContain('ENOENT');
    terminal.press('q');
    expect((await terminal.ended).exitCode).toBe(0);
  });

  test('a dumb terminal is asked in numbered lines that never repaint', async () => {
    const terminal = open(['setup'], {environment: {TERM: 'dumb'}});
    await terminal.shows('Start from [1');
    expect(terminal.isAlternate).toBe(false);
    expect(terminal.bytes).not.toContain('\u001B[');
    terminal.press(keys.ctrlC);
    expect((await terminal.ended).exitCode).toBe(130);
  });
});

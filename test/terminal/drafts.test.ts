import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, test, vi} from 'vitest';
import {builtProgram} from '../helpers/built.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {keys, pressThrough, Terminal, type TerminalOptions} from '../helpers/terminal.ts';

vi.setConfig({testTimeout: 120_000});

const program = await builtProgram();
const pageDown = '\u001B[6~';

function open(state: string, words: readonly string[], options: TerminalOptions = {}): Terminal {
  return new Terminal(process.execPath, [program.main, '--state-dir', state, ...words], options);
}

/** Texts of the drafts that lie in the state folder. */
async function draftsIn(state: string): Promise<string[]> {
  const folder = join(state, 'drafts');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
  // One may be replaced by the next between the two calls.
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8').catch(() => undefined)));
  return texts.filter((text) => text !== undefined);
}

/** A wizard in which the cluster is called `demo-x`, and that much is on the disk. */
async function typing(state: string): Promise<Terminal> {
  const terminal = open(state, ['setup', '--preset', 'kubeadm-single']);
  await terminal.shows('› Cluster and trust');
  terminal.press('-', 'x');
  await terminal.shows('demo-x');
  await vi.waitFor(async () => expect((await draftsIn(state)).join()).toContain('demo-x'), {timeout: 20_000});
  return terminal;
}

describe('answers outlive the wizard', () => {
  test('that was killed: the next start offers them, and issuing them takes the draft away', async () => {
    const state = temporaryFolder();
    const cwd = temporaryFolder();
    const killed = await typing(state);
    process.kill(killed.pid, 'SIGKILL');
    await killed.ended;
    expectNoSecrets((await draftsIn(state)).join());

    const terminal = open(state, [], {cwd});
    await terminal.shows('Go on with the draft of');
    expect(terminal.text).toMatch(/\d\d:\d\d, demo, 1 node/);
    terminal.press(keys.enter);
    await terminal.shows('› Cluster and trust');
    await terminal.shows('demo-x');
    await pressThrough(terminal, pageDown, ['› Nodes', '› Network', '› Keys', '› People', '› Preview']);
    await vi.waitFor(async () => expect(await draftsIn(state)).toHaveLength(1), {timeout: 20_000});
    terminal.press('n');
    await terminal.shows('Folder');
    terminal.press(keys.enter);
    await terminal.shows('Proved: every connection that files can prove');
    terminal.press('q');
    expect((await terminal.ended).exitCode).toBe(0);
    expect(await draftsIn(state)).toEqual([]);
  });

  test.each(['SIGHUP', 'SIGTERM', 'SIGINT'] as const)('that was ended by %s a moment after a key', async (signal) => {
    const state = temporaryFolder();
    const terminal = open(state, ['setup', '--preset', 'kubeadm-single']);
    await terminal.shows('› Cluster and trust');
    terminal.press('-', 'x');
    await terminal.shows('demo-x');
    process.kill(terminal.pid, signal);
    await terminal.ended;
    expect((await draftsIn(state)).join()).toContain('demo-x');
  });

  test('that was left with q or Ctrl-C, which say where they are', async () => {
    const state = temporaryFolder();
    const terminal = await typing(state);
    terminal.press(keys.ctrlC);
    expect((await terminal.ended).exitCode).toBe(130);
    expect(terminal.text).toContain('Your answers are kept as a draft:');
    expect(terminal.text.replaceAll('\n', '')).toMatch(/drafts\/\S+\.json/);
    const next = open(state, ['setup']);
    await next.shows('Go on with the draft of');
    next.press(keys.enter);
    await next.shows('demo-x');
    next.press('\u0011');
    expect((await next.ended).exitCode).toBe(0);
    expect(next.text).toContain('Your answers are kept as a draft:');
    await vi.waitFor(async () => expect(await draftsIn(state)).toHaveLength(1), {timeout: 20_000});
  });

  test('whose plan is saved: then there is no draft', async () => {
    const state = temporaryFolder();
    const cwd = temporaryFolder();
    const terminal = open(state, ['setup', '--preset', 'kubeadm-single'], {cwd});
    await terminal.shows('› Cluster and trust');
    terminal.press('-', 'x', keys.tab, '\u0013');
    await terminal.shows('Save the plan');
    terminal.press(keys.enter);
    await terminal.shows('The plan is saved as');
    terminal.press('\u0011');
    await terminal.ended;
    expect(await draftsIn(state)).toEqual([]);
    expect(await readdir(cwd)).toEqual(['demo-x-plan.yaml']);
  });
});

test('two wizards at once keep a draft each, and neither is offered while its wizard runs', async () => {
  const state = temporaryFolder();
  const first = await typing(state);
  const second = open(state, ['setup']);
  await second.shows('Start from');
  expect(second.text).not.toContain('draft');
  await pressThrough(second, keys.down, ['❯ 2 kubeadm-single']);
  second.press(keys.enter);
  await second.shows('› Cluster and trust');
  second.press('-', 'y');
  await second.shows('demo-y');
  await vi.waitFor(async () => expect(await draftsIn(state)).toHaveLength(2), {timeout: 20_000});
  process.kill(first.pid, 'SIGKILL');
  process.kill(second.pid, 'SIGKILL');
  await Promise.all([first.ended, second.ended]);
  const third = open(state, []);
  await third.shows('Go on with the draft of');
  expect(third.text.match(/left at: Cluster and trust/g)).toHaveLength(2);
  third.press('q');
  await third.ended;
  expect(await draftsIn(state)).toHaveLength(2);
});

test('nothing is written when nothing was answered', async () => {
  const state = join(temporaryFolder(), 'state');
  const terminal = open(state, ['setup', '--preset', 'kubeadm-single']);
  await terminal.shows('› Cluster and trust');
  await pressThrough(terminal, pageDown, ['› Nodes', '› Network']);
  terminal.press('\u0011');
  await terminal.ended;
  await expect(readdir(state)).rejects.toThrow(/ENOENT/);
});

test('where no draft can be kept the wizard says so and works on', async () => {
  const state = join(temporaryFolder(), 'state');
  await writeFile(state, 'a file');
  const terminal = open(state, ['setup', '--preset', 'kubeadm-single']);
  await terminal.shows('› Cluster and trust');
  terminal.press('-', 'x');
  await terminal.shows('No draft can be kept');
  terminal.press(keys.tab);
  await terminal.shows('▌ Kubernetes version');
  await terminal.shows('demo-x');
  terminal.press('\u0011');
  expect((await terminal.ended).exitCode).toBe(0);
  expect(terminal.text).not.toContain('draft');
});

test('a draft that is damaged is named, stays, and keeps nobody from starting', async () => {
  const state = temporaryFolder();
  await mkdir(join(state, 'drafts'), {mode: 0o700});
  await writeFile(join(state, 'drafts', 'broken.json'), '{"draftVersion": 1, ');
  const terminal = open(state, []);
  // The path before it decides where the line breaks.
  await terminal.shows('damaged:');
  terminal.press(keys.escape);
  // Of the home screen alone: a key right behind Esc would be read together with it.
  await terminal.shows('Make every certificate of a new cluster');
  terminal.press('q');
  expect((await terminal.ended).exitCode).toBe(0);
  expect(await draftsIn(state)).toEqual(['{"draftVersion": 1, ']);
});

test('line mode goes on with what the full screen has left, and the other way round', async () => {
  const state = temporaryFolder();
  const screen = await typing(state);
  process.kill(screen.pid, 'SIGKILL');
  await screen.ended;
  const lines = open(state, ['setup'], {environment: {TERM: 'dumb'}});
  await lines.shows('Go on with the draft of');
  lines.press('\r');
  await lines.shows('Cluster name [demo-x]');
  lines.press(keys.ctrlC);
  expect((await lines.ended).exitCode).toBe(130);
  expect(lines.text).toContain('Your answers are kept as a draft, to go on with:');
  expect(lines.bytes).not.toContain('\u001B[');
  const again = open(state, []);
  await again.shows('Go on with the draft of');
  again.press(keys.enter);
  await again.shows('demo-x');
  again.press(keys.ctrlC);
  await again.ended;
});

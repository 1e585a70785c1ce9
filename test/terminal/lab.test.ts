import {readdirSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {builtProgram} from '../helpers/built.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {keys, pressThrough, Terminal} from '../helpers/terminal.ts';

const program = await builtProgram();

/** In the lab, past its question; its cluster lies in `folder`. */
async function inLab(folder: string, ...words: readonly string[]): Promise<Terminal> {
  const all = [program.main, 'learn', 'lab', 'etcd-client-expired', ...words];
  const terminal = new Terminal(process.execPath, all, {environment: {TMPDIR: folder}});
  await terminal.shows('step 2/4');
  expect(labsIn(folder)).toHaveLength(1);
  return terminal;
}

function labsIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name.startsWith('certwright-lab'));
}

describe('learn lab in a terminal', () => {
  test('is a screen, from the fault that was named to a whole map', async () => {
    const folder = temporaryFolder();
    const terminal = await inLab(folder, '--lang', 'ja');
    expect(terminal.isAlternate).toBe(true);
    expect(terminal.text).toMatch(/変更: cp-1:\/etc[^]*呼び出す側が拒否します/);
    terminal.press('2');
    await pressThrough(terminal, keys.enter, ['そのとおりです', '直って、すべて正常です']);
    terminal.press('q');
    expect(await terminal.ended).toEqual({exitCode: 0, signal: 0});
    expect(labsIn(folder)).toEqual([]);
  });

  test('opens no screen for a preset that is not there', async () => {
    const terminal = new Terminal(process.execPath, [program.main, 'learn', 'lab', '--preset', 'kubeadm-singel']);
    expect(await terminal.ended).toEqual({exitCode: 2, signal: 0});
    expect(terminal.text).toContain('did you mean kubeadm-single?');
  });

  test.each([
    ['Ctrl-C', '\u0003', 130],
    ['q', 'q', 0],
  ])('leaves nothing after %s', async (_, key, exitCode) => {
    const folder = temporaryFolder();
    const terminal = await inLab(folder);
    terminal.press(key);
    expect(await terminal.ended).toEqual({exitCode, signal: 0});
    expect(labsIn(folder)).toEqual([]);
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('leaves nothing after %s', async (signal, exitCode) => {
    const folder = temporaryFolder();
    const terminal = await inLab(folder);
    process.kill(terminal.pid, signal);
    expect(await terminal.ended).toEqual({exitCode, signal: 0});
    expect(labsIn(folder)).toEqual([]);
  });
});

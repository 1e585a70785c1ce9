import {setTimeout as wait} from 'node:timers/promises';
import {describe, expect, test, vi} from 'vitest';
import {builtProgram} from '../helpers/built.ts';
import {keys, Terminal} from '../helpers/terminal.ts';

vi.setConfig({testTimeout: 120_000});

const program = await builtProgram();
const report = (column: number): string => `\u001B[1;${column}R`;

/** A terminal that sends these, in writes of their own, when it is asked where its cursor is. */
class Answering extends Terminal {
  /** What was asked. */
  readonly asked = Promise.withResolvers<void>();

  constructor(...answers: readonly string[]) {
    super(process.execPath, [program.main, 'setup', '--preset', 'kubeadm-single']);
    this.screen.parser.registerCsiHandler({final: 'n'}, () => {
      this.press(...answers);
      this.asked.resolve();
      return true;
    });
  }
}

async function expectToLeave(terminal: Terminal): Promise<void> {
  terminal.press(keys.ctrlC);
  expect((await terminal.ended).exitCode).toBe(130);
  expect(terminal.isAlternate).toBe(false);
}

describe('a terminal that is asked how wide it draws', () => {
  test('gets the glyphs where it draws them one cell wide, and no trace of the question stays', async () => {
    const terminal = new Terminal(process.execPath, [program.main]);
    await terminal.shows('Set up');
    expect(terminal.bytes.split('\u001B[6n')).toHaveLength(2);
    expect(terminal.lines[1]).toBe('─'.repeat(80));
    terminal.press('q');
    await terminal.ended;
    expect(terminal.text).toBe('');
    expect(terminal.cursor).toEqual({x: 0, y: 0});
  });

  test('gets ASCII where they are two cells wide', async () => {
    const terminal = new Answering(report(3));
    await terminal.shows('> Cluster and trust');
    expect(terminal.text).toMatch(/^[\n -~]*$/);
    expect(terminal.lines[1]).toBe('-'.repeat(80));
    await expectToLeave(terminal);
  });

  test('gets the glyphs where it does not answer, and an answer that is late is typed nowhere', async () => {
    const terminal = new Answering();
    await terminal.shows('› Cluster and trust');
    terminal.press('-', 'a', '\u001B[1;');
    await terminal.shows('demo-a');
    // Longer than what may be a key is waited for.
    await wait(150);
    terminal.press('3R', 'b');
    await terminal.shows('demo-ab');
    expect(terminal.text).not.toMatch(/1;|3R/);
    terminal.press(keys.escape);
    await terminal.shows('› Start');
    await expectToLeave(terminal);
  });

  test.each([
    ['one cell', 2, '›'],
    ['two cells', 3, '>'],
  ])('loses no key that was typed before, during or after it answers %s', async (_, column, crumb) => {
    const [begins, ends] = [report(column).slice(0, 3), report(column).slice(3)];
    const terminal = new Answering('c', `d${begins}`, `${ends}e`, `\u001B[Df\u001B[C`, 'g');
    terminal.press('-', 'ab');
    await terminal.asked.promise;
    terminal.press('h');
    await terminal.shows(`${crumb} Cluster and trust`);
    await terminal.shows('demo-abcdfegh');
    await expectToLeave(terminal);
  });

  test('is not asked where --ascii says it all', async () => {
    const terminal = new Terminal(process.execPath, [program.main, '--ascii']);
    await terminal.shows('Set up');
    expect(terminal.bytes).not.toContain('\u001B[6n');
    await expectToLeave(terminal);
  });
});

test('a terminal that nobody has given a size is taken for one of 80 by 24', async () => {
  const terminal = new Terminal('/bin/sh', [
    '-c',
    'stty cols 0 rows 0 && stty size && exec "$0" "$1"',
    process.execPath,
    program.main,
  ]);
  await terminal.shows('Set up');
  expect(terminal.bytes).toMatch(/^0 0\r\n/);
  expect(terminal.lines[1]).toBe('─'.repeat(80));
  expect(terminal.lines[23]).toMatch(/help$/);
  terminal.press('q');
  expect((await terminal.ended).exitCode).toBe(0);
});

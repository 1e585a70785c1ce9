import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {stripVTControlCharacters} from 'node:util';
import {expect, test, vi} from 'vitest';
import {builtProgram} from '../helpers/built.ts';
import {WatchedTerminal, writePlans} from '../helpers/places.ts';
import {temporaryFiles, temporaryFolder} from '../helpers/temporary-folder.ts';

// A wait for a screen ends before.
vi.setConfig({testTimeout: 120_000});

const program = await builtProgram();

/**
 * Faults that are put into what the program is built on, before it is loaded: it is the published program that meets them.
 * Each waits for something that only happens at its place.
 */
const faults: readonly (readonly [where: string, fault: string, meet: (terminal: WatchedTerminal) => void])[] = [
  [
    'a component that is painted',
    // Of all lengths only the rule under the header has this one, in a window of that width.
    `const {repeat} = String.prototype;
    String.prototype.repeat = function (count) {
      if (this == '─' && count === 77) throw new TypeError('broken');
      return repeat.call(this, count);
    };`,
    (terminal) => terminal.resize(77, 24),
  ],
  [
    'what a key is read by',
    `const {replaceAll} = String.prototype;
    String.prototype.replaceAll = function (from, to) {
      if (this == '%') throw new TypeError('broken');
      return replaceAll.call(this, from, to);
    };`,
    (terminal) => terminal.press('%'),
  ],
  [
    'what a key does',
    `const {includes} = Array.prototype;
    Array.prototype.includes = function (sought, from) {
      if (sought === 'ctrl-v') throw new TypeError('broken');
      return includes.call(this, sought, from);
    };`,
    (terminal) => terminal.press('\u0016'),
  ],
  [
    'a timer',
    `process.once('SIGWINCH', () => setTimeout(() => { throw new TypeError('broken'); }, 20));`,
    (terminal) => terminal.resize(90, 30),
  ],
  [
    'a promise that nobody waits for',
    `process.once('SIGWINCH', () => void Promise.reject(new TypeError('broken')));`,
    (terminal) => terminal.resize(90, 30),
  ],
];

/** The shell that comes back to the terminal sees whether it takes lines again as it did before. */
const shell = `before=$(stty -g)
"$@"; code=$?
test "$(stty -g)" = "$before" || echo "raw mode is left"
exit $code`;

/** The terminal is as it was before, and all that is told stands in it. */
async function expectBug(terminal: WatchedTerminal): Promise<void> {
  expect(await terminal.ended).toEqual({exitCode: 70, signal: 0});
  expect(terminal.isAlternate).toBe(false);
  expect(terminal.showsCursor).toBe(true);
  expect(terminal.modesLeft).toEqual([]);
  // All that came after the other screen was left: more than one window may hold.
  const told = stripVTControlCharacters(terminal.bytes.slice(terminal.bytes.lastIndexOf('\u001B[?1049l')));
  expect(told).toMatch(/^\s*certwright: this is a bug in Certwright/);
  expect(told.match(/TypeError: broken/g)).toHaveLength(1);
  expect(told).not.toContain('raw mode is left');
}

function open(fault: string, state: string): WatchedTerminal {
  const cwd = temporaryFolder();
  writePlans(cwd);
  const [file = ''] = temporaryFiles(fault);
  const broken = [process.execPath, '--import', file, program.main];
  const words = ['-c', shell, 'sh', ...broken, '--state-dir', state, 'setup', '--plan', 'plan.yaml'];
  return new WatchedTerminal('sh', words, {cwd});
}

test.each(faults)(
  'a throw in %s closes the screen and is told once, and what was typed is kept',
  async (_, fault, meet) => {
    const state = temporaryFolder();
    const terminal = open(fault, state);
    await terminal.shows('› Cluster and trust');
    terminal.press('x');
    await terminal.shows('demox');
    meet(terminal);
    await expectBug(terminal);
    const [draft = '', ...others] = await readdir(join(state, 'drafts'));
    expect(others).toEqual([]);
    expect(await readFile(join(state, 'drafts', draft), 'utf8')).toContain('demox');
  },
);

test('a throw in an effect of the first frame closes the screen that has just been opened', async () => {
  // Ink listens for keys in an effect.
  const fault = `const {addListener} = process.stdin;
  process.stdin.addListener = function (name, listener) {
    if (name === 'readable') throw new TypeError('broken');
    return addListener.call(this, name, listener);
  };`;
  const terminal = open(fault, temporaryFolder());
  await expectBug(terminal);
  expect(terminal.bytes).toContain('\u001B[?1049h');
});

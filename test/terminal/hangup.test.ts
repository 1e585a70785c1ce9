import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test, vi} from 'vitest';
import {builtProgram} from '../helpers/built.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {Terminal} from '../helpers/terminal.ts';

vi.setConfig({testTimeout: 60_000});

const program = await builtProgram();

/** Outlives the terminal, and keeps what the program said where no terminal is, and how it ended. */
const shell = `trap '' HUP
$0 "$@" 2>said; echo $? >code.part; mv code.part code`;

const places = [
  {place: 'the full screen', given: ['learn', 'map'], shown: 'kube-apiserver', kind: 'xterm'},
  {place: 'prompts', given: ['setup', '--line'], shown: 'Start', kind: 'xterm'},
  {place: 'numbered lines', given: ['setup', '--line'], shown: 'Start', kind: 'dumb'},
];
const ways = [
  {way: 'the signal', starter: 'env'},
  // The terminal of another session: nobody is told that it is gone.
  {way: 'no signal', starter: 'setsid --wait'},
];

test.each(places.flatMap((place) => ways.map((way) => ({...place, ...way}))))(
  'a terminal that is closed ends $place as SIGHUP does, with $way',
  async ({given, shown, kind, starter}) => {
    const cwd = temporaryFolder();
    const own = [process.execPath, program.main, '--state-dir', temporaryFolder(), ...given];
    const terminal = new Terminal('sh', ['-c', shell.replace('$0', starter), 'sh', ...own], {
      cwd,
      environment: {TERM: kind},
    });
    await terminal.shows(shown);
    terminal.close();
    await vi.waitUntil(() => existsSync(join(cwd, 'code')), {timeout: 20_000});
    // The library behind Ink shows the cursor wherever standard error goes.
    const said = readFileSync(join(cwd, 'said'), 'utf8').replace('\u001B[?25h', '');
    expect(said).toBe('certwright: cancelled\n');
    expect(readFileSync(join(cwd, 'code'), 'utf8')).toBe('129\n');
  },
);

test('Ctrl-D ends the input of a terminal that is still there, and is no hangup', async () => {
  const words = [program.main, '--state-dir', temporaryFolder(), 'setup', '--line'];
  const terminal = new Terminal(process.execPath, words, {environment: {TERM: 'dumb'}});
  await terminal.shows('Start');
  terminal.press('\u0004');
  expect(await terminal.ended).toEqual({exitCode: 130, signal: 0});
});

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

/** The library behind Ink shows the cursor wherever standard error goes. */
const cursorShown = '\u001B[?25h';

test.each([
  ['the signal', 'env'],
  // The terminal of another session: nobody is told that it is gone.
  ['no signal', 'setsid --wait'],
])('a terminal that is closed ends the full screen as SIGHUP does, with %s', async (_name, starter) => {
  const cwd = temporaryFolder();
  const state = temporaryFolder();
  const words = [
    '-c',
    shell.replace('$0', starter),
    'sh',
    process.execPath,
    program.main,
    '--state-dir',
    state,
    'learn',
    'map',
  ];
  const terminal = new Terminal('sh', words, {cwd});
  await terminal.shows('kube-apiserver');
  terminal.close();
  await vi.waitUntil(() => existsSync(join(cwd, 'code')), {timeout: 20_000});
  expect(readFileSync(join(cwd, 'said'), 'utf8')).toBe(`certwright: cancelled\n${cursorShown}`);
  expect(readFileSync(join(cwd, 'code'), 'utf8')).toBe('129\n');
});

import {spawn} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, inject} from 'vitest';
import type {Account} from '../../build/bundle.ts';
import {layProgram} from './one-build.ts';

export interface BuiltProgram {
  /** Where `dist` is; nothing else of the repository is near, as on a machine that installed the package. */
  readonly folder: string;
  readonly main: string;
  readonly account: Account;
  readonly run: (words: readonly string[], options?: BuiltRun) => Promise<Ended>;
}

export interface BuiltRun {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Words for Node.js itself. */
  readonly nodeWords?: readonly string[];
  /** Called with the running process, to send it a signal. */
  readonly meanwhile?: (child: ReturnType<typeof spawn>) => Promise<void>;
}

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program as it is published, in a folder of this test file's own that is removed after it. */
export async function builtProgram(): Promise<BuiltProgram> {
  const folder = await mkdtemp(join(tmpdir(), 'certwright-built-'));
  afterAll(() => rm(folder, {recursive: true}));
  await writeFile(join(folder, 'package.json'), '{"type": "module"}');
  const account = await layProgram(inject('sharedFolder'), folder);
  const main = join(folder, 'dist/src/main.js');
  return {folder, main, account, run: (words, options = {}) => runNode(main, words, options)};
}

/** Without a terminal and in a small environment, so that the machine it runs on makes no difference. */
async function runNode(main: string, words: readonly string[], options: BuiltRun): Promise<Ended> {
  const {cwd = tmpdir(), environment = {}, nodeWords = [], meanwhile} = options;
  const child = spawn(process.execPath, [...nodeWords, main, ...words], {
    cwd,
    env: {PATH: process.env.PATH, HOME: tmpdir(), ...environment},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = {stdout: '', stderr: ''};
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  const closed = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => resolve({exitCode, signal, ...said}));
  });
  await meanwhile?.(child);
  return closed;
}

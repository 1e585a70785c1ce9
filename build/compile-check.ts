/** `node compile-check.ts FILE NODE`: runs the one file of `check` on a node's files, and writes what V8 then has of it. */
import {readFileSync, writeFileSync} from 'node:fs';
import {basename} from 'node:path';
import {Script} from 'node:vm';
import {codeCacheOf, programIn} from '../src/load-program.ts';

const [, , file = '', node = ''] = process.argv;
// By its name alone: where it was made is nobody's business.
const script = new Script(readFileSync(file, 'utf8'), {filename: basename(file)});
const {stdin, stdout, stderr} = process;
const host = {
  stdin,
  stdout,
  stderr,
  environment: {},
  cwd: '/',
  now: () => new Date(),
  milliseconds: () => performance.now(),
  signal: new AbortController().signal,
};
const command = programIn(script)?.readCommandLine(['check', '--root', node], host, '');
const exitCode = await command?.run();
if (exitCode !== 0) throw new Error(`check of ${node} ended with ${exitCode}`);
writeFileSync(codeCacheOf(file), script.createCachedData());

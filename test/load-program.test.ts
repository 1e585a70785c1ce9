import {cp, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Script} from 'node:vm';
import {describe, expect, onTestFinished, test} from 'vitest';
import {makeControlPlaneNode} from '../build/bench/nodes.ts';
import {codeCacheOf} from '../src/load-program.ts';
import {runProgram} from '../src/run/run-program.ts';
import {builtProgram} from './helpers/built.ts';

const program = await builtProgram();
const file = join(program.folder, 'dist/src/compiled/check.cjs');
const root = await makeControlPlaneNode(program.main, join(program.folder, 'node'), join(program.folder, 'bundle'));
const asModules = await program.run(['check', '--root', root, '--debug']);

/** What `check` says in an installation with something done to its files. */
async function checkAfter(change: (compiled: string) => Promise<void>) {
  const folder = await mkdtemp(join(tmpdir(), 'certwright-compiled-'));
  onTestFinished(() => rm(folder, {recursive: true}));
  await cp(join(program.folder, 'package.json'), join(folder, 'package.json'));
  await cp(join(program.folder, 'dist'), join(folder, 'dist'), {recursive: true});
  await change(join(folder, 'dist/src/compiled/check.cjs'));
  return runProgram(process.execPath, [join(folder, 'dist/src/main.js'), 'check', '--root', root]);
}

describe('check as one file', () => {
  test('says what it says as modules', async () => {
    expect(asModules).toMatchObject({exitCode: 0, stderr: ''});
    expect(asModules.stdout).toContain('All is well.');
    expect(await program.run(['check', '--root', root])).toEqual(asModules);
  });

  test('comes with what this V8 takes, which leaves little to compile', async () => {
    const [source, cachedData] = await Promise.all([readFile(file, 'utf8'), readFile(codeCacheOf(file))]);
    const {execPath} = process;
    const takes = `const {readFileSync} = require('node:fs');
      const {Script} = require('node:vm');
      const [file, made] = process.argv.slice(1);
      const script = new Script(readFileSync(file, 'utf8'), {filename: file, cachedData: readFileSync(made)});
      process.exitCode = script.cachedDataRejected ? 1 : 0;`;
    expect(await runProgram(execPath, ['-e', takes, file, codeCacheOf(file)])).toMatchObject({exitCode: 0});
    expect(cachedData.length).toBeGreaterThan(new Script(source).createCachedData().length * 2);
  });

  test.each<[string, (compiled: string) => Promise<void>]>([
    ['without what V8 made', (compiled) => rm(codeCacheOf(compiled))],
    ['with what another V8 made', (compiled) => ofAnotherVersion(codeCacheOf(compiled))],
    ['with half of what V8 made', (compiled) => half(codeCacheOf(compiled))],
    ['without the one file', (compiled) => rm(compiled)],
  ])('%s it says the same', async (_, change) => {
    const {exitCode, stdout, stderr} = await checkAfter(change);
    expect({exitCode, stdout, stderr}).toEqual({exitCode: 0, stdout: asModules.stdout.trimEnd(), stderr: ''});
  });

  test('leaves nothing behind in the installation', async () => {
    const before = await readdir(program.folder, {recursive: true});
    await program.run(['check', '--root', root]);
    expect(await readdir(program.folder, {recursive: true})).toEqual(before);
  });
});

/** The second word of the data is a hash of V8's version. */
async function ofAnotherVersion(made: string): Promise<void> {
  const data = await readFile(made);
  data[4] = (data[4] ?? 0) ^ 1;
  await writeFile(made, data);
}

async function half(made: string): Promise<void> {
  const data = await readFile(made);
  await writeFile(made, data.subarray(0, data.length / 2));
}

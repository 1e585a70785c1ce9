import {readFile, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {packageOf} from '../../build/bundle.ts';
import {builtProgram} from '../helpers/built.ts';

const program = await builtProgram();

/** Packages of which any file is loaded by a run, as Node.js' own loader reports it. */
async function packagesLoadedBy(words: readonly string[]): Promise<readonly string[]> {
  const log = join(program.folder, 'loaded.txt');
  const hook = `
    import {appendFileSync} from 'node:fs';
    import {registerHooks} from 'node:module';
    registerHooks({load: (url, context, next) => { appendFileSync(${JSON.stringify(log)}, url + '\\n'); return next(url, context); }});`;
  await program.run(words, {nodeWords: ['--import', `data:text/javascript,${encodeURIComponent(hook)}`]});
  const loaded = (await readFile(log, 'utf8')).trim().split('\n');
  await rm(log);
  expect(loaded.some((url) => url.endsWith('/dist/src/main.js'))).toBe(true);
  const outputs = program.account.outputs.filter(({file}) => loaded.some((url) => url.endsWith(`/dist/${file}`)));
  const packages = outputs.flatMap(({inputs}) => Object.keys(inputs).flatMap((input) => packageOf(input) ?? []));
  return [...new Set(packages)].sort();
}

test.each([
  [['--version'], []],
  [['--help'], ['commander']],
  [['issue', '--help'], ['commander']],
  [['pln'], ['commander']],
])('%j loads of all packages %j', async (words, packages) => {
  expect(await packagesLoadedBy(words)).toEqual(packages);
});

test('a command without a screen loads neither Ink nor the prompts', async () => {
  const packages = await packagesLoadedBy(['plan']);
  expect(packages).toContain('commander');
  expect(packages.filter((name) => /^(ink|react|yoga-layout|@inquirer\/.*|node-forge)$/.test(name))).toEqual([]);
});

import {existsSync} from 'node:fs';
import {cp, mkdir, mkdtemp, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {pathToFileURL} from 'node:url';
import type {TestProject} from 'vitest/node';
import {buildInto, type Account} from '../../build/bundle.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder that is there as long as this run: whoever needs the program first builds it there. */
    readonly sharedFolder: string;
  }
}

/** Before all test files of a run, and after them. */
export async function setup({provide}: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'certwright-run-'));
  provide('sharedFolder', folder);
  return () => rm(folder, {recursive: true, force: true});
}

/** Building takes seconds, and everybody builds the same. */
const pauseMilliseconds = 50;
const patienceMilliseconds = 120_000;

/**
 * Lays the built program into a folder, out of the one that this run has built.
 *
 * @param shared `sharedFolder`
 */
export async function layProgram(shared: string, folder: string): Promise<Account> {
  const done = join(shared, 'account.json');
  const failed = join(shared, 'failed.txt');
  if (await isFirst(shared)) await build(shared, {done, failed});
  for (let waited = 0; !existsSync(done); waited += pauseMilliseconds) {
    if (existsSync(failed)) throw new Error(`the program was not built: ${await readFile(failed, 'utf8')}`);
    if (waited > patienceMilliseconds) throw new Error('the program was not built: whoever began it does not end');
    await wait(pauseMilliseconds);
  }
  await cp(join(shared, 'dist'), join(folder, 'dist'), {recursive: true});
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written below
  return JSON.parse(await readFile(done, 'utf8')) as Account;
}

async function isFirst(shared: string): Promise<boolean> {
  try {
    await mkdir(join(shared, 'building'));
    return true;
  } catch {
    return false;
  }
}

async function build(shared: string, {done, failed}: {readonly done: string; readonly failed: string}): Promise<void> {
  try {
    await writeFile(join(shared, 'package.json'), '{"type": "module"}');
    const account = await buildInto(pathToFileURL(`${shared}/`));
    const part = `${done}.part`;
    await writeFile(part, JSON.stringify(account));
    await rename(part, done);
  } catch (error) {
    await writeFile(failed, String(error));
  }
}

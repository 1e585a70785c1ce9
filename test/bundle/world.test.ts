import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, readFileSync, statfsSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {Failure} from '../../src/base/failure.ts';
import {writeFailure} from '../../src/base/system-failure.ts';
import {writeBundle} from '../../src/bundle/write-bundle.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {make, type Made} from './bundles.ts';
import {writeInChild} from './child.ts';

/** What the world can say no with, met in real folders. */

let made: Made;
beforeAll(async () => {
  made = await make();
});

async function failureOf(directory: string, tar = false): Promise<Failure> {
  const error: unknown = await writeBundle({...made, directory, tar}).catch((thrown: unknown) => thrown);
  if (!(error instanceof Failure)) expect.fail(`no Failure, but ${String(error)}`);
  expect(error.nextSteps.length).toBeGreaterThan(0);
  return error;
}

describe('the folder', () => {
  test('holds a bundle already: it is named, and stays as it is', async () => {
    const directory = join(temporaryFolder(), 'bundle');
    await writeBundle({...made, directory});
    const before = readFileSync(join(directory, 'bundle.json'), 'utf8');
    const failure = await failureOf(directory);
    expect(failure).toMatchObject({code: 'bundle-exists', message: expect.stringContaining('bundle.json')});
    expect(readFileSync(join(directory, 'bundle.json'), 'utf8')).toBe(before);
  });

  test('holds something else', async () => {
    const folder = temporaryFolder();
    for (const name of ['a', 'b', 'c', 'd', 'e']) writeFileSync(join(folder, name), '');
    const failure = await failureOf(folder);
    expect(failure).toMatchObject({code: 'folder-not-empty', message: `${folder} is not empty: a, b, c and 2 more`});
    expect(readdirSync(folder)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('is a file', async () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, 'mine');
    expect(await failureOf(path)).toMatchObject({code: 'file-in-the-way', message: `${path} is a file, not a folder`});
    expect(await failureOf(join(path, 'under/it'))).toMatchObject({code: 'file-in-the-way'});
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  test('is a symbolic link, whether it leads somewhere or not', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'empty'));
    symlinkSync('empty', join(folder, 'link'));
    symlinkSync('nowhere', join(folder, 'dangling'));
    symlinkSync('round', join(folder, 'round'));
    for (const name of ['link', 'dangling', 'round']) {
      expect(await failureOf(join(folder, name))).toMatchObject({code: 'link-in-the-way'});
    }
    expect(await failureOf(join(folder, 'round/bundle'))).toMatchObject({code: 'file-in-the-way'});
    expect(readdirSync(join(folder, 'empty'))).toEqual([]);
    // Only the last step is looked at: a parent may well be a link.
    await writeBundle({...made, directory: join(folder, 'link/bundle')});
    expect(existsSync(join(folder, 'empty/bundle/bundle.json'))).toBe(true);
  });

  test('is the root of everything', async () => {
    expect(await failureOf('/')).toMatchObject({code: 'folder-not-empty'});
  });

  test('is the one we stand in, which would be pulled away from under the shell', async () => {
    const folder = temporaryFolder();
    const before = process.cwd();
    onTestFinished(() => process.chdir(before));
    process.chdir(folder);
    expect(await failureOf('.')).toMatchObject({code: 'working-folder'});
    await writeBundle({...made, directory: 'bundle'});
    expect(readdirSync(folder)).toEqual(['bundle']);
  });

  test('has a name that is too long', async () => {
    const folder = temporaryFolder();
    expect(await failureOf(join(folder, 'x'.repeat(250)))).toMatchObject({code: 'name-too-long'});
    expect(await failureOf(join(folder, 'x'.repeat(300)))).toMatchObject({code: 'name-too-long'});
    expect(readdirSync(folder)).toEqual([]);
  });

  test('has a tar of its name beside it already', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'bundle.tar'), 'mine');
    expect(await failureOf(join(folder, 'bundle'), true)).toMatchObject({code: 'tar-exists'});
    expect(readdirSync(folder)).toEqual(['bundle.tar']);
    expect(readFileSync(join(folder, 'bundle.tar'), 'utf8')).toBe('mine');
  });

  test('gets a tar of its name while the bundle is written', async () => {
    const folder = temporaryFolder();
    const on = (event: {readonly kind: string; readonly path?: string}): void => {
      if (event.path === 'bundle.json') writeFileSync(join(folder, 'bundle.tar'), 'mine');
    };
    const writing = writeBundle({...made, directory: join(folder, 'bundle'), tar: true, on});
    await expect(writing).rejects.toMatchObject({code: 'tar-exists'});
    expect(readdirSync(folder)).toEqual(['bundle.tar']);
    expect(readFileSync(join(folder, 'bundle.tar'), 'utf8')).toBe('mine');
  });
});

describe('permission', () => {
  const withoutCapabilities = true;

  test('a parent that may not be written ends as not permitted, and nothing is begun', async () => {
    const closed = join(temporaryFolder(), 'closed');
    mkdirSync(closed, {mode: 0o555});
    const {said} = await writeInChild(made, {directory: join(closed, 'bundle')}, {withoutCapabilities});
    expect(said).toMatchObject({code: 'not-permitted', message: `writing ${closed}/bundle is not permitted`});
    expect(readdirSync(closed)).toEqual([]);
  });

  test('a parent that may not be entered ends as not permitted', async () => {
    const closed = join(temporaryFolder(), 'closed');
    mkdirSync(closed, {mode: 0o600});
    const {said} = await writeInChild(made, {directory: join(closed, 'deeper/bundle')}, {withoutCapabilities});
    expect(said).toMatchObject({code: 'not-permitted'});
  });

  test('an ordinary user needs no more than a folder of their own', async () => {
    const folder = temporaryFolder();
    const {said} = await writeInChild(made, {directory: join(folder, 'bundle'), tar: true}, {withoutCapabilities});
    expect(said).toEqual({written: made.blueprint.files.length + 3});
    expect(readdirSync(folder)).toEqual(['bundle', 'bundle.tar']);
  });
});

describe.skipIf(!mayMount())('a disk (needs root, to mount small ones)', () => {
  /** A file system of its own for one test. */
  function mounted(options: string): string {
    const folder = temporaryFolder();
    mount('-t', 'tmpfs', '-o', options, 'tmpfs', folder);
    onTestFinished(() => void spawnSync('umount', ['-l', folder]));
    return folder;
  }

  test.each([
    ['space', 'size=120k'],
    ['room for another file', 'nr_inodes=40'],
    ['room for its first file', 'nr_inodes=3'],
  ])('has no %s left: the bundle’s own path is named, and nothing stays', async (_, options) => {
    const folder = mounted(options);
    const failure = await failureOf(join(folder, 'parent/bundle'));
    expect(failure.code).toBe('disk-full');
    expect(failure.message).toContain(join(folder, 'parent/bundle'));
    expect(failure.message).not.toContain('.certwright-');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('has room for the bundle, and none for its tar', async () => {
    const roomy = mounted('size=10m');
    await writeBundle({...made, directory: join(roomy, 'bundle')});
    const {blocks, bfree, bsize} = statfsSync(roomy);
    const folder = mounted(`size=${(blocks - bfree) * bsize + 40_960}`);
    const failure = await failureOf(join(folder, 'bundle'), true);
    expect(failure).toMatchObject({code: 'disk-full', message: `no space is left for ${join(folder, 'bundle.tar')}`});
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is read-only', async () => {
    const folder = mounted('ro');
    expect(await failureOf(join(folder, 'bundle'))).toMatchObject({code: 'read-only'});
  });

  test('becomes read-only meanwhile, so that not even the traces can be removed: both are told', async () => {
    const folder = mounted('size=10m');
    const on = (event: {readonly kind: string; readonly path?: string}): void => {
      if (event.path === 'plan.yaml') mount('-o', 'remount,ro', folder);
    };
    const error: unknown = await writeBundle({...made, directory: join(folder, 'bundle'), on}).catch(
      (thrown: unknown) => thrown,
    );
    const [staging = ''] = readdirSync(folder);
    if (!(error instanceof Failure)) expect.fail(String(error));
    expect([error.code, error.message, ...error.nextSteps]).toEqual([
      'read-only',
      `the file system of ${folder}/bundle/README.md is read-only, and what was begun in ${folder}/${staging} cannot be removed`,
      'give a folder on a file system that can be written',
      `remove it by hand, because there are keys in it: rm -r ${folder}/${staging}`,
    ]);
  });

  test('is mounted on the very folder', async () => {
    const folder = mounted('size=1m');
    expect(await failureOf(folder)).toMatchObject({
      code: 'mount-point',
      nextSteps: [`give a folder inside it: ${join(folder, 'bundle')}`],
    });
    await writeBundle({...made, directory: join(folder, 'bundle')});
    expect(readdirSync(folder)).toEqual(['bundle']);
  });

  test('is bound onto the very folder, which only the last step can tell', async () => {
    const folder = temporaryFolder();
    for (const name of ['place', 'elsewhere']) mkdirSync(join(folder, name));
    mount('--bind', join(folder, 'elsewhere'), join(folder, 'place'));
    onTestFinished(() => void spawnSync('umount', ['-l', join(folder, 'place')]));
    expect(await failureOf(join(folder, 'place'))).toMatchObject({code: 'mount-point'});
    expect(readdirSync(folder)).toEqual(['elsewhere', 'place']);
    expect(readdirSync(join(folder, 'place'))).toEqual([]);
  });
});

function mount(...words: readonly string[]): void {
  const {status, stderr} = spawnSync('mount', words, {encoding: 'utf8'});
  if (status !== 0) throw new Error(`mount ${words.join(' ')}: ${stderr}`);
}

function mayMount(): boolean {
  const {status} = spawnSync('unshare', ['--mount', 'true']);
  return process.getuid?.() === 0 && status === 0;
}

describe('what cannot be brought about here', () => {
  test.each([
    ['EDQUOT', 'quota-used-up'],
    ['EIO', 'disk-error'],
    ['EMFILE', 'too-many-open-files'],
    ['ENOENT', 'folder-gone'],
    ['EFBIG', 'file-too-large'],
    ['ESTALE', 'cannot-write'],
  ])('%s is told as %s', (code, told) => {
    const error = Object.assign(new Error(`${code}: open`), {code, syscall: 'open'});
    const failure = writeFailure(error, '/out/bundle');
    expect(failure).toMatchObject({code: told, message: expect.stringContaining('/out/bundle'), cause: error});
  });

  test('a bug stays a bug', () => {
    const bug = new TypeError('x is not a function');
    expect(writeFailure(bug, '/out/bundle')).toBe(bug);
  });
});

import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, describe, expect, test} from 'vitest';
import {clearInterrupted, findInterrupted} from '../../src/bundle/interrupted.ts';
import {markOfThisProcess, readMark, stateOf} from '../../src/run/process-mark.ts';
import {readBundle} from '../../src/bundle/read-bundle.ts';
import {openStaging} from '../../src/bundle/staging.ts';
import {writeBundle} from '../../src/bundle/write-bundle.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {make, now, type Made} from './bundles.ts';
import {writeInChild} from './child.ts';

let made: Made;
beforeAll(async () => {
  made = await make();
});

/** The bundle is not there at all, or is all there: every file with what it should hold. */
async function isAllOrNothing(directory: string): Promise<'nothing' | 'all'> {
  const parent = join(directory, '..');
  if (!readdirSync(parent).includes('bundle')) return 'nothing';
  const {files, json} = readBundle(directory);
  expect(files.list()).toEqual(
    [...made.blueprint.files.map(({path}) => path), 'README.md', 'bundle.json', 'plan.yaml'].sort(),
  );
  for (const path of files.list()) expect([path, (await files.read(path))?.endsWith('\n')]).toEqual([path, true]);
  expect(json.certificates).toHaveLength(made.blueprint.certificates.length);
  return 'all';
}

/** What is left is recognised, and cleared on request. */
function clearLeftovers(directory: string): void {
  for (const each of findInterrupted(directory)) {
    expect(['dead', 'unknown']).toContain(each.state);
    clearInterrupted(each);
  }
  expect(readdirSync(join(directory, '..')).filter((name) => name !== 'bundle')).toEqual([]);
}

describe('kill -9', () => {
  const sixteenths = Array.from({length: 17}, (_, index) => index);

  test.each(sixteenths)('when %i/16 of the files are written leaves no folder', async (part) => {
    const directory = join(temporaryFolder(), 'bundle');
    const last = made.blueprint.files.length + 2;
    const killAt = Math.round((part * last) / 16);
    expect((await writeInChild(made, {directory, killAt})).signal).toBe('SIGKILL');
    expect(await isAllOrNothing(directory)).toBe('nothing');
    expect(findInterrupted(directory)).toMatchObject([{directory, state: 'dead', started: now, holdsRequests: false}]);
    clearLeftovers(directory);
    // Then it is in nobody's way.
    if (part % 8 === 0) await writeBundle({...made, directory});
    expect(await isAllOrNothing(directory)).toBe(part % 8 === 0 ? 'all' : 'nothing');
  });

  test('right after the last step leaves a complete bundle', async () => {
    const directory = join(temporaryFolder(), 'bundle');
    expect((await writeInChild(made, {directory, killAt: 'placed', tar: true})).signal).toBe('SIGKILL');
    expect(await isAllOrNothing(directory)).toBe('all');
    expect(findInterrupted(directory)).toEqual([]);
  });

  test.each(Array.from({length: 14}, (_, index) => index * 4))(
    '%i ms after the writing begins leaves nothing or all',
    async (milliseconds) => {
      const directory = join(temporaryFolder(), 'bundle');
      const {signal} = await writeInChild(
        made,
        {directory, tar: milliseconds % 8 === 0},
        {whenReady: (child) => void setTimeout(() => child.kill('SIGKILL'), milliseconds)},
      );
      const state = await isAllOrNothing(directory);
      if (signal === null) expect(state).toBe('all');
      // A tar is whole as soon as it is there.
      const tar = `${directory}.tar`;
      if (existsSync(tar)) {
        expect(execFileSync('tar', ['-tf', tar], {encoding: 'utf8'})).toContain('bundle/bundle.json');
        rmSync(tar);
      }
      clearLeftovers(directory);
      expect(await isAllOrNothing(directory)).toBe(state);
    },
  );
});

describe('leftovers', () => {
  const target = (parent: string) => ({directory: join(parent, 'bundle'), parent, name: 'bundle'});

  test('a run that still goes on is not cleared away from under it', () => {
    const parent = temporaryFolder();
    openStaging(target(parent), now);
    const [found] = findInterrupted(join(parent, 'bundle'));
    if (found === undefined) expect.fail('nothing is found');
    expect(found).toMatchObject({state: 'alive', started: now});
    expect(() => clearInterrupted(found)).toThrow(expect.objectContaining({code: 'still-running'}));
    expect(readdirSync(parent)).toHaveLength(1);
  });

  test('only folders of the exact form of ours are taken for leftovers', () => {
    const parent = temporaryFolder();
    for (const name of [
      '.bundle.certwright-',
      '.bundle.certwright-abc',
      '.bundle.certwright-abcdefg',
      '.other.certwright-abcdef',
    ]) {
      mkdirSync(join(parent, name));
    }
    symlinkSync('/', join(parent, '.bundle.certwright-abcdeL'));
    writeFileSync(join(parent, '.bundle.certwright-abcdeF'), '');
    expect(findInterrupted(join(parent, 'bundle'))).toEqual([]);
    expect(findInterrupted(join(parent, 'missing/bundle'))).toEqual([]);
  });

  test('a folder whose marker never came, or came half, is told as unknown and can be cleared', () => {
    const parent = temporaryFolder();
    mkdirSync(join(parent, '.bundle.certwright-aaaaaa'));
    mkdirSync(join(parent, '.bundle.certwright-bbbbbb'));
    writeFileSync(join(parent, '.bundle.certwright-bbbbbb/unfinished.json'), '{"started":"2026-');
    const found = findInterrupted(join(parent, 'bundle'));
    expect(found.map(({state, started}) => [state, started])).toEqual([
      ['unknown', undefined],
      ['unknown', undefined],
    ]);
    for (const each of found) clearInterrupted(each);
    expect(readdirSync(parent)).toEqual([]);
  });

  test('requests on their way out are put back, unless the finished bundle is in their place', () => {
    const parent = temporaryFolder();
    const directory = join(parent, 'bundle');
    const staging = openStaging(target(parent), now);
    const marker = join(staging.folder, 'unfinished.json');
    // As the run would leave it, killed between its two last steps.
    writeFileSync(marker, readFileSync(marker, 'utf8').replace(/"pid":\d+/, '"pid":4194304'));
    mkdirSync(staging.replaced);
    writeFileSync(join(staging.replaced, 'key'), 'the only one');
    const [found] = findInterrupted(directory);
    if (found === undefined) expect.fail('nothing is found');
    expect(found).toMatchObject({state: 'dead', holdsRequests: true});
    clearInterrupted(found);
    expect(readFileSync(join(directory, 'key'), 'utf8')).toBe('the only one');
    expect(readdirSync(parent)).toEqual(['bundle']);
  });

  test('a process is told from a later one with its number, and from one in another place', () => {
    const mark = markOfThisProcess();
    expect(stateOf(mark)).toBe('alive');
    expect(stateOf({...mark, born: '1'})).toBe('dead');
    expect(stateOf({...mark, pid: 4_194_304})).toBe('dead');
    expect(stateOf({...mark, boot: 'another'})).toBe('dead');
    expect(stateOf({...mark, namespace: 'pid:[1]'})).toBe('unknown');
    expect(stateOf({...mark, host: 'elsewhere.test'})).toBe('unknown');
  });

  test.each(['', 'null', '[]', '{}', '{"pid":-1,"started":"2026-11-23T00:00:00Z"}', '{"pid":1,"started":"then"}'])(
    'the marker %j is none',
    (text) => expect(readMark(text)).toBeUndefined(),
  );
});

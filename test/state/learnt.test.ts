import {mkdir, readdir, readFile, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {openLearntKeeper} from '../../src/state/learnt.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

describe('what was read and mended', () => {
  test('is kept from one run to the next, for the owner alone, in a folder that is made for it', async () => {
    const folder = join(temporaryFolder(), 'deep', 'state');
    const run = openLearntKeeper(folder);
    expect(await run.read()).toEqual({learnt: {stories: new Set(), faults: new Set()}, trouble: undefined});
    expect(await run.remember({story: 'rotation'})).toBeUndefined();
    await Promise.all([run.remember({fault: 'admin-expired'}), openLearntKeeper(folder).read()]);
    const {learnt} = await openLearntKeeper(folder).read();
    expect(learnt).toEqual({stories: new Set(['rotation']), faults: new Set(['admin-expired'])});
    expect(await readdir(folder)).toEqual(['learn.json']);
    expect((await stat(join(folder, 'learn.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  test('of two runs at a time is put together, and what another version knows is kept', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'learn.json');
    await writeFile(path, '{"learnVersion":1,"stories":["of-tomorrow"],"faults":[]}');
    const [one, other] = [openLearntKeeper(folder), openLearntKeeper(folder)];
    await one.remember({story: 'rotation'});
    await other.remember({fault: 'admin-expired'});
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({
      stories: ['of-tomorrow', 'rotation'],
      faults: ['admin-expired'],
    });
  });

  test.each([
    '{"learnVersion":',
    '[]',
    '{"learnVersion":2,"stories":[],"faults":[]}',
    '{"learnVersion":1,"stories":[1]}',
  ])('begins anew where the file is %s, and says so', async (text) => {
    const folder = temporaryFolder();
    const path = join(folder, 'learn.json');
    await writeFile(path, text);
    const {learnt, trouble} = await openLearntKeeper(folder).read();
    expect(learnt.stories.size).toBe(0);
    expect(trouble).toBe(`${path} cannot be understood, so Learn begins anew.`);
  });
});

describe('what cannot be kept says why, and does not try for ever', () => {
  test('where a file is in the way', async () => {
    const place = temporaryFolder();
    await writeFile(join(place, 'file'), 'a file');
    for (const folder of [join(place, 'file'), join(place, 'file', 'below')])
      expect(await openLearntKeeper(folder).remember({story: 'rotation'})).toContain('a file is in the way');
  });

  test.skipIf(process.platform !== 'linux')('in /proc, where no folder can be made', async () => {
    expect(await openLearntKeeper('/proc/nope/state').remember({story: 'rotation'})).toMatch(
      /^What you have read and mended cannot be kept in \/proc\/nope\/state\/learn\.json: /,
    );
  });

  test('where a folder has the name of the file', async () => {
    const folder = temporaryFolder();
    await mkdir(join(folder, 'learn.json'));
    expect(await openLearntKeeper(folder).remember({story: 'rotation'})).toContain('cannot be kept');
  });
});

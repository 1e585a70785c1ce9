import {execFileSync, spawnSync} from 'node:child_process';
import {chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, test, vi} from 'vitest';
import {markOfThisProcess, readMark, stateOf} from '../../src/run/process-mark.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {openDrafts, type Drafts, type LiveMarks} from '../../src/state/drafts.ts';
import {accept} from '../../src/wizard/accept.ts';
import {checkPlan} from '../../src/wizard/check-plan.ts';
import {resumedFrom} from '../../src/wizard/draft.ts';
import {steps} from '../../src/wizard/steps.ts';
import {reduceWizard, startedFrom} from '../../src/wizard/wizard.ts';
import type {WizardState} from '../../src/wizard/wizard-state.ts';
import {highlyAvailablePlan} from '../helpers/fake-services.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

const tools = {steps, accept, checkPlan, makeBlueprint};
const begun = startedFrom({kind: 'preset', name: 'kubeadm-ha'}, highlyAvailablePlan, tools);
const answered = (name: string): WizardState =>
  reduceWizard(begun, {kind: 'answered', step: 'cluster.name', raw: name}, tools);

let clock = Date.parse('2026-11-24T14:02:00Z');
const now = (): Date => new Date((clock += 1000));

/** A run that is over as soon as it is closed. */
const over: LiveMarks = {
  own: 'over',
  stateOf: (mark) => (mark === 'over' ? 'dead' : mark === 'far' ? 'unknown' : 'alive'),
};
const running: LiveMarks = {own: 'running', stateOf: over.stateOf};

function runIn(folder: string, marks: LiveMarks = over, cwd = '/work'): Drafts {
  return openDrafts({folder, cwd, now, marks, program: '0.0.0'});
}

async function leave(folder: string, name: string, marks?: LiveMarks): Promise<string> {
  const run = runIn(folder, marks);
  run.keep(() => answered(name));
  return (await run.close()) ?? expect.fail('nothing was kept');
}

function mayMount(): boolean {
  return spawnSync('unshare', ['--mount', 'true']).status === 0;
}

describe('keeping', () => {
  test('writes nothing, not even a folder, when nothing was answered', async () => {
    const folder = temporaryFolder();
    const run = runIn(folder);
    run.keep(() => begun);
    expect(await run.close()).toBeUndefined();
    expect(await readdir(folder)).toEqual([]);
  });

  test('writes after a pause, for the owner alone, and leaves no piece behind', async () => {
    const folder = join(temporaryFolder(), 'state');
    const run = runIn(folder);
    for (const name of ['l', 'la', 'lab']) run.keep(() => answered(name));
    await vi.waitFor(async () => expect(await readdir(join(folder, 'drafts'))).toHaveLength(1));
    const path = (await run.close()) ?? '';
    expect(await readdir(join(folder, 'drafts'))).toHaveLength(1);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'drafts'))).mode & 0o777).toBe(0o700);
    expect(await readFile(path, 'utf8')).toContain('"cluster.name":"lab"');
  });

  test('closes a folder that others could look into', async () => {
    const folder = temporaryFolder();
    await mkdir(join(folder, 'drafts'));
    await chmod(join(folder, 'drafts'), 0o755);
    await leave(folder, 'lab');
    expect((await stat(join(folder, 'drafts'))).mode & 0o777).toBe(0o700);
  });

  test('takes the draft away when its answers are taken back, or their plan is saved', async () => {
    const folder = temporaryFolder();
    const run = runIn(folder);
    run.keep(() => answered('lab'));
    await vi.waitFor(async () => expect(await readdir(join(folder, 'drafts'))).toHaveLength(1));
    run.planSaved(answered('lab').plan);
    await vi.waitFor(async () => expect(await readdir(join(folder, 'drafts'))).toEqual([]));
    run.keep(() => answered('other'));
    await vi.waitFor(async () => expect(await readdir(join(folder, 'drafts'))).toHaveLength(1));
    run.keep(() => begun);
    expect(await run.close()).toBeUndefined();
    expect(await readdir(join(folder, 'drafts'))).toEqual([]);
  });

  test('two runs at once each have their own', async () => {
    const folder = temporaryFolder();
    const [one, other] = [runIn(folder), runIn(folder)];
    one.keep(() => answered('one'));
    other.keep(() => answered('other'));
    await Promise.all([one.close(), other.close()]);
    const {drafts} = await runIn(folder).list();
    expect(drafts.map(({title}) => title)).toEqual([
      expect.stringMatching(/, other, 5 nodes$/),
      expect.stringMatching(/, one, 5 nodes$/),
    ]);
  });

  test('says once that it cannot, and works on', async () => {
    const folder = join(temporaryFolder(), 'file');
    await writeFile(folder, '');
    const told: string[] = [];
    const run = runIn(folder);
    run.onTrouble((sentence) => told.push(sentence));
    run.keep(() => answered('a'));
    await vi.waitFor(() => expect(told).toHaveLength(1));
    expect(told[0]).toMatch(/^No draft can be kept in .*file\/drafts: a file is in the way\./);
    run.keep(() => answered('b'));
    expect(await run.close()).toBeUndefined();
    expect(told).toHaveLength(1);
  });

  test.skipIf(!mayMount())('says that the disk is full, or read-only, and recovers', async () => {
    const folder = temporaryFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k,mode=700', 'none', folder]);
    try {
      await writeFile(join(folder, 'filler'), 'x'.repeat(16_384)).catch(() => undefined);
      const told: string[] = [];
      const run = runIn(folder);
      run.onTrouble((sentence) => told.push(sentence));
      run.keep(() => answered('a'));
      await vi.waitFor(() => expect(told.join()).toContain('the disk is full'));
      await rm(join(folder, 'filler'));
      run.keep(() => answered('b'));
      expect(await run.close()).toMatch(/\.json$/);
      execFileSync('mount', ['-o', 'remount,ro', folder]);
      const second = runIn(folder);
      second.onTrouble((sentence) => told.push(sentence));
      second.keep(() => answered('c'));
      await vi.waitFor(() => expect(told.join()).toContain('the disk is read-only'));
      await second.close();
    } finally {
      execFileSync('umount', [folder]);
    }
  });
});

describe('finding', () => {
  test('what ended runs have left, the newest first, each as it was', async () => {
    const folder = temporaryFolder();
    await leave(folder, 'first');
    await leave(folder, 'second');
    const {drafts, troubles} = await runIn(folder).list();
    expect(troubles).toEqual([]);
    expect(drafts).toMatchObject([
      {title: expect.stringMatching(/^\d\d:\d\d, second, 5 nodes$/), begunIn: undefined, mayBeOpen: false},
      {title: expect.stringContaining('first')},
    ]);
    const [newest] = drafts;
    expect(resumedFrom(newest?.draft ?? expect.fail(), tools).plan).toEqual(answered('second').plan);
  });

  test('nothing that a run is still at, and says where one was begun', async () => {
    const folder = temporaryFolder();
    await leave(folder, 'open', running);
    await leave(folder, 'far', {...over, own: 'far'});
    const {drafts} = await runIn(folder, over, '/elsewhere').list();
    expect(drafts).toMatchObject([{title: expect.stringContaining('far'), begunIn: '/work', mayBeOpen: true}]);
  });

  test('this process is alive, and a killed one is not', async () => {
    const folder = temporaryFolder();
    const marks: LiveMarks = {
      own: JSON.stringify({started: '2026-11-24T00:00:00Z', ...markOfThisProcess()}),
      stateOf: (text) => {
        const mark = readMark(text);
        return mark === undefined ? 'dead' : stateOf(mark);
      },
    };
    await leave(folder, 'mine', marks);
    expect((await runIn(folder, marks).list()).drafts).toEqual([]);
    const gone = JSON.stringify({started: '2026-11-24T00:00:00Z', ...markOfThisProcess(), born: '1'});
    await leave(folder, 'gone', {...marks, own: gone});
    expect((await runIn(folder, marks).list()).drafts).toMatchObject([{title: expect.stringContaining('gone')}]);
  });

  test.each<[string, string, RegExp]>([
    ['cut off', '{"draftVersion":1,', /is damaged: it is not JSON; it stays as it is\.$/],
    ['something else', '[]', /is damaged: it is no record/],
    ['of another program', '{"name":"x"}', /is no draft of Certwright/],
    [
      'newer',
      '{"draftVersion":2,"program":"9.0.0"}',
      /was written by certwright 9\.0\.0 \(draft version 2; this one reads 1\): go on with that one/,
    ],
  ])('a file that is %s is named in a sentence and stays', async (_, text, sentence) => {
    const folder = temporaryFolder();
    await leave(folder, 'lab');
    await writeFile(join(folder, 'drafts', '20200101T000000Z-1.json'), text);
    const {drafts, troubles} = await runIn(folder).list();
    expect(drafts).toHaveLength(1);
    expect(troubles).toEqual([expect.stringMatching(sentence)]);
    expect(await readdir(join(folder, 'drafts'))).toHaveLength(2);
  });

  test('an answer to a question that is not known here is not lost in silence', async () => {
    const folder = temporaryFolder();
    const path = await leave(folder, 'lab');
    await writeFile(path, (await readFile(path, 'utf8')).replace('"answers":{', '"answers":{"cluster.moon":"full",'));
    const {drafts, troubles} = await runIn(folder).list();
    expect(drafts).toEqual([]);
    expect(troubles.join()).toContain('answers "cluster.moon", which this version does not ask');
  });

  test('every way to damage a draft is a sentence and never a crash', async () => {
    const folder = temporaryFolder();
    const path = await leave(folder, 'lab');
    const whole: Readonly<Record<string, unknown>> = JSON.parse(await readFile(path, 'utf8'));
    for (const key of Object.keys(whole)) {
      for (const wrong of [undefined, null, 7, 'x', [], {}, {at: 7}, [[]], {x: 1}]) {
        await writeFile(path, JSON.stringify({...whole, [key]: wrong}));
        const {drafts, troubles} = await runIn(folder).list();
        expect(drafts.length + troubles.length, `${key}: ${JSON.stringify(wrong)}`).toBeLessThanOrEqual(1);
        for (const {draft} of drafts) expect(resumedFrom(draft, tools).plan).toBeDefined();
      }
    }
  });

  test('what is no file is not opened', async () => {
    const folder = temporaryFolder();
    await mkdir(join(folder, 'drafts'), {mode: 0o700});
    await symlink('/dev/zero', join(folder, 'drafts', 'endless.json'));
    execFileSync('mkfifo', [join(folder, 'drafts', 'silent.json')]);
    const {drafts, troubles} = await runIn(folder).list();
    expect(drafts).toEqual([]);
    expect(troubles).toHaveLength(2);
  });
});

describe('going on', () => {
  test('moves the draft to this run, and the old file goes only then', async () => {
    const folder = temporaryFolder();
    const old = await leave(folder, 'lab');
    const run = runIn(folder);
    const {drafts} = await run.list();
    run.takeOver(drafts[0] ?? expect.fail());
    expect(await readdir(join(folder, 'drafts'))).toHaveLength(1);
    run.keep(() => answered('lab'));
    const path = await run.close();
    expect(path).not.toBe(old);
    expect(await readdir(join(folder, 'drafts'))).toEqual([path?.split('/').at(-1)]);
  });

  test('leaves a draft alone that may be open on another machine', async () => {
    const folder = temporaryFolder();
    await leave(folder, 'far', {...over, own: 'far'});
    const run = runIn(folder);
    run.takeOver((await run.list()).drafts[0] ?? expect.fail());
    run.keep(() => answered('far'));
    await run.close();
    expect(await readdir(join(folder, 'drafts'))).toHaveLength(2);
  });

  test('throwing one away removes it, and says when that cannot be done', async () => {
    const folder = temporaryFolder();
    await leave(folder, 'lab');
    const run = runIn(folder);
    const found = (await run.list()).drafts[0] ?? expect.fail();
    await run.throwAway(found);
    expect(await readdir(join(folder, 'drafts'))).toEqual([]);
    await rm(join(folder, 'drafts'), {recursive: true});
    await writeFile(join(folder, 'drafts'), '');
    await expect(run.throwAway(found)).rejects.toThrow(/cannot be removed: a file is in the way/);
  });
});

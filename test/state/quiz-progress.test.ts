import {mkdir, readdir, readFile, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {literally, type Question} from '../../src/lessons/quiz/question.ts';
import {openQuizKeeper} from '../../src/state/quiz-progress.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

function asked(id: string, right = 'yes'): Question {
  return {id, topic: 'flags', ask: '?', quotes: [], right: literally(right), wrong: [], why: [], about: id};
}

describe('what became of the questions', () => {
  test('is kept from one run to the next, for the owner alone, and leaves no piece behind', async () => {
    const folder = join(temporaryFolder(), 'state');
    const run = openQuizKeeper(folder);
    expect(await run.read()).toEqual({progress: new Map(), trouble: undefined});
    await Promise.all([
      run.remember(asked('flags/a'), true),
      run.remember(asked('flags/b'), false),
      run.remember(asked('flags/a'), false),
    ]);
    const {progress, trouble} = await openQuizKeeper(folder).read();
    expect(trouble).toBeUndefined();
    expect([...progress]).toEqual([
      ['flags/a', {right: 1, wrong: 1, last: 'wrong', answer: 'yes'}],
      ['flags/b', {right: 0, wrong: 1, last: 'wrong', answer: 'yes'}],
    ]);
    expect(await readdir(folder)).toEqual(['quiz.json']);
    expect((await stat(join(folder, 'quiz.json'))).mode & 0o777).toBe(0o600);
  });

  test('of two runs at a time is added up', async () => {
    const folder = temporaryFolder();
    const [one, other] = [openQuizKeeper(folder), openQuizKeeper(folder)];
    await one.remember(asked('flags/a'), true);
    await other.remember(asked('flags/b'), true);
    await one.remember(asked('flags/c'), true);
    expect([...(await other.read()).progress.keys()]).toEqual(['flags/a', 'flags/b', 'flags/c']);
  });

  test.each([
    ['no JSON', '{"quizVersion":'],
    ['another form', '{"quizVersion":2,"questions":{}}'],
    ['half a record', '{"quizVersion":1,"questions":{"flags/a":{"right":1}}}'],
    ['a count below nothing', '{"quizVersion":1,"questions":{"a":{"right":-1,"wrong":0,"last":"right","answer":"x"}}}'],
  ])('begins anew where the file is %s, and says so', async (_, text) => {
    const folder = temporaryFolder();
    const path = join(folder, 'quiz.json');
    await writeFile(path, text);
    const run = openQuizKeeper(folder);
    expect(await run.read()).toEqual({
      progress: new Map(),
      trouble: `${path} cannot be understood, so the quiz begins anew.`,
    });
    expect(await run.remember(asked('flags/a'), true)).toBeUndefined();
    expect((await run.read()).progress.size).toBe(1);
  });

  test('is forgotten on request, also where there is nothing to forget', async () => {
    const folder = temporaryFolder();
    const run = openQuizKeeper(folder);
    await run.remember(asked('flags/a'), true);
    await run.forget();
    await run.forget();
    expect(await readdir(folder)).toEqual([]);
  });

  test('that cannot be kept is said with the reason, and nothing else fails', async () => {
    const place = temporaryFolder();
    await writeFile(join(place, 'state'), 'a file');
    const told = await openQuizKeeper(join(place, 'state')).remember(asked('flags/a'), true);
    expect(told).toContain('a file is in the way');
    expect(await readFile(join(place, 'state'), 'utf8')).toBe('a file');
  });

  test('is no folder and no other thing of that name', async () => {
    const folder = temporaryFolder();
    await mkdir(join(folder, 'quiz.json'));
    expect((await openQuizKeeper(folder).read()).trouble).toContain('begins anew');
  });
});

import {afterEach, describe, expect, test} from 'vitest';
import {wishIn, wishText} from '../../../src/lessons/quiz/wish.ts';
import {fakeLearn} from '../../helpers/fake-learn.ts';
import {fakeQuiz} from '../../helpers/fake-quiz.ts';
import {fakeWorld} from '../../helpers/fake-services.ts';
import type {ShownApp} from '../../helpers/shown-app.tsx';
import {shapeFaults, showApp, sizes, small} from '../../helpers/shown-app.tsx';

let app: ShownApp;
afterEach(() => app.close());

interface Opened {
  readonly size?: typeof small;
  readonly language?: 'en' | 'ja' | 'zh';
  /** As the command line hands it on; left out = from the menu. */
  readonly given?: string;
  readonly ascii?: boolean;
  readonly quiz?: Parameters<typeof fakeQuiz>[0];
}

async function openQuiz({size = small, language = 'en', given, ascii = false, quiz = {}}: Opened = {}): Promise<void> {
  const learn = {...fakeLearn(language), quiz: fakeQuiz({language, ...quiz})};
  app = await showApp({services: fakeWorld({learn}).services, size, ascii});
  await app.press('3', 'enter');
  app.engine.enterRoom({room: 'quiz', given});
  await app.waitFor(
    (frame) =>
      frame.includes('Learn › Quiz'.replace('›', ascii ? '>' : '›')) && !frame.includes('Making the questions'),
  );
}

describe.each(sizes)('the quiz at %s', (_, size) => {
  test('is chosen by topic, each with what is known of it', async () => {
    await openQuiz({size});
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    expect(app.frame()).toMatch(/❯ Everything +░+ +0 of \d+ known/);
    await app.press('down', 'down');
    expect(app.frame()).toContain('❯ Connections');
    await app.press('6');
    expect(app.frame()).toContain('❯ Restarts');
    await app.press('enter');
    expect(app.frame()).toContain('Learn › Quiz › restarts');
    expect(app.frame()).toContain('question 1/10');
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    await app.press('esc');
    expect(app.frame()).toContain('❯ Restarts');
    await app.press('esc');
    expect(app.frame()).toContain('Which certificate goes where, and why');
  });

  test('tells right from wrong by a mark and a word, with the reason', async () => {
    const kept: string[] = [];
    await openQuiz({size, given: 'flags count=1 seed=3', quiz: {kept: (answer) => kept.push(answer)}});
    await app.waitFor('question 1/1');
    await app.press('2');
    expect(app.frame()).toMatch(/❯ 2 /);
    await app.press('enter');
    const frame = await app.waitFor('Not right');
    expect(frame).toMatch(/✗ 2 /);
    expect(frame).toMatch(/✓ 4 \/etc\/kubernetes\/pki\/sa\.key/);
    expect(shapeFaults(frame, size)).toEqual([]);
    await app.press('enter');
    expect(app.frame()).toContain('once more 1/1');
    await app.press('down', 'down', 'enter');
    expect(await app.waitFor('✓ Right')).not.toContain('✗');
    await app.press('enter');
    expect(app.frame()).toContain('0 of 1 right at once');
    expect(app.frame()).toMatch(/Flags and files +█?░+ +1 of \d+ known/);
    expect(kept.map((answer) => answer.split(' ')[1])).toEqual(['wrong', 'right']);
    await app.press('enter');
    expect(app.frame()).toContain('question 1/1');
  });
});

describe('the quiz', () => {
  test.each(['en', 'ja', 'zh'] as const)(
    'fits the smallest screen in %s, and what is cut off can be read',
    async (language) => {
      const size = {columns: 60, rows: 16};
      await openQuiz({size, language, given: 'errors count=5 seed=5'});
      for (let asked = 0; asked < 5; asked += 1) {
        await app.press('down', 'down', 'down');
        expect(app.frame()).toMatch(/❯ [34] /);
        expect(shapeFaults(app.frame(), size)).toEqual([]);
        await app.press('enter');
        expect(app.frame()).toMatch(/[✓✗] (?:Right|Not right|正解|不正解|正确|不正确)/);
        const told = app.frame().split('\n');
        const verdict = told.findIndex((line) => /^ {2}[✓✗] \D/.test(line));
        await app.press('G');
        expect(app.frame()).toContain('certwright explain');
        // The question, what was answered and what is right stay in sight.
        expect(verdict).toBeGreaterThan(3);
        expect(
          app
            .frame()
            .split('\n')
            .slice(0, verdict + 1),
        ).toEqual(told.slice(0, verdict + 1));
        expect(told.slice(0, verdict).join('\n')).toMatch(/✓ \d /);
        expect(shapeFaults(app.frame(), size)).toEqual([]);
        await app.press('enter');
      }
    },
  );

  test('in ASCII has its marks too', async () => {
    await openQuiz({ascii: true, given: 'flags count=1 seed=3'});
    await app.press('2', 'enter');
    const frame = await app.waitFor('Not right');
    expect(frame).toMatch(/x 2 /);
    expect(frame).toMatch(/\+ 4 /);
    expect(frame).toMatch(/^[\u0020-\u007e\n]*$/);
  });

  test('goes on where one was when its room is left and entered again', async () => {
    await openQuiz();
    await app.press('3', 'enter');
    const frame = app.frame();
    app.engine.enterRoom({room: 'quiz', given: undefined});
    expect(app.frame()).toBe(frame);
  });

  test('says when answers cannot be kept, goes on, and says it once more when it is left', async () => {
    const notKept = 'Answers cannot be kept: the disk is full.';
    await openQuiz({given: 'flags count=2 seed=3', quiz: {notKept}});
    await app.press('1', 'enter');
    await app.waitFor('the disk is full');
    await app.press('enter');
    expect(app.frame()).toContain('question 2/2');
    await app.press('enter');
    await app.engine.stop();
    expect(app.engine.warnings()).toEqual([notKept]);
  });

  test('goes on with the round that was left, where it was left', async () => {
    await openQuiz();
    await app.press('3', 'enter', 'enter');
    const answered = app.frame();
    expect(answered).toContain('question 1/10');
    await app.press('esc');
    expect(app.frame()).toMatch(/❯ Connections .*· question 1\/10/);
    await app.press('enter');
    expect(app.frame()).toBe(answered);
    await app.press('enter', '2');
    const second = app.frame();
    expect(second).toContain('question 2/10');
    await app.press('esc', 'up', 'enter');
    // Each topic has a round of its own.
    expect(app.frame()).toContain('question 1/10');
    await app.press('esc', 'down', 'enter');
    expect(app.frame()).toBe(second);
  });

  test('says when former answers are not there', async () => {
    await openQuiz({quiz: {trouble: 'quiz.json cannot be understood, so the quiz begins anew.'}});
    expect(app.frame()).toContain('begins anew');
  });
});

test('a wish is handed on as one text', () => {
  const wish = {topic: 'errors', preset: 'one-ca', count: 3, seed: 12} as const;
  expect(wishIn(wishText(wish))).toEqual(wish);
  const plain = {topic: undefined, preset: undefined, count: 10, seed: undefined};
  expect(wishIn(wishText(plain))).toEqual(plain);
});

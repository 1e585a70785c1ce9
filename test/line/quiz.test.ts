import {describe, expect, test} from 'vitest';
import type {Language} from '../../src/base/language.ts';
import {lessonsIn} from '../../src/lessons/languages.ts';
import {type QuizWish, usualWish} from '../../src/lessons/quiz/wish.ts';
import {askQuiz} from '../../src/line/quiz.ts';
import {widthOf} from '../../src/base/cells.ts';
import {fakeQuiz} from '../helpers/fake-quiz.ts';
import {type Answer, askerNames, type AskerName, back, personAt, terminal} from '../helpers/line-person.ts';

interface Told {
  readonly shown: string;
  readonly kept: readonly string[];
  readonly asked: readonly string[];
}

/** @param answers to the questions, one after the other; `topic` and `again` to those around them */
async function quizWith(
  answers: readonly Answer[],
  {
    name = 'numbered lines',
    wish = {},
    language = 'en',
    ...world
  }: {name?: AskerName; wish?: Partial<QuizWish>; language?: Language; trouble?: string; notKept?: string} = {},
): Promise<Told> {
  const at = terminal();
  const kept: string[] = [];
  const asked: string[] = [];
  const given = [...answers];
  const asker = personAt(name, at, (ask) => {
    asked.push(ask);
    return given.shift() ?? back;
  });
  await askQuiz(asker, {
    services: fakeQuiz({language, kept: (answer) => kept.push(answer), ...world}),
    lessons: lessonsIn(language),
    wish: {...usualWish, ...wish},
  });
  asker.close();
  return {shown: at.shown(), kept, asked};
}

describe.each(askerNames)('the quiz with %s', (name) => {
  test('tells right from wrong with the reason, and asks what was missed again', async () => {
    // The right ones are 4 and 3 with this seed.
    const wish = {topic: 'flags', count: 1, seed: 3} as const;
    const {shown, kept} = await quizWith(['1', '2', 'no'], {name, wish});
    const id = 'flags/file/kube-controller-manager/--service-account-private-key-file';
    expect(kept).toEqual([`${id} wrong`, `${id} right`]);
    expect(shown).toContain('Not right');
    expect(shown).toContain('Right is 4: /etc/kubernetes/pki/sa.key');
    expect(shown).toContain('What breaks without it');
    expect(shown).toContain('certwright explain --service-account-private-key-file');
    expect(shown).toContain('The one you missed, once more.');
    expect(shown).toContain('0 of 1 right at once');
  });

  test('asks for a topic, each with what is known of it, and is left by going back', async () => {
    const {shown, kept, asked} = await quizWith(['restarts', back], {name});
    expect(asked).toEqual(['What about?', 'Your answer']);
    expect(shown).toContain('Question 1 of 10');
    expect(kept).toEqual([]);
    if (name === 'numbered lines') expect(shown).toContain('Restarts: 0 of 24 known');
  });
});

describe('the quiz', () => {
  test('goes on to another round with other questions', async () => {
    const wish = {topic: 'flags', count: 1, seed: 3} as const;
    const {kept} = await quizWith(['3', 'yes', back], {wish});
    expect(kept).toHaveLength(1);
  });

  test('says once that answers cannot be kept, and at the beginning what is wrong with former ones', async () => {
    const wish = {topic: 'flags', count: 2, seed: 3} as const;
    const {shown} = await quizWith(['0', '0', back], {wish, trouble: 'Former answers are gone.', notKept: 'No room.'});
    expect(shown.match(/No room\./g)).toHaveLength(1);
    expect(shown.indexOf('Former answers are gone.')).toBeLessThan(shown.indexOf('Question 1 of 2'));
  });

  test.each(['ja', 'zh'] as const)('is no wider than the terminal in %s', async (language) => {
    const wish = {topic: 'errors', count: 6, seed: 3} as const;
    const {shown} = await quizWith(['0', '0', '0', '0', '0', '0', back], {wish, language});
    const questions = shown.split('\n').filter((line) => !/^\d\) |explain|^\S+ \[1, /.test(line));
    expect(questions.filter((line) => widthOf(line) > 80)).toEqual([]);
  });
});

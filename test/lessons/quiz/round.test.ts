import {describe, expect, test} from 'vitest';
import {answeredNow, knownOf, type QuizProgress, standingOf, withAnswer} from '../../../src/lessons/quiz/progress.ts';
import {literally, question, type Question, type QuizTopic} from '../../../src/lessons/quiz/question.ts';
import {
  answerNow,
  askedNow,
  chooseQuestions,
  goOn,
  isRightNow,
  type Round,
  startRound,
} from '../../../src/lessons/quiz/round.ts';

function made(topic: QuizTopic, name: string): Question {
  const [one] = question({
    id: `${topic}/${name}`,
    topic,
    ask: `${name}?`,
    quotes: [],
    right: literally(`right ${name}`),
    wrong: [[literally('a'), literally('b'), literally('c'), literally('d')]],
    why: [],
    about: name,
  });
  if (one === undefined) throw new Error('too few choices');
  return one;
}

const questions = [
  ...['f1', 'f2', 'f3', 'f4', 'f5', 'f6'].map((name) => made('flags', name)),
  made('errors', 'e1'),
  made('restarts', 'r1'),
];

function answered(round: Round, isRight: boolean): Round {
  const now = askedNow(round);
  if (now === undefined) throw new Error('the round is over');
  return goOn(answerNow(round, isRight ? now.right : (now.right + 1) % now.choices.length));
}

describe('a round', () => {
  test('asks the missed ones again until all are right, and counts what was right at once', () => {
    let round = startRound(questions.slice(0, 3), 5);
    round = answered(round, true);
    round = answered(round, false);
    round = answered(round, false);
    expect(round.pass).toBe(2);
    expect(round.asked.map(({question: {id}}) => id).toSorted()).toEqual(['flags/f2', 'flags/f3']);
    round = answered(round, true);
    const stubborn = askedNow(round)?.question.id;
    round = answered(round, false);
    expect(round.pass).toBe(3);
    expect(askedNow(round)?.question.id).toBe(stubborn);
    round = answered(round, true);
    expect(askedNow(round)).toBeUndefined();
    expect([round.rightAtOnce, round.total]).toEqual([1, 3]);
  });

  test('takes one answer a question, and goes nowhere without one', () => {
    const round = startRound(questions, 5);
    expect(goOn(round)).toBe(round);
    expect(isRightNow(round)).toBeUndefined();
    const now = askedNow(round);
    const once = answerNow(round, now?.right ?? 0);
    expect(isRightNow(once)).toBe(true);
    expect(answerNow(once, ((now?.right ?? 0) + 1) % 4)).toBe(once);
    expect(answerNow(round, 7)).toBe(round);
  });

  test('is the same for the same seed, and another for another', () => {
    const told = (seed: number): string =>
      JSON.stringify(startRound(chooseQuestions(questions, new Map(), {topic: undefined, count: 8, seed}), seed).asked);
    expect(told(1)).toBe(told(1));
    expect(new Set([1, 2, 3, 4].map(told)).size).toBe(4);
  });
});

describe('what is asked next', () => {
  test('is what was missed, then what was never asked, then what is known', () => {
    let progress: QuizProgress = new Map();
    for (const one of questions.slice(0, 5)) progress = withAnswer(progress, one, true);
    progress = withAnswer(progress, made('flags', 'f2'), false);
    const order = chooseQuestions(questions, progress, {topic: undefined, count: 8, seed: 3});
    expect(order.map((one) => standingOf(one, progress))).toEqual([
      'missed',
      ...Array.from({length: 3}, () => 'new'),
      ...Array.from({length: 4}, () => 'known'),
    ]);
    expect(order[0]?.id).toBe('flags/f2');
  });

  test('is of every topic in its turn, or of the one that is wanted', () => {
    const first = chooseQuestions(questions, new Map(), {topic: undefined, count: 3, seed: 9});
    expect(first.map(({topic}) => topic).toSorted()).toEqual(['errors', 'flags', 'restarts']);
    const flags = chooseQuestions(questions, new Map(), {topic: 'flags', count: 99, seed: 9});
    expect(flags).toHaveLength(6);
  });
});

describe('progress', () => {
  test('counts answers, and begins anew for a question whose right answer has become another', () => {
    const one = made('flags', 'f1');
    const twice = answeredNow(one, false, answeredNow(one, true, undefined));
    expect(twice).toEqual({right: 1, wrong: 1, last: 'wrong', answer: 'right f1'});
    const other = {...one, right: literally('something else')};
    expect(standingOf(other, new Map([[one.id, twice]]))).toBe('new');
    expect(answeredNow(other, true, twice)).toMatchObject({right: 1, wrong: 0});
  });

  test('tells how many of a topic are known', () => {
    const progress = withAnswer(withAnswer(new Map(), made('flags', 'f1'), true), made('errors', 'e1'), false);
    expect(knownOf(questions, 'flags', progress)).toEqual({known: 1, total: 6});
    expect(knownOf(questions, undefined, progress)).toEqual({known: 1, total: 8});
  });
});

test('a question with one wrong answer alone is not asked, and no choice stands in it twice', () => {
  const given = {id: 'flags/x', topic: 'flags', ask: 'x?', quotes: [], why: [], about: 'x'} as const;
  const right = literally('yes');
  expect(question({...given, right, wrong: [[right, literally('no')], [literally('no')]]})).toEqual([]);
  const [one] = question({
    ...given,
    right,
    wrong: [
      [right, literally('no')],
      [literally('no'), literally('never')],
    ],
  });
  expect(one?.wrong).toEqual([[literally('no')], [literally('never')]]);
});

import {InputFailure} from '../base/failure.ts';
import {problem} from '../base/problem.ts';
import {defaultPreset} from '../config/presets.ts';
import {quizQuestions} from '../journeys/quiz.ts';
import {lessonsIn} from '../lessons/languages.ts';
import {askedWith} from '../lessons/quiz/asked-question.ts';
import {quizTopics, type QuizTopic} from '../lessons/quiz/question.ts';
import {chooseQuestions} from '../lessons/quiz/round.ts';
import {type QuizWish, usualWish, wishText} from '../lessons/quiz/wish.ts';
import {quizJson} from '../report/quiz-json.ts';
import {type Worksheet, worksheetLines} from '../report/quiz-text.ts';
import type {Context} from './context.ts';
import {comparedPlan} from './plan-source.ts';
import {printJson, printLines, tell} from './print.ts';
import {quizKeeper, quizServices, seedFrom} from './quiz-services.ts';
import {unknownName} from './unknown-name.ts';
import {openScreen} from './wizard.ts';

export interface QuizOptions {
  readonly topic: string | undefined;
  readonly preset?: string;
  /** As typed. */
  readonly questions?: string;
  readonly seed?: string;
  readonly line: boolean;
  readonly forget: boolean;
  /** Left out = it is asked, where somebody is there to answer. */
  readonly output?: 'text' | 'json';
}

/** Questions about a cluster's certificates: asked in a terminal, printed with their answers elsewhere. */
export async function quiz(context: Context, options: QuizOptions): Promise<number> {
  if (options.forget) return forget(context);
  const wish = wishOf(options);
  const {asks, language} = context;
  if (options.output !== undefined || asks === 'nobody') return printWorksheet(context, wish, options.output ?? 'text');
  if (asks === 'screen' && !options.line) {
    comparedPlan(context, {preset: wish.preset ?? defaultPreset, set: []});
    return openScreen(context, {kind: 'learn', into: {room: 'quiz', given: wishText(wish)}});
  }
  const [{askQuiz}, {askerFor}] = await Promise.all([import('../line/quiz.ts'), import('../line/line-mode.ts')]);
  const asker = askerFor({...context, asks: asks === 'screen' ? 'prompts' : asks});
  try {
    await askQuiz(asker, {services: quizServices(context), lessons: lessonsIn(language), wish});
  } finally {
    asker.close();
  }
  return 0;
}

/** What is known already has no say in it: the same seed gives the same sheet to everybody. */
function printWorksheet(
  context: Context,
  {topic, preset = defaultPreset, count, seed}: QuizWish,
  output: 'text' | 'json',
): number {
  const {language, stdout, colour, glyphs} = context;
  const drawn = seed ?? seedFrom(context);
  const all = quizQuestions(comparedPlan(context, {preset, set: []}), language);
  const sheet: Worksheet = {
    preset,
    seed: drawn,
    asked: chooseQuestions(all, new Map(), {topic, count, seed: drawn}).map((one) => askedWith(one, String(drawn))),
  };
  if (output === 'json') printJson(context, quizJson(sheet, language));
  else
    printLines(
      context,
      worksheetLines(sheet, lessonsIn(language), {width: stdout.isTTY ? stdout.columns : 80, colour, glyphs}),
    );
  return 0;
}

async function forget(context: Context): Promise<number> {
  await quizKeeper(context)?.forget();
  tell(context, 'The answers of former quizzes are forgotten.');
  return 0;
}

function wishOf({topic, preset, questions, seed}: QuizOptions): QuizWish {
  return {
    topic: topic === undefined ? undefined : topicNamed(topic),
    preset,
    count: questions === undefined ? usualWish.count : wholeNumber('--questions', questions, 1),
    seed: seed === undefined ? undefined : wholeNumber('--seed', seed, 0),
  };
}

function topicNamed(name: string): QuizTopic {
  const known = quizTopics.find((topic) => topic === name);
  if (known !== undefined) return known;
  throw unknownName({
    name,
    known: quizTopics,
    code: 'unknown-topic',
    argument: 'TOPIC',
    message: (asked) => `the quiz has no topic ${asked}`,
    otherwise: `choose one of ${quizTopics.join(', ')}`,
  });
}

/** Larger ones are no number that a person types again. */
const largest = 1_000_000_000;

function wholeNumber(option: string, typed: string, least: number): number {
  const value = Number(typed);
  if (/^\d+$/.test(typed) && value >= least && value <= largest) return value;
  const message = `${option} ${JSON.stringify(typed.slice(0, 40))} is no number that can be used`;
  throw new InputFailure(message, [problem('not-a-number', option, message, `give a whole number from ${least}`)]);
}

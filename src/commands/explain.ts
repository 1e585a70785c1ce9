import {resolve} from 'node:path';
import {Failure, InputFailure} from '../base/failure.ts';
import {problem} from '../base/problem.ts';
import {explain as look} from '../journeys/explain.ts';
import {nearest} from '../base/nearest.ts';
import type {Explained} from '../lessons/explain.ts';
import {namesNear, thingsNamed} from '../lessons/find-things.ts';
import {lessonsIn} from '../lessons/languages.ts';
import type {Words} from '../lessons/lessons.ts';
import {topics} from '../lessons/topics.ts';
import {explanationJson, topicsJson} from '../report/explanation-json.ts';
import {explanationLines, type ExplanationLook, notKnownText, topicLines} from '../report/explanation-text.ts';
import type {Context} from './context.ts';
import {printJson, printLines} from './print.ts';

export interface ExplainOptions {
  /** What is asked; several words are one text. None, or `-`: standard input, or in a terminal what can be asked. */
  readonly words: readonly string[];
  readonly root?: string;
  readonly output: 'text' | 'json';
}

/** What a certificate, file, flag, component, connection, subject or error is about. */
export async function explain(context: Context, {words, root, output}: ExplainOptions): Promise<number> {
  const {language, stdin, cwd, environment} = context;
  const lessons = lessonsIn(language);
  const fromInput = words.length === 0 || (words.length === 1 && words[0] === '-');
  if (words.length === 0 && stdin.isTTY) {
    if (output === 'json') printJson(context, topicsJson(topics()));
    else printLines(context, topicLines(topics(), lessons, lookOf(context)));
    return 0;
  }
  const text = fromInput ? await everythingFrom(stdin) : words.join(' ');
  if (text.trim() === '') {
    const message = 'there is no name and no error text';
    throw new InputFailure(message, [
      problem('nothing-asked', '', message, 'certwright explain NAME, or pipe a log in'),
    ]);
  }
  const explained = look({
    text,
    language,
    root: root === undefined ? undefined : resolve(cwd, root),
    now: context.now(),
    sudoUser: environment.SUDO_USER,
  });
  if (!explained.isKnown) throw noSuchOption(words, lessons.words) ?? notKnown(text, explained, lessons.words);
  if (output === 'json') printJson(context, explanationJson(explained.explanations, language));
  else printLines(context, explanationLines(explained.explanations, lessons, lookOf(context)));
  return 0;
}

/** Flags of components are words here, so that a mistyped option is one too. */
function noSuchOption([first = '']: readonly string[], words: Words): InputFailure | undefined {
  const [option = ''] = first.split('=');
  if (!/^--?\w/.test(option) || thingsNamed(option).length > 0) return undefined;
  const meant = nearest(option, ['--root', '--output', '--lang', ...namesNear(option)]);
  const fix = meant === undefined ? words.listTopics : words.didYouMean(meant);
  const message = words.noSuchOption(option);
  return new InputFailure(message, [problem('unknown-option', option, message, fix)]);
}

function notKnown(text: string, explained: Extract<Explained, {isKnown: false}>, words: Words): Failure {
  const {message, nextSteps} = notKnownText(text, explained, words);
  return new Failure('not-known', message, {nextSteps});
}

function lookOf({stdout, colour, glyphs}: Context): ExplanationLook {
  return {width: stdout.isTTY ? stdout.columns : 80, colour, glyphs};
}

/** The end of a long log says most; more than this of it nobody pastes on purpose. */
const mostBytes = 1 << 20;

async function everythingFrom(stdin: AsyncIterable<unknown>): Promise<string> {
  let text = '';
  for await (const chunk of stdin) text = (text + String(chunk)).slice(-mostBytes);
  return text;
}

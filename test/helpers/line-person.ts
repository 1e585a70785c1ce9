import {PassThrough} from 'node:stream';
import {stripVTControlCharacters} from 'node:util';
import type {
  Asker,
  AskerContext,
  ChooseQuestion,
  ChooseSomeQuestion,
  ConfirmQuestion,
  LinesQuestion,
  Question,
  TextQuestion,
} from '../../src/line/ask.ts';
import {numberedLines} from '../../src/line/numbered-lines.ts';
import {prompts} from '../../src/line/prompts.ts';

export const askerNames = ['numbered lines', 'prompts'] as const;
export type AskerName = (typeof askerNames)[number];

/**
 * An answer in words: an option's value, several of them with commas, a text, lines, `yes`. After a line break stands
 * what is typed if the line before it is refused.
 */
export type Answer = string | typeof enter | typeof back;

/** Enter alone: whatever stands there. */
export const enter: unique symbol = Symbol('enter');
/** Back to the question before. */
export const back: unique symbol = Symbol('back');

/** What a person answers to a question; asked once for each time that the question is asked. */
export type Answers = (ask: string, question: Question) => Answer;

/** A terminal's two ends, and what was shown. */
export interface Terminal {
  readonly context: AskerContext;
  readonly type: (keys: string) => void;
  readonly hangUp: () => void;
  readonly interrupt: (reason: Error) => void;
  /** Everything that was written, escape codes and all. */
  readonly raw: () => string;
  /** The same without escape codes. */
  readonly shown: () => string;
}

export function terminal({
  isTTY = false,
  columns = 80,
  glyphs = 'unicode',
  colour = false,
}: {isTTY?: boolean; columns?: number; glyphs?: 'unicode' | 'ascii'; colour?: boolean} = {}): Terminal {
  const modes: boolean[] = [];
  const setRawMode = (isRaw: boolean): void => void modes.push(isRaw);
  const stdin = Object.assign(new PassThrough(), isTTY ? {isTTY, setRawMode} : {});
  // As Node marks standard output, which no pipe into it may end.
  const stdout = Object.assign(new PassThrough({encoding: 'utf8'}), {columns, _isStdio: true});
  const stop = new AbortController();
  let written = '';
  stdout.on('data', (text: string) => (written += text));
  return {
    context: {stdin, stdout, signal: stop.signal, colour, glyphs},
    type: (keys) => stdin.write(keys),
    hangUp: () => stdin.end(),
    interrupt: (reason) => stop.abort(reason),
    raw: () => written,
    shown: () => stripVTControlCharacters(written),
  };
}

function askerAt(name: AskerName, {context}: Terminal): Asker {
  return name === 'prompts' ? prompts(context) : numberedLines(context);
}

/** An asker with somebody at its keyboard: what is asked is answered with the keys that a person would press. */
export function personAt(name: AskerName, at: Terminal, answers: Answers): Asker {
  const asker = askerAt(name, at);
  const keys = name === 'prompts' ? promptKeys : numberedKeys;
  const answering =
    <Asked extends Question, Result>(ask: (question: Asked) => Promise<Result>, press: Press<Asked>) =>
    (question: Asked): Promise<Result> => {
      const answer = answers(question.ask, question);
      const result = ask(question);
      const pressed = answer === back ? keys.back : press(answer, question);
      // A terminal that nobody took over shows what is typed.
      if (name === 'numbered lines') at.context.stdout.write(pressed);
      at.type(pressed);
      return result;
    };
  return {
    howTo: asker.howTo,
    say: asker.say,
    title: asker.title,
    show: asker.show,
    showCommand: asker.showCommand,
    tableWidth: asker.tableWidth,
    close: asker.close,
    choose: answering((question) => asker.choose(question), keys.choose),
    chooseSome: answering((question) => asker.chooseSome(question), keys.chooseSome),
    text: answering((question) => asker.text(question), keys.text),
    lines: answering((question) => asker.lines(question), keys.lines),
    confirm: answering((question) => asker.confirm(question), keys.confirm),
    secret: answering((question) => asker.secret(question), keys.secret),
  };
}

type Press<Asked> = (answer: string | typeof enter, question: Asked) => string;

interface Keys {
  readonly back: string;
  readonly choose: Press<ChooseQuestion>;
  readonly chooseSome: Press<ChooseSomeQuestion>;
  readonly text: Press<TextQuestion>;
  readonly lines: Press<LinesQuestion>;
  readonly confirm: Press<ConfirmQuestion>;
  readonly secret: Press<Question>;
}

const typedLine = (answer: string | typeof enter): string => (answer === enter ? '\n' : `${answer}\n`);

const numberedKeys: Keys = {
  back: '<\n',
  choose: (answer, {options}) => typedLine(answer === enter ? answer : `${numberOf(answer, options)}`),
  chooseSome: (answer) => typedLine(answer === '' ? '-' : answer),
  text: (answer) => typedLine(answer === '' ? '-' : answer),
  lines: typedLine,
  confirm: typedLine,
  secret: typedLine,
};

const clearLine = '\u0015';

const promptKeys: Keys = {
  back: '\u001B',
  choose: (answer, {options}) => (answer === enter ? '\r' : `${numberOf(answer, options)}\r`),
  chooseSome: (answer, {options, chosen}) => {
    if (answer === enter) return '\r';
    const wanted = answer.split(/[\s,]+/);
    // A number switches its option on or off.
    const switched = options.flatMap(({value}, index) =>
      chosen.includes(value) === wanted.includes(value) ? [] : [String(index + 1)],
    );
    return `${switched.join('')}\r`;
  },
  text: (answer) => (answer === enter ? '\r' : `${clearLine}${answer === '' ? '-' : answer}\r`),
  lines: (answer) => (answer === enter ? '\r' : `${answer.replaceAll('\n', '\r')}\r`),
  confirm: (answer) => (answer === enter ? '\r' : `${answer}\r`),
  secret: (answer) => (answer === enter ? '\r' : `${answer}\r`),
};

function numberOf(answer: string, options: ChooseQuestion['options']): number {
  const index = options.findIndex(({value}) => value === answer);
  if (index === -1) throw new Error(`${answer} is not among ${options.map(({value}) => value).join(', ')}`);
  return index + 1;
}

/** Answers by question, in order where there are several; a question that is not in the table gets Enter. */
export function answersFrom(table: Readonly<Record<string, Answer | readonly Answer[]>>): Answers {
  const left = new Map<string, Answer[]>(
    Object.entries(table).map(([ask, given]) => [ask, typeof given === 'object' ? [...given] : [given]]),
  );
  return (ask) => left.get(ask.replace(', a line or Enter when done', ''))?.shift() ?? enter;
}

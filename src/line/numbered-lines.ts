import {Failure} from '../base/failure.ts';
import {nearest} from '../base/nearest.ts';
import {problem, type Problem} from '../base/problem.ts';
import {Secret} from '../base/secret.ts';
import type {StepOption} from '../wizard/step.ts';
import {
  answered,
  commandIn,
  wentBack,
  type Asker,
  type AskerContext,
  type ChooseQuestion,
  type ChooseSomeQuestion,
  type ConfirmQuestion,
  type LinesQuestion,
  type Question,
  type Reply,
  type TextQuestion,
} from './ask.ts';
import {LineReader} from './line-reader.ts';
import {printable, problemLines, widthOf, wrapped, wrappedText} from './words.ts';

/** More options than this are shown on request. */
const mostOptions = 20;

/** What a typed line comes to: an answer, or what is wrong with it. */
type Reading<Value> = {readonly value: Value; readonly problems: readonly Problem[]};

/**
 * Questions as lines that are only ever added to: options have numbers, the default stands in brackets, nothing is
 * repainted and no escape code is written. For screen readers and terminals that can do no more.
 */
export function numberedLines(context: AskerContext): Asker {
  return new NumberedLines(context);
}

class NumberedLines implements Asker {
  readonly howTo =
    'Answer with a number or a word. Enter alone takes what stands in brackets, ? explains, < goes back, Ctrl-C stops.';
  /** A screen reader reads line by line: there are no columns. */
  readonly tableWidth = 0;
  readonly #context: AskerContext;
  readonly #reader: LineReader;

  constructor(context: AskerContext) {
    this.#context = context;
    this.#reader = new LineReader(context.stdin, context.signal);
  }

  readonly say = (...lines: readonly string[]): void => {
    this.#print(wrappedText(lines, widthOf(this.#context.stdout)));
  };

  readonly title = (text: string): void => this.say('', text);

  readonly show = (lines: readonly string[]): void => {
    this.#print(lines.flatMap((line) => wrapped(line, widthOf(this.#context.stdout))));
  };

  readonly showCommand = (command: string): void => this.#print([`  ${command}`]);

  choose({options, chosen, judge, ...question}: ChooseQuestion): Promise<Reply<string>> {
    const initial = options.find(({value}) => value === chosen) ?? options[0];
    const number = initial === undefined ? '' : `${options.indexOf(initial) + 1}, ${initial.label}`;
    return this.#ask(withOptions(question, options), number, (typed) => {
      if (typed === '' && initial !== undefined) return judgedBy(judge, initial.value);
      const option = optionFor(typed, options);
      return option === undefined ? {value: '', problems: [noOption(typed, options)]} : judgedBy(judge, option.value);
    });
  }

  chooseSome({options, chosen, judge, ...question}: ChooseSomeQuestion): Promise<Reply<readonly string[]>> {
    const initial = options.filter(({value}) => chosen.includes(value));
    const numbers = initial.map((option) => options.indexOf(option) + 1).join(', ');
    const help = [...question.help, 'Any number of these, separated by commas; - for none.'];
    return this.#ask(withOptions({...question, help}, options), numbers === '' ? '-' : numbers, (typed) => {
      if (typed === '')
        return judgedBy(
          judge,
          initial.map(({value}) => value),
        );
      const words = typed === '-' ? [] : typed.split(/[\s,;]+/).filter((word) => word !== '');
      const unknown = words.filter((word) => optionFor(word, options) === undefined);
      if (unknown.length > 0) return {value: [], problems: unknown.map((word) => noOption(word, options))};
      const picked = words.map((word) => optionFor(word, options));
      return judgedBy(
        judge,
        options.filter((option) => picked.includes(option)).map(({value}) => value),
      );
    });
  }

  text({initial, canBeEmpty = false, judge, ...question}: TextQuestion): Promise<Reply<string>> {
    const hint = canBeEmpty && initial !== '' ? ['Enter alone leaves it as it is, - leaves it empty.'] : [];
    return this.#ask({...question, help: [...question.help, ...hint]}, initial, (typed) =>
      judgedBy(judge, typed === '' ? initial : typed === '-' && canBeEmpty ? '' : typed),
    );
  }

  async lines({isRepeated, ...question}: LinesQuestion): Promise<Reply<string>> {
    if (!isRepeated) this.#explain(question);
    for (;;) {
      this.#write(`${question.ask}: `);
      const typed = (await this.#reader.pasted()).join('\n').trim();
      const command = commandIn(typed);
      if (command === undefined) return answered(typed);
      if (command === 'back') return wentBack;
      this.#explain(question);
    }
  }

  confirm({initial, ...question}: ConfirmQuestion): Promise<Reply<boolean>> {
    return this.#ask({...question, ask: `${question.ask} yes or no`}, initial ? 'yes' : 'no', (typed) => {
      const word = typed.toLowerCase();
      if (word === '') return {value: initial, problems: []};
      const isYes = 'yes'.startsWith(word);
      const isKnown = isYes || 'no'.startsWith(word);
      return {
        value: isYes,
        problems: isKnown ? [] : [problem('not-yes-or-no', '', 'that is not yes or no', 'type yes or no')],
      };
    });
  }

  async secret(question: Question): Promise<Secret> {
    if (this.#context.stdin.isTTY !== true || this.#context.stdin.setRawMode === undefined) {
      throw new Failure('no-hidden-input', `${question.ask} cannot be typed here without being seen`, {
        nextSteps: ['say in the plan where it is: passphrase: {file: PATH} or {env: NAME}'],
      });
    }
    this.#explain(question);
    for (;;) {
      const typed = await this.#reader.hidden(() => this.#write(`${question.ask}, not shown while you type: `));
      this.#write('\n');
      if (typed !== '') return new Secret(typed);
      this.say(...problemLines([problem('value-missing', '', 'nothing was typed', 'type it, or stop with Ctrl-C')]));
    }
  }

  readonly close = (): void => this.#reader.close();

  /** Until an answer is taken. */
  async #ask<Value>(
    question: Question,
    initial: string,
    read: (typed: string) => Reading<Value>,
  ): Promise<Reply<Value>> {
    this.#explain(question);
    for (;;) {
      this.#write(`${question.ask}${initial === '' ? '' : ` [${initial}]`}: `);
      const typed = (await this.#reader.next()).trim();
      const command = commandIn(typed);
      if (command === 'back') return wentBack;
      if (command === 'help') {
        this.#explain(question);
        continue;
      }
      const {value, problems} = read(typed);
      if (problems.length === 0) return answered(value);
      this.say(...problemLines(problems));
    }
  }

  #explain({help}: Question): void {
    this.say('', ...help);
  }

  #print(lines: readonly string[]): void {
    this.#write(lines.map((line) => `${line}\n`).join(''));
  }

  #write(text: string): void {
    this.#context.stdout.write(printable(text, this.#context.glyphs));
  }
}

function withOptions(question: Question, options: readonly StepOption[]): Question {
  const shown = options
    .slice(0, mostOptions)
    .map(({label, help}, index) => `${index + 1}) ${label}${help === '' ? '' : `: ${help}`}`);
  const last = options.at(-1);
  const more = options.length > mostOptions ? [`... up to ${options.length}) ${last?.label ?? ''}`] : [];
  return {...question, help: [...question.help, ...shown, ...more]};
}

/** By number, by value, by label, or by the beginning of just one of them. */
function optionFor(typed: string, options: readonly StepOption[]): StepOption | undefined {
  const word = typed.toLowerCase();
  if (/^\d+$/.test(word) && options[Number(word) - 1] !== undefined) return options[Number(word) - 1];
  const names = (option: StepOption): readonly string[] => [option.value.toLowerCase(), option.label.toLowerCase()];
  const exact = options.find((option) => names(option).includes(word));
  if (exact !== undefined || word === '') return exact;
  const begun = options.filter((option) => names(option).some((name) => name.startsWith(word)));
  return begun.length === 1 ? begun[0] : undefined;
}

function noOption(typed: string, options: readonly StepOption[]): Problem {
  const meant = nearest(
    typed.slice(0, 80),
    options.flatMap(({value, label}) => [value, label]).filter((name) => name !== ''),
  );
  const fix = `type a number from 1 to ${options.length}, or a word of the list`;
  return problem(
    'unknown-choice',
    '',
    `${JSON.stringify(typed)} is none of the choices`,
    meant === undefined ? fix : `did you mean ${meant}? ${fix}`,
  );
}

function judgedBy<Value>(judge: ((value: Value) => readonly Problem[]) | undefined, value: Value): Reading<Value> {
  return {value, problems: judge?.(value) ?? []};
}

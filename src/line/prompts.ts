import {styleText} from 'node:util';
import type * as inquirer from '@inquirer/prompts';
import {Cancelled} from '../base/failure.ts';
import {Secret} from '../base/secret.ts';
import {
  answered,
  commandIn,
  wentBack,
  type Asker,
  type AskerContext,
  type ChooseQuestion,
  type ChooseSomeQuestion,
  type ConfirmQuestion,
  type Input,
  type LinesQuestion,
  type Question,
  type Reply,
  type TextQuestion,
} from './ask.ts';
import {cancelledBy, inputEnded, LineReader} from './line-reader.ts';
import {listTheme, promptTheme} from './prompt-theme.ts';
import {printable, problemLines, widthOf, wrapped, wrappedText} from './words.ts';

type Library = typeof inquirer;
type PromptContext = {readonly input: Input; readonly output: NodeJS.WritableStream; readonly signal: AbortSignal};

/** Questions with @inquirer/prompts: lists to move in, lines to edit. Each prompt repaints its own lines and no others. */
export function prompts(context: AskerContext): Asker {
  return new Prompts(context);
}

class Prompts implements Asker {
  readonly howTo = 'Enter takes an answer, Esc goes back, ? typed as a text explains again, Ctrl-C stops.';
  readonly #context: AskerContext;

  constructor(context: AskerContext) {
    this.#context = context;
  }

  readonly say = (...lines: readonly string[]): void => this.#print(this.#wrapped(lines));

  readonly title = (text: string): void =>
    this.#print(['', ...this.#wrapped([text]).map((line) => this.#styled('bold', line))]);

  readonly show = (lines: readonly string[]): void => {
    this.#print(lines.flatMap((line) => wrapped(this.#tame(line), this.tableWidth)));
  };

  readonly showCommand = (command: string): void => this.#print([`  ${this.#tame(command)}`]);

  get tableWidth(): number {
    return widthOf(this.#context.stdout);
  }

  async choose({options, chosen, judge, ...question}: ChooseQuestion): Promise<Reply<string>> {
    this.#explain(question);
    let initial = chosen;
    for (;;) {
      const reply = await this.#run(({select}, context) =>
        select<string>(
          {
            message: this.#tame(question.ask),
            choices: options.map(({value, label, help}) => ({
              value,
              name: this.#tame(label),
              description: this.#wrapped([help]).join('\n'),
            })),
            default: initial ?? '',
            loop: false,
            pageSize: 12,
            theme: listTheme(this.#context.glyphs),
          },
          context,
        ),
      );
      if (reply.kind === 'went-back') return reply;
      const problems = judge?.(reply.value) ?? [];
      if (problems.length === 0) return reply;
      initial = reply.value;
      this.say(...problemLines(problems));
    }
  }

  chooseSome({options, chosen, judge, ...question}: ChooseSomeQuestion): Promise<Reply<readonly string[]>> {
    this.#explain(question);
    return this.#run<readonly string[]>(({checkbox}, context) =>
      checkbox<string>(
        {
          message: this.#tame(question.ask),
          choices: options.map(({value, label, help}) => ({
            value,
            name: this.#tame(label),
            description: this.#wrapped([help]).join('\n'),
            checked: chosen.includes(value),
          })),
          loop: false,
          validate: (picked) => this.#verdict(problemLines(judge(picked.map(({value}) => value)))),
          theme: listTheme(this.#context.glyphs),
        },
        context,
      ),
    );
  }

  async text({
    initial,
    canBeEmpty = false,
    isEdited = false,
    judge,
    ...question
  }: TextQuestion): Promise<Reply<string>> {
    const hint = canBeEmpty && initial !== '' ? ['- leaves it empty.'] : [];
    const explained = {...question, help: [...question.help, ...hint]};
    const shown = this.#tame(initial);
    const answerIn = (typed: string): string =>
      typed === shown ? initial : typed.trim() === '-' && canBeEmpty ? '' : typed;
    this.#explain(explained);
    for (;;) {
      const reply = await this.#run(({input}, context) =>
        input(
          {
            message: this.#tame(question.ask),
            default: shown,
            prefill: isEdited ? 'editable' : 'tab',
            validate: (typed) => commandIn(typed) !== undefined || this.#verdict(problemLines(judge(answerIn(typed)))),
            theme: promptTheme(this.#context.glyphs),
          },
          context,
        ),
      );
      if (reply.kind === 'went-back') return reply;
      const command = commandIn(reply.value);
      if (command === undefined) return answered(answerIn(reply.value));
      if (command === 'back') return wentBack;
      this.#explain(explained);
    }
  }

  /** The prompts lose what is pasted behind a line's end, so these lines are read without them. */
  async lines({isRepeated, ...question}: LinesQuestion): Promise<Reply<string>> {
    if (!isRepeated) this.#explain(question);
    const reader = new LineReader(this.#context.stdin, this.#context.signal, this.#context.stdout);
    try {
      for (;;) {
        reader.prompt(`${this.#styled('bold', this.#tame(question.ask))}: `);
        const typed = (await reader.pasted()).join('\n').trim();
        const command = commandIn(typed);
        if (command === undefined) return answered(typed);
        if (command === 'back') return wentBack;
        this.#explain(question);
      }
    } finally {
      reader.close();
    }
  }

  confirm({initial, ...question}: ConfirmQuestion): Promise<Reply<boolean>> {
    this.#explain(question);
    return this.#run(({confirm}, context) =>
      confirm({message: this.#tame(question.ask), default: initial, theme: promptTheme(this.#context.glyphs)}, context),
    );
  }

  async secret(question: Question): Promise<Secret> {
    this.#explain(question);
    for (;;) {
      const reply = await this.#run(({password}, context) =>
        password(
          {
            message: this.#tame(question.ask),
            mask: '*',
            toggleMask: false,
            validate: (typed) => typed !== '' || 'Nothing was typed. Type it, or stop with Ctrl-C.',
            theme: promptTheme(this.#context.glyphs),
          },
          context,
        ),
      );
      // There is no question before it; whoever wants out has Ctrl-C.
      if (reply.kind === 'answered') return new Secret(reply.value);
    }
  }

  readonly close = (): void => {};

  /**
   * Runs one prompt. The library ends neither at the end of the input nor with Ctrl-D: the program would run out of
   * things to wait for and exit in the middle, so both are watched for here. Esc goes back.
   */
  async #run<Value>(start: (library: Library, context: PromptContext) => Promise<Value>): Promise<Reply<Value>> {
    const {stdin, stdout, signal} = this.#context;
    const library = await import('@inquirer/prompts');
    if (signal.aborted) throw cancelledBy(signal);
    if (stdin.readableEnded || stdin.destroyed) throw inputEnded();
    const stop = new AbortController();
    let isLeft = false;
    const end = (): void => stop.abort();
    const watch = (_: unknown, key: {readonly name?: string; readonly ctrl?: boolean} | undefined): void => {
      if (key?.name === 'escape') {
        isLeft = true;
        stop.abort();
      }
      // Ctrl-D in an empty line closes the input, elsewhere it deletes a letter.
      if (key?.name === 'd' && key.ctrl === true) setImmediate(() => stdin.isPaused() && end());
    };
    stdin.on('keypress', watch).on('end', end).on('close', end);
    try {
      const context = {input: stdin, output: stdout, signal: AbortSignal.any([signal, stop.signal])};
      return answered(await start(library, context));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (error.name === 'ExitPromptError') throw new Cancelled();
      if (error.name !== 'AbortPromptError') throw error;
      if (signal.aborted) throw cancelledBy(signal);
      if (isLeft) return wentBack;
      throw inputEnded();
    } finally {
      stdin.off('keypress', watch).off('end', end).off('close', end);
    }
  }

  #verdict(wrong: readonly string[]): true | string {
    return wrong.length === 0 || wrong.map((line) => this.#tame(line)).join('\n');
  }

  #explain({help}: Question): void {
    this.#print(['', ...this.#wrapped(help).map((line) => this.#styled('dim', line))]);
  }

  #wrapped(lines: readonly string[]): string[] {
    return wrappedText(
      lines.map((line) => this.#tame(line)),
      this.tableWidth,
    );
  }

  /** Only what is styled here may hold an escape code. */
  #tame(text: string): string {
    return printable(text, this.#context.glyphs);
  }

  #print(lines: readonly string[]): void {
    this.#context.stdout.write(lines.map((line) => `${line}\n`).join(''));
  }

  #styled(style: 'bold' | 'dim', text: string): string {
    return this.#context.colour && text !== '' ? styleText(style, text, {validateStream: false}) : text;
  }
}

import type {Readable} from 'node:stream';
import type {Problem} from '../base/problem.ts';
import type {Secret} from '../base/secret.ts';
import type {StepOption} from '../wizard/step.ts';

/**
 * How line mode asks. There are two askers: prompts that repaint their own lines (`prompts.ts`), and numbered lines
 * that only append (`numbered-lines.ts`). What is asked, and whether an answer is good, they are told.
 */
export interface Asker {
  /** How to answer, go back and stop, in a sentence or two. */
  readonly howTo: string;
  /** A line of text each; long ones are wrapped between words, under their own indentation. */
  readonly say: (...lines: readonly string[]) => void;
  /** The same, set apart as the heading of what follows. */
  readonly title: (text: string) => void;
  /** Lines of a report: as wide as the terminal is. */
  readonly show: (lines: readonly string[]) => void;
  /** A command to copy: on one line, however long. */
  readonly showCommand: (command: string) => void;
  /** Columns that a table may have; 0 where nobody looks at columns. */
  readonly tableWidth: number;

  readonly choose: (question: ChooseQuestion) => Promise<Reply<string>>;
  readonly chooseSome: (question: ChooseSomeQuestion) => Promise<Reply<readonly string[]>>;
  readonly text: (question: TextQuestion) => Promise<Reply<string>>;
  /** What was typed and what was pasted behind it, as lines of text; `''` for Enter alone. */
  readonly lines: (question: LinesQuestion) => Promise<Reply<string>>;
  readonly confirm: (question: ConfirmQuestion) => Promise<Reply<boolean>>;
  /** Not shown while it is typed. Throws a `Failure` where that cannot be had. */
  readonly secret: (question: Question) => Promise<Secret>;
  /** Lets go of standard input. */
  readonly close: () => void;
}

/** Every question may be left for the one before it. Ctrl-C, and the end of the input, throw `Cancelled`. */
export type Reply<Value> = {readonly kind: 'answered'; readonly value: Value} | {readonly kind: 'went-back'};

export interface Question {
  /** A short noun phrase: `Service subnets`. */
  readonly ask: string;
  /** Sentences, each a paragraph: said before it is asked, and again on request. */
  readonly help: readonly string[];
}

/** What is wrong with an answer; empty = it is taken. */
export type Judge<Value> = (value: Value) => readonly Problem[];

export interface ChooseQuestion extends Question {
  readonly options: readonly StepOption[];
  /** The value that Enter alone stands for; undefined, or none of the options = the first. */
  readonly chosen?: string | undefined;
  readonly judge?: Judge<string>;
}

export interface ChooseSomeQuestion extends Question {
  readonly options: readonly StepOption[];
  readonly chosen: readonly string[];
  readonly judge: Judge<readonly string[]>;
}

export interface TextQuestion extends Question {
  /** What Enter alone stands for. */
  readonly initial: string;
  /** Whether it may be left empty; `-` says so where Enter alone stands for something else. */
  readonly canBeEmpty?: boolean;
  /** Whether the answer is rather changed than written anew: then it stands there to be edited, where that can be. */
  readonly isEdited?: boolean;
  readonly judge: Judge<string>;
}

export interface LinesQuestion extends Question {
  /** Asked once more: the help is not said again. */
  readonly isRepeated: boolean;
}

export interface ConfirmQuestion extends Question {
  readonly initial: boolean;
}

/** Standard input, as much of it as is used. */
export type Input = Readable & {
  readonly isTTY?: boolean | undefined;
  readonly setRawMode?: ((raw: boolean) => unknown) | undefined;
};

/** Standard output, as much of it as is used. */
export type Output = NodeJS.WritableStream & {readonly columns?: number | undefined};

export interface AskerContext {
  readonly stdin: Input;
  readonly stdout: Output;
  /** Aborted by a signal: whatever is being asked throws `Cancelled`. */
  readonly signal: AbortSignal;
  readonly colour: boolean;
  readonly glyphs: 'unicode' | 'ascii';
}

export function answered<Value>(value: Value): Reply<Value> {
  return {kind: 'answered', value};
}

export const wentBack = {kind: 'went-back'} as const satisfies Reply<never>;

/** What can be typed instead of an answer. */
export function commandIn(typed: string): 'help' | 'back' | undefined {
  switch (typed.trim().toLowerCase()) {
    case '?':
      return 'help';
    case '<':
    case 'back':
      return 'back';
    default:
      return undefined;
  }
}

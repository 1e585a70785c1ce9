import type {Command as Parser} from 'commander';
import type {Context} from './context.ts';

/** What a command line asks for; resolves to the exit code. */
export type Run = (context: Context) => Promise<number>;

/** Called by the parser with what the words ask for. */
export type Choose = (run: Run) => void;

/** A command of its own, with a line for the list and a sentence for its help. */
export function command(program: Parser, name: string, summary: string, description: string): Parser {
  return program
    .command(name)
    .summary(summary)
    .description(description)
    .allowExcessArguments(false)
    .showHelpAfterError(`Try 'certwright ${name} --help'.`);
}

/** Examples under a command's help, each with what it does. */
export function examples(rows: readonly (readonly [what: string, command: string])[]): string {
  return ['', 'Examples:', ...rows.flatMap(([what, command]) => [`  # ${what}`, `  $ ${command}`])].join('\n');
}

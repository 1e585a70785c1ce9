import {styleText} from 'node:util';
import {Command as Parser, CommanderError, Option} from 'commander';
import {languages} from './base/language.ts';
import {nearest} from './base/nearest.ts';
import {colourChoices, contextOf, settleEnvironment, type GlobalOptions, type Host} from './commands/context.ts';
import {declareCommands} from './commands/declare.ts';
import type {ExitCodes} from './commands/ending.ts';
import type {Run} from './commands/parser.ts';

/** A command line that was understood, or one whose answer (help, a usage error) is printed already. */
export interface Command {
  readonly exits: ExitCodes;
  readonly debug: boolean;
  /** Resolves to the exit code. */
  readonly run: () => Promise<number>;
}

/** Commands whose exit codes are the monitoring plugins'; a usage error of theirs is 3. */
const monitoring: ReadonlySet<string> = new Set(['check', 'verify']);

/** The words of a command line → what to do. */
export function readCommandLine(words: readonly string[], host: Host, version: string): Command {
  let chosen: Run | undefined;
  const program = createParser(host, version);
  declareCommands(program, (run) => (chosen = run), words[0]);
  const named = words.find((word) => program.commands.some((command) => command.name() === word));
  const exits = named !== undefined && monitoring.has(named) ? 'monitoring' : 'usual';
  try {
    refuseUnknownCommand(program, words);
    program.parse(words, {from: 'user'});
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const exitCode = error.exitCode === 0 ? 0 : exits === 'monitoring' ? 3 : 2;
    return {exits, debug: false, run: async () => exitCode};
  }
  const run = chosen;
  if (run === undefined) throw new Error('a command line was read, but no command came of it');
  const options = program.opts<GlobalOptions>();
  const context = contextOf(host, options);
  settleEnvironment(host.environment, context.colour);
  return {exits, debug: options.debug, run: () => run(context)};
}

function createParser(host: Host, version: string): Parser {
  const program = new Parser('certwright');
  return program
    .description(
      'The certificates of a Kubernetes cluster: see them before they exist, prove them before they run.\n' +
        'Without a command it opens the wizard; without a terminal it makes, proves and shows an example.',
    )
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addOption(
      new Option('--color <when>', 'paint the output; auto heeds NO_COLOR and FORCE_COLOR')
        .choices(colourChoices)
        .default('auto'),
    )
    .option('--ascii', 'draw with ASCII only', false)
    .addOption(
      new Option(
        '--lang <language>',
        'what lessons and explanations are written in (default: as the locale says)',
      ).choices(languages),
    )
    .option(
      '--state-dir <dir>',
      'where drafts and answers to the quiz are kept (default: certwright in the XDG state folder)',
    )
    .option('--debug', 'with a failure, print where it comes from', false)
    .exitOverride()
    .showSuggestionAfterError()
    .allowExcessArguments()
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      writeErr: (text) => host.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'certwright: ')),
      getOutHelpWidth: () => helpWidth(host.stdout.columns),
      getErrHelpWidth: () => helpWidth(host.stderr.columns),
      getOutHasColors: () => contextOf(host, program.opts()).colour,
      getErrHasColors: () => false,
    })
    .configureHelp({
      showGlobalOptions: true,
      optionDescription: describeOption,
      styleTitle: (title) => styleText('bold', title, {validateStream: false}),
    })
    .showHelpAfterError("Try 'certwright --help'.");
}

function helpWidth(columns: number | undefined): number {
  return Math.min(columns ?? 80, 100);
}

/** `how to print it: table (default), json`. */
function describeOption({description, argChoices, defaultValue}: Option): string {
  if (argChoices === undefined) return description;
  return `${description}: ${argChoices.map((choice) => (choice === defaultValue ? `${choice} (default)` : choice)).join(', ')}`;
}

/**
 * The parser itself would take a mistyped command for an argument of the bare program, and say that there are too
 * many of them.
 */
function refuseUnknownCommand(program: Parser, words: readonly string[]): void {
  const [name] = program.parseOptions([...words]).operands;
  const known = [...program.commands.map((command) => command.name()), 'help'];
  if (name === undefined || known.includes(name)) return;
  const meant = nearest(name, known);
  program.error(`error: there is no command '${name}'${meant === undefined ? '' : `; did you mean '${meant}'?`}`);
}

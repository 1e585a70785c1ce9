import type {ReadStream, WriteStream} from 'node:tty';
import {type Language, languageIn} from '../base/language.ts';

export type Environment = Record<string, string | undefined>;

/** What the outside gives: `main.ts` takes it from the process, a test makes its own. */
export interface Host {
  /** Opened when it is first asked for. */
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly stderr: WriteStream;
  readonly environment: Environment;
  /** Absolute; paths that a person types are relative to it. */
  readonly cwd: string;
  readonly now: () => Date;
  /** For lengths of time: never set back, whatever is done to the clock. */
  readonly milliseconds: () => number;
  /** Aborted by a signal: finish cleanly and throw `Cancelled`. */
  readonly signal: AbortSignal;
}

/** What a command gets: the host, and what follows from it and from the global options. */
export interface Context extends Host {
  readonly asks: Asks;
  /** Whether standard output is painted. */
  readonly colour: boolean;
  readonly glyphs: 'unicode' | 'ascii';
  /** What lessons and explanations are written in. */
  readonly language: Language;
  /** `--state-dir` as typed. */
  readonly stateDirectory: string | undefined;
}

/**
 * Who answers a question: the full screen, prompts that repaint their own lines, numbered lines that only append (screen
 * readers, dumb terminals), or nobody, and then a missing answer is an error.
 */
export type Asks = 'screen' | 'prompts' | 'numbered-lines' | 'nobody';

export const colourChoices = ['auto', 'always', 'never'] as const;

export interface GlobalOptions {
  readonly color: (typeof colourChoices)[number];
  readonly ascii: boolean;
  readonly lang?: Language;
  readonly stateDir?: string;
  readonly debug: boolean;
}

/** @param lines `--line`: question by question even where the full screen would do */
export function contextOf(host: Host, options: GlobalOptions, lines = false): Context {
  const {stdout, stderr, environment, cwd, now, milliseconds, signal} = host;
  return {
    get stdin() {
      return host.stdin;
    },
    stdout,
    stderr,
    environment,
    cwd,
    now,
    milliseconds,
    signal,
    asks: whoAnswers(host, lines),
    colour: isPainted(host, options.color),
    glyphs: options.ascii || !speaksUnicode(host.environment) ? 'ascii' : 'unicode',
    language: options.lang ?? languageOf(host.environment),
    stateDirectory: options.stateDir,
  };
}

function whoAnswers(host: Host, lines: boolean): Asks {
  const {stdout, environment} = host;
  if (!stdout.isTTY || !host.stdin.isTTY || isOn(environment.CI)) return 'nobody';
  if (isOn(environment.ACCESSIBLE) || environment.TERM === 'dumb') return 'numbered-lines';
  return lines ? 'prompts' : 'screen';
}

/** `--color`, then NO_COLOR (no-color.org: set and not empty), then FORCE_COLOR, then the terminal. */
function isPainted({stdout, environment}: Host, choice: GlobalOptions['color']): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (isGiven(environment.NO_COLOR)) return false;
  if (environment.FORCE_COLOR !== undefined) return isOn(environment.FORCE_COLOR) || environment.FORCE_COLOR === '';
  return stdout.isTTY && environment.TERM !== 'dumb';
}

/** Linux's own console lacks most glyphs; a locale that names another encoding cannot show them. No locale says nothing. */
function speaksUnicode({TERM, LC_ALL, LC_CTYPE, LANG}: Environment): boolean {
  if (TERM === 'linux' || TERM === 'dumb') return false;
  const locale = [LC_ALL, LC_CTYPE, LANG].find(isGiven);
  return locale === undefined || /utf-?8/i.test(locale);
}

/** The first that is set decides, as in every program of the machine. */
function languageOf({CERTWRIGHT_LANG, LC_ALL, LC_MESSAGES, LANG}: Environment): Language {
  return languageIn([CERTWRIGHT_LANG, LC_ALL, LC_MESSAGES, LANG].find(isGiven) ?? '');
}

/**
 * Tells the libraries, which look into the environment when they are imported, what was decided. Ink's colours
 * know FORCE_COLOR alone, and Node warns when NO_COLOR stands beside it; DEV=true makes Ink look for its debugger.
 */
export function settleEnvironment(environment: Environment, colour: boolean): void {
  delete environment.DEV;
  delete environment.NO_COLOR;
  if (!colour) environment.FORCE_COLOR = '0';
  else if (!isOn(environment.FORCE_COLOR)) environment.FORCE_COLOR = '1';
}

function isGiven(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

function isOn(value: string | undefined): boolean {
  return isGiven(value) && value !== '0' && value !== 'false';
}

/** Threads that keys are made on: what `main.ts` has told libuv. */
export function threadsOf({environment}: Pick<Host, 'environment'>): number | undefined {
  const threads = Number(environment.UV_THREADPOOL_SIZE);
  return Number.isInteger(threads) && threads > 0 ? threads : undefined;
}

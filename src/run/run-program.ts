import {execa, ExecaError, execaSync, ExecaSyncError, type Options} from 'execa';
import {Cancelled, Failure} from '../base/failure.ts';

/** Runs one program to its end. Passed to whoever needs it, so that a test can pass its own. */
export type RunProgram = (program: string, words: readonly string[], options?: RunOptions) => Promise<Ran>;

export interface RunOptions {
  /** Default: where Certwright itself was started. */
  readonly cwd?: string;
  /** Added to Certwright's own environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Text for its standard input; without it there is none. */
  readonly input?: string;
  /** Milliseconds, then it is ended. Default: one minute. */
  readonly timeout?: number;
  /** Ends it, and rejects with `Cancelled`. */
  readonly signal?: AbortSignal;
  /** Exit codes beside 0 that are an answer and no failure. */
  readonly accept?: readonly number[];
}

export interface Ran {
  readonly exitCode: number;
  /** Without the last newline. Either may hold a secret: what goes into a message is the caller's choice. */
  readonly stdout: string;
  readonly stderr: string;
}

/** Another program said no, or could not be started. Holds neither what it printed nor its input. */
export class CommandFailure extends Failure {
  override readonly name = 'CommandFailure';
  /** undefined when it never started, or a signal ended it. */
  readonly exitCode: number | undefined;

  constructor(
    code: 'program-missing' | 'program-failed' | 'program-timed-out',
    message: string,
    nextStep: string,
    exitCode?: number,
  ) {
    super(code, message, {nextSteps: [nextStep]});
    this.exitCode = exitCode;
  }
}

/** Never through a shell: every word arrives as it is. No secret belongs into `words`: every user of a machine sees them. */
export const runProgram: RunProgram = async (program, words, options = {}) => {
  try {
    const {stdout, stderr} = await execa(program, words, execaOptions(options));
    return {exitCode: 0, stdout, stderr};
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    const {exitCode} = error;
    if (exitCode !== undefined && options.accept?.includes(exitCode)) {
      return {exitCode, stdout: textOf(error.stdout), stderr: textOf(error.stderr)};
    }
    throw failureOf(program, error);
  }
};

/** The same for one call in a row of synchronous ones; what it prints is dropped. */
export function runProgramSync(program: string, words: readonly string[]): void {
  try {
    execaSync(program, words, {stdin: 'ignore', timeout: 60_000});
  } catch (error) {
    if (error instanceof ExecaSyncError) throw failureOf(program, error);
    throw error;
  }
}

function execaOptions(options: RunOptions) {
  return {
    ...(options.cwd === undefined ? {} : {cwd: options.cwd}),
    ...(options.environment === undefined ? {} : {env: options.environment}),
    ...(options.input === undefined ? {stdin: 'ignore' as const} : {input: options.input}),
    ...(options.signal === undefined ? {} : {cancelSignal: options.signal}),
    timeout: options.timeout ?? 60_000,
    // What it has started itself would outlive it, and keep it open by the pipes.
    killDescendants: true,
    // Ten seconds after the polite signal comes the other one.
    forceKillAfterDelay: 10_000,
  } satisfies Options;
}

/** execa types what an error carries by the options of that one call, which a caught error no longer knows. */
function textOf(printed: unknown): string {
  return typeof printed === 'string' ? printed : '';
}

function failureOf(
  program: string,
  error: Pick<ExecaError, 'code' | 'exitCode' | 'isCanceled' | 'shortMessage' | 'timedOut'>,
): Failure | Cancelled {
  if (error.isCanceled) return new Cancelled();
  const name = program.split('/').at(-1) ?? program;
  if (error.code === 'ENOENT' || error.code === 'EACCES') {
    return new CommandFailure(
      'program-missing',
      `${program} cannot be started`,
      `install ${name}, or add its folder to PATH`,
    );
  }
  // `message` would carry what the program printed, and that can hold a token; so would a cause.
  const failed = error.shortMessage;
  if (error.timedOut) {
    return new CommandFailure('program-timed-out', failed, `run ${name} by hand to see what it waits for`);
  }
  return new CommandFailure('program-failed', failed, `run ${name} by hand to see what it says`, error.exitCode);
}

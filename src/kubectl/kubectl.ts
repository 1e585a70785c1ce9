import type {z} from 'zod';
import {Failure} from '../base/failure.ts';
import type {RunProgram} from '../run/run-program.ts';
import {refusalIn} from './refusal.ts';

/** kubectl as one kubeconfig lets it speak, and no other: what the environment or a home folder say does not count. */
export interface Kubectl {
  /** Absolute. */
  readonly kubeconfig: string;
  /**
   * Runs it to its end, on standard output without the last newline.
   *
   * @param input text for its standard input
   * @throws Failure `api-…` with the API server's own words, `program-missing`, `program-timed-out`
   * @throws Cancelled
   */
  readonly run: (words: readonly string[], input?: string) => Promise<string>;
  /** The same for what prints one JSON document, which is checked before it is believed. */
  readonly read: <T>(schema: z.ZodType<T>, words: readonly string[], input?: string) => Promise<T>;
}

export interface KubectlOptions {
  /** Absolute. */
  readonly kubeconfig: string;
  readonly runProgram: RunProgram;
  /** Where kubectl is looked for; undefined = where Certwright itself was started. */
  readonly path?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that one call may take, then it is ended. Default: 45 seconds. */
  readonly timeout?: number | undefined;
}

/** Two thirds of the time is the API server's; in what is left kubectl can still say what it waited for. */
const requestShare = 2 / 3;

export function kubectlFor({kubeconfig, runProgram, path, signal, timeout = 45_000}: KubectlOptions): Kubectl {
  const run = async (words: readonly string[], input?: string): Promise<string> => {
    const limit = `--request-timeout=${Math.max(1, Math.floor((timeout * requestShare) / 1000))}s`;
    const {exitCode, stdout, stderr} = await runProgram('kubectl', [`--kubeconfig=${kubeconfig}`, limit, ...words], {
      timeout,
      // kubectl says every no of the API server with 1.
      accept: [1],
      ...(path === undefined ? {} : {environment: {PATH: path}}),
      ...(signal === undefined ? {} : {signal}),
      ...(input === undefined ? {} : {input}),
    });
    if (exitCode !== 0) throw refusalIn(stderr, kubeconfig);
    return stdout;
  };
  const read = async <T>(schema: z.ZodType<T>, words: readonly string[], input?: string): Promise<T> =>
    checked(schema, await run(words, input), words);
  return {kubeconfig, run, read};
}

function checked<T>(schema: z.ZodType<T>, text: string, words: readonly string[]): T {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw unexpected(text.trim() === '' ? 'nothing' : 'something that is not JSON', words);
  }
  const result = schema.safeParse(document);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw unexpected(`JSON of another shape (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''})`, words);
}

/** Nothing of what it printed is told: it may be anything. */
function unexpected(what: string, words: readonly string[]): Failure {
  const command = words.slice(0, 2).join(' ');
  return new Failure('kubectl-unexpected', `kubectl ${command} printed ${what}`, {
    nextSteps: ['run `kubectl version` to see that it is the real kubectl, and what it reaches'],
  });
}

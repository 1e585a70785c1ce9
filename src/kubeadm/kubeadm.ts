import {Failure} from '../base/failure.ts';
import type {Secret} from '../base/secret.ts';
import type {RunProgram} from '../run/run-program.ts';
import {refusalIn} from './refusal.ts';
import {kubeadmCommand} from './words.ts';

/** kubeadm as one kubeconfig lets it speak. Its default would be /etc/kubernetes/admin.conf, or somebody's ~/.kube/config. */
export interface Kubeadm {
  /** Absolute. */
  readonly kubeconfig: string;
  /** The words that `run` would give it: to be shown before it runs. No secret is in them. */
  readonly commandOf: (words: readonly string[]) => readonly string[];
  /**
   * Runs it to its end, on standard output without the last newline. That may hold a token.
   *
   * @param secrets what must not be in the words of a refusal, beside what looks like a token or a key
   * @throws Failure `kubeadm-…` with kubeadm's own reason, `program-missing`, `program-timed-out`
   * @throws Cancelled
   */
  readonly run: (words: readonly string[], secrets?: readonly Secret[]) => Promise<string>;
  /** `v1.20.2`; asks the program, not the cluster. */
  readonly version: () => Promise<string>;
}

export interface KubeadmOptions {
  /** Absolute. */
  readonly kubeconfig: string;
  readonly runProgram: RunProgram;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that one call may take, then it is ended. Default: 45 seconds. */
  readonly timeout?: number | undefined;
}

const everyExitCode = Array.from({length: 255}, (_, code) => code + 1);

export function kubeadmFor({kubeconfig, runProgram, signal, timeout = 45_000}: KubeadmOptions): Kubeadm {
  const commandOf = (words: readonly string[]): readonly string[] => kubeadmCommand(kubeconfig, words);
  const start = async (words: readonly string[], secrets: readonly Secret[]): Promise<string> => {
    const [program = '', ...rest] = words;
    const {exitCode, stdout, stderr} = await runProgram(program, rest, {
      timeout,
      accept: everyExitCode,
      ...(signal === undefined ? {} : {signal}),
    }).catch((error: unknown) => {
      throw explained(error, timeout, kubeconfig);
    });
    if (exitCode !== 0) throw refusalIn(stderr, kubeconfig, secrets);
    return stdout;
  };
  return {
    kubeconfig,
    commandOf,
    run: (words, secrets = []) => start(commandOf(words), secrets),
    version: async () => (await start(['kubeadm', 'version', '--output=short'], [])).trim(),
  };
}

/** What no word of kubeadm's own can say. */
function explained(error: unknown, timeout: number, kubeconfig: string): unknown {
  if (!(error instanceof Failure)) return error;
  switch (error.code) {
    case 'program-missing':
      return new Failure(error.code, 'there is no kubeadm here', {
        nextSteps: [
          'run it where kubeadm is, mostly a control-plane node; or add the folder of kubeadm to PATH',
          'or write a token to files, for later: certwright token create --offline --bundle DIR --out DIR',
        ],
      });
    case 'program-timed-out':
      return new Failure(error.code, `kubeadm did not end within ${Math.ceil(timeout / 1000)} s, and was ended`, {
        nextSteps: [`see that the API server answers: kubectl --kubeconfig=${kubeconfig} get --raw /readyz`],
      });
    default:
      return error;
  }
}

import {tame} from '../base/tame.ts';
import {Failure} from '../base/failure.ts';
import {redact} from '../base/redact.ts';

/** Codes of what the API server, or kubectl on its way there, says no with. */
export type RefusalCode =
  | 'api-forbidden'
  | 'api-unauthorized'
  | 'api-not-found'
  | 'api-already-exists'
  | 'api-conflict'
  | 'api-invalid'
  | 'api-unreachable'
  | 'api-refused';

interface Refusal {
  readonly code: RefusalCode;
  readonly looks: RegExp;
  /** What to do. */
  readonly nextStep: (kubeconfig: string) => string;
}

/** How kubectl says what it was told (k8s.io/kubectl/pkg/cmd/util/helpers.go, client-go), the first that fits. */
const refusals: readonly Refusal[] = [
  {
    code: 'api-forbidden',
    looks: /\(Forbidden\)|is forbidden:/,
    nextStep: (kubeconfig) => `use a kubeconfig with that right; this was ${kubeconfig}`,
  },
  {
    code: 'api-unauthorized',
    looks: /\(Unauthorized\)|must be logged in|provide credentials/,
    nextStep: (kubeconfig) => `see whether its certificate or token has ended, or is another cluster's: ${kubeconfig}`,
  },
  {code: 'api-not-found', looks: /\(NotFound\)/, nextStep: () => 'see that it is this cluster that was meant'},
  {
    code: 'api-already-exists',
    looks: /\(AlreadyExists\)/,
    nextStep: () => 'remove the one that is there, then run it again',
  },
  {code: 'api-conflict', looks: /\(Conflict\)/, nextStep: () => 'somebody else changed it just now: run it again'},
  {
    code: 'api-invalid',
    looks: /\(Invalid\)|\(BadRequest\)| is invalid: /,
    nextStep: () => 'mend what it names, then run it again',
  },
  {
    code: 'api-unreachable',
    looks:
      /Unable to connect|connection to the server .* was refused|dial tcp|no such host|i\/o timeout|deadline exceeded|Client\.Timeout|TLS handshake|x509:|\((?:ServiceUnavailable|Timeout|ServerTimeout|TooManyRequests)\)|etcdserver:/,
    nextStep: (kubeconfig) => `see that the API server runs and that the address and CA in ${kubeconfig} are its own`,
  },
];

/** The failure that kubectl's standard error tells of. Its words are shown: the API server's reasons are the best there are. */
export function refusalIn(stderr: string, kubeconfig: string): Failure {
  const words = wordsIn(stderr);
  const refusal = refusals.find(({looks}) => looks.test(words));
  const said = words === '' ? 'kubectl failed and said nothing' : words;
  const nextStep = refusal?.nextStep(kubeconfig) ?? `run the same by hand with kubectl --kubeconfig=${kubeconfig}`;
  return new Failure(refusal?.code ?? 'api-refused', said, {nextSteps: [nextStep]});
}

/** Whether a failure is this answer of the API server. */
export function isRefusal(error: unknown, code: RefusalCode): error is Failure {
  return error instanceof Failure && error.code === code;
}

const longest = 600;

/**
 * What kubectl said, on one line, without its log lines (`W1124 …`), warnings and prefixes, and without anything that
 * could be a secret or act on a terminal.
 */
function wordsIn(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map(tame)
    .filter((line) => line !== '' && !/^[IWE]\d{4} |^Warning:/.test(line));
  const said = redact(lines.join(' ')).replace(/^error: /, '');
  return said.length > longest ? `${said.slice(0, longest)}…` : said;
}

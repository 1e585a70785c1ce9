import {tame} from '../base/tame.ts';
import {Failure} from '../base/failure.ts';
import {redact} from '../base/redact.ts';
import type {Secret} from '../base/secret.ts';

interface Refusal {
  readonly code: string;
  readonly looks: RegExp;
  /** What to do. */
  readonly nextStep: (kubeconfig: string) => string;
}

/** How kubeadm says what it was told (cmd/kubeadm/app, client-go), the first that fits. */
const refusals: readonly Refusal[] = [
  {
    code: 'kubeadm-no-kubeconfig',
    looks: /failed to load (?:admin )?kubeconfig|no such file or directory/,
    nextStep: (kubeconfig) =>
      `see that ${kubeconfig} is there and may be read, or name another: --kubeconfig FILE, or --bundle DIR`,
  },
  {
    code: 'kubeadm-not-trusted',
    looks: /x509:|tls: /,
    nextStep: (kubeconfig) =>
      `the API server's certificate does not fit the authority and address in ${kubeconfig}: certwright inspect ${kubeconfig}`,
  },
  {
    code: 'kubeadm-forbidden',
    looks: /forbidden/i,
    nextStep: (kubeconfig) =>
      `${kubeconfig} has no right to this: apply bootstrap/rbac.yaml of the bundle with super-admin.conf, or use an administrator's kubeconfig`,
  },
  {
    code: 'kubeadm-unauthorized',
    looks: /unauthorized/i,
    nextStep: (kubeconfig) =>
      `the certificate in ${kubeconfig} has ended, or is another cluster's: certwright inspect ${kubeconfig}`,
  },
  {
    code: 'kubeadm-token-missing',
    looks: /bootstrap token .* not found/s,
    nextStep: () => 'certwright token list says which there are',
  },
  {
    code: 'kubeadm-token-exists',
    looks: /already exists/,
    nextStep: () => 'delete it first (certwright token delete ID), or give another token',
  },
  {
    code: 'kubeadm-unreachable',
    looks: /dial tcp|connection refused|no such host|i\/o timeout|deadline exceeded|Client\.Timeout|EOF|timed out/,
    nextStep: (kubeconfig) => `see that the API server runs, and that the address in ${kubeconfig} leads to it`,
  },
];

/** The failure that kubeadm's standard error tells of, in its own words, without what must not be shown. */
export function refusalIn(stderr: string, kubeconfig: string, secrets: readonly Secret[]): Failure {
  const words = wordsIn(stderr, secrets);
  const refusal = refusals.find(({looks}) => looks.test(words));
  const said = words === '' ? 'kubeadm failed and said nothing' : `kubeadm says: ${words}`;
  const nextStep = refusal?.nextStep(kubeconfig) ?? `run the same by hand: kubeadm … --kubeconfig=${kubeconfig} --v=5`;
  return new Failure(refusal?.code ?? 'kubeadm-refused', said, {nextSteps: [nextStep]});
}

const longest = 600;

/** Its reason: not its log lines (`W1124 …`), not the advice about stack traces that ends every one of its errors. */
function wordsIn(stderr: string, secrets: readonly Secret[]): string {
  const lines = stderr
    .split('\n')
    .filter((line) => !/^[IWEF]\d{4} \d\d:/.test(line) && !line.startsWith('To see the stack trace of this error'))
    // Control characters of another program have no business in our sentences.
    .map(tame)
    .filter((line) => line !== '');
  const hidden = secrets.reduce((text, secret) => text.replaceAll(secret.reveal(), '[secret]'), lines.join('; '));
  const shown = redact(hidden);
  return shown.length > longest ? `${shown.slice(0, longest)}…` : shown;
}

import {Option, type Command as Parser} from 'commander';
import type {CheckOptions} from './check.ts';
import type {RestoreOptions, RootOptions} from './go-back.ts';
import type {InspectOptions} from './inspect.ts';
import type {RenewOptions} from './renew-wish.ts';
import {type Choose, command, examples} from './parser.ts';

/** Commands that look at a machine as it is. */

export function declareInspect(program: Parser, choose: Choose): void {
  command(
    program,
    'inspect',
    'say what a file holds or a port serves',
    'Explains any certificate, chain, request, key or kubeconfig, or what a port serves: what it is for, who signed it, when it ends, whether keys match. Changes nothing and shows no secret.',
  )
    .argument('<what>', 'a file, HOST:PORT, or - for standard input (a file with a colon: ./NAME)')
    .option('--name <name>', 'ask the port for this name (SNI)')
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      examples([
        ['what the API server shows', 'certwright inspect 10.0.0.11:6443'],
        ['a kubeconfig, with the certificates in it', 'certwright inspect ~/.kube/config'],
        ['any PEM text', 'kubectl get cm kube-root-ca.crt -o jsonpath="{.data[\'ca\\.crt\']}" | certwright inspect -'],
      ]),
    )
    .action((what: string, options: Omit<InspectOptions, 'what'>) =>
      choose(async (context) => (await import('./inspect.ts')).inspect(context, {what, ...options})),
    );
}

export function declareCheck(program: Parser, choose: Choose): void {
  command(
    program,
    'check',
    'what is on this node: ends, users and problems',
    'Finds every certificate, key and kubeconfig of a node by its manifests, units, processes and usual places, says when each ends, who uses it and what is wrong, and compares what ports show with what files hold. Changes nothing.',
  )
    .option('--root <dir>', "the node's / as it lies here; only / itself is asked for processes and ports", '/')
    .option('--warn-within <time>', 'how long before its end a certificate counts as ending', '30d')
    .addOption(
      new Option('-o, --output <format>', 'how to print it')
        .choices(['table', 'json', 'prometheus', 'ics'])
        .default('table'),
    )
    .addHelpText(
      'after',
      `${examples([
        ['this node', 'sudo certwright check'],
        ['a copy of its files', 'certwright check --root ./cp-1'],
        ['every end, for a calendar', 'sudo certwright check -o ics > ends.ics'],
      ])}\n\nExit codes: 0 all is well, 1 warnings, 2 something is wrong, 3 not to be examined.`,
    )
    .action((options: CheckOptions) => choose(async (context) => (await import('./check.ts')).check(context, options)));
}

export function declareRenew(program: Parser, choose: Choose): void {
  const renewing = command(
    program,
    'renew',
    'renew certificates of this node',
    'Issues certificates of a node again with the authorities that lie on it: subject, names and usages stay, the key is new. Shows the difference first; then changes all of it or nothing, with a backup. Without names: what has ended, ends soon, has a fault that a renewal mends, or is to have other names. With --restart, restarts what reads its files only when it starts, one component after the other, and proves that the new certificates are in use; without it, says what must be restarted. With --kubelet it prepares what lets kubelets of other nodes in again; no API server is needed for that. Where the key of an authority is elsewhere: --requests, then --signed.',
  )
    .argument('[name...]', 'what to renew: apiserver, admin.conf, kubelet-client, a path')
    .option('--all', 'everything that can be renewed here', false)
    .addOption(rootOption())
    .addOption(warnWithinOption())
    .option('--validity <time>', 'how long they are to be valid', '8760h')
    .option('--same-key', 'keep the keys', false)
    .addOption(
      new Option('--add-san <name>', 'a name or address to add; can be given again').argParser(gathered).default([]),
    )
    .addOption(
      new Option('--remove-san <name>', 'one to take away; can be given again').argParser(gathered).default([]),
    )
    .option('--node <name>', 'what this node is called, in the cluster and in the plan, if it is not found')
    .addOption(
      new Option(
        '--sans <which>',
        'which names serving certificates get: those they have, also what is dialled, or what a plan has',
      )
        .choices(['keep', 'needed', 'plan'])
        .default('keep'),
    )
    .addOption(new Option('--plan <file>', 'a plan to compare names with').conflicts('fromKubeadm'))
    .addOption(new Option('--from-kubeadm <file>', 'the same, out of a kubeadm configuration'))
    .addOption(
      new Option('--set <key=value>', 'change one key of that plan; can be given again')
        .argParser(gathered)
        .default([]),
    )
    .addOption(
      new Option('--kubelet <node>', "prepare the kubelet's certificate of another node; can be given again")
        .argParser(gathered)
        .default([]),
    )
    .option('--out <dir>', 'with --kubelet: a new folder for what is prepared')
    .addOption(
      new Option(
        '--requests <dir>',
        'write keys and requests for a CA whose key is elsewhere, and renew nothing',
      ).conflicts(['sameKey', 'signed', 'yes', 'restart']),
    )
    .addOption(
      new Option('--signed <dir>', 'take what was signed for these requests').conflicts([
        'all',
        'warnWithin',
        'sameKey',
        'validity',
        'addSan',
        'removeSan',
        'sans',
        'plan',
        'fromKubeadm',
        'set',
        'node',
      ]),
    );
  withRestartOptions(renewing)
    .option('--dry-run', 'show the difference and change nothing', false)
    .option('-y, --yes', 'do it without asking', false)
    .addOption(
      new Option('-o, --output <format>', 'how to print the difference').choices(['text', 'json']).default('text'),
    )
    .addHelpText(
      'after',
      examples([
        ['what would change', 'sudo certwright renew --all --dry-run'],
        ['all of it, restarted and proved', 'sudo certwright renew --all --yes --restart'],
        ['a new name for the API server', 'sudo certwright renew apiserver --add-san api.example.org'],
        ["this node's kubelet, whose certificate has ended", 'sudo certwright renew kubelet-client'],
        [
          "workers' kubelets, without an API server",
          'sudo certwright renew --kubelet worker-1 --kubelet worker-2 --out kubelets',
        ],
        ['names as a plan has them, and as they are dialled', 'sudo certwright renew --sans plan --plan plan.yaml'],
        ['requests for a CA whose key is elsewhere', 'sudo certwright renew --all --requests to-sign'],
        ['what that CA has signed', 'sudo certwright renew --signed to-sign'],
      ]),
    )
    .action((names: readonly string[], options: Omit<RenewOptions, 'names'>) =>
      choose(async (context) => (await import('./renew.ts')).renew(context, {names, ...options})),
    );
}

export function declareGoBack(program: Parser, choose: Choose): void {
  command(
    program,
    'backups',
    'list what changes have backed up',
    'Lists the backups that changes of this node have made, the newest first.',
  )
    .addOption(rootOption())
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(['table', 'json']).default('table'))
    .action((options: RootOptions & {readonly output: 'table' | 'json'}) =>
      choose(async (context) => (await import('./go-back.ts')).backups(context, options)),
    );
  const restoring = command(
    program,
    'restore',
    'bring a backup back',
    'Brings the files of a backup back, byte for byte. What is there now is backed up first. With --restart, restarts what reads its files only when it starts, and proves that it works; without it, says what must be restarted.',
  )
    .argument('<id>', 'a backup')
    .addOption(rootOption());
  withRestartOptions(restoring)
    .option('-y, --yes', 'do it without asking', false)
    .action((id: string, options: Omit<RestoreOptions, 'id'>) =>
      choose(async (context) => (await import('./go-back.ts')).restore(context, {id, ...options})),
    );
  command(
    program,
    'recover',
    'finish or undo an interrupted change',
    'Looks for a change of this node that was cut off, and finishes it, or undoes it when nothing had been swapped yet.',
  )
    .addOption(rootOption())
    .action((options: RootOptions) =>
      choose(async (context) => (await import('./go-back.ts')).recover(context, options)),
    );
}

/** What is to follow a change: `RestartWish`. */
function withRestartOptions(parser: Parser): Parser {
  return parser
    .addOption(
      new Option('--restart [which]', 'then restart what needs it, or all, and prove that it works')
        .choices(['needed', 'all'])
        .preset('needed'),
    )
    .option('--wait <time>', 'how long a restarted component may take to be well', '4m')
    .option(
      '--no-roll-back',
      'leave the changed files there when a component does not come back and nobody can be asked',
    );
}

function rootOption(): Option {
  return new Option('--root <dir>', "the node's / as it lies here").default('/');
}

function warnWithinOption(): Option {
  return new Option('--warn-within <time>', 'how long before its end a certificate counts as ending').default('30d');
}

function gathered(given: string, before: readonly string[]): readonly string[] {
  return [...before, given];
}

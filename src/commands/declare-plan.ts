import {Option, type Command as Parser} from 'commander';
import type {FormId} from '../report/component-forms.ts';
import type {IssueOptions} from './issue.ts';
import type {PlanOptions} from './plan.ts';
import type {SetupOptions} from './setup.ts';
import type {SignOptions} from './sign.ts';
import type {VerifyOptions} from './verify.ts';
import {type Choose, command, examples} from './parser.ts';

/** Commands that begin with a plan: looking at it, answering it, issuing it, proving what came of it. */

export function declarePresets(program: Parser, choose: Choose): void {
  command(
    program,
    'presets',
    'list the presets, or print one as a plan',
    'Lists the presets. With a name, prints its plan as YAML, commented, to be kept and changed.',
  )
    .argument('[name]', 'a preset')
    .addHelpText('after', examples([['a plan to start from', 'certwright presets kubeadm-ha > plan.yaml']]))
    .action((name: string | undefined) =>
      choose(async (context) => (await import('./presets.ts')).presets(context, {name})),
    );
}

export function declarePlan(program: Parser, choose: Choose): void {
  const plan = command(
    program,
    'plan',
    'print what follows from a plan; writes nothing',
    'Prints every authority, certificate, kubeconfig, file, flag and connection that follows from a plan, each with its reason. Makes no key and writes nothing.',
  );
  fromPlan(plan)
    .addOption(
      new Option('-o, --output <format>', 'how to print it')
        .choices(['table', 'wide', 'yaml', 'json', 'markdown'])
        .default('table'),
    )
    .addOption(
      new Option('--form <form>', 'print components in this form instead')
        .choices(['unit', 'static-pod', 'configuration', 'kubeadm', 'flags'] satisfies FormId[])
        .conflicts('output'),
    )
    .option('--node <name>', 'with --form: of this node only')
    .option('--component <name>', 'with --form: of this component only')
    .addHelpText(
      'after',
      examples([
        ['what one CA for everything comes to', 'certwright plan --preset one-ca'],
        ['with every SAN and its reason', 'certwright plan --plan plan.yaml --output wide'],
        ['the default preset with one change', 'certwright plan --set keys.algorithm=ECDSA-P256'],
        ['a plan out of a kubeadm configuration', 'certwright plan --from-kubeadm kubeadm.yaml --output yaml'],
        ['the units of a node, to start it by hand', 'certwright plan --preset the-hard-way --form unit --node server'],
      ]),
    )
    .action((options: PlanOptions) => choose(async (context) => (await import('./plan.ts')).plan(context, options)));
}

export function declareSetup(program: Parser, choose: Choose): void {
  command(program, 'setup', 'walk through the choices, then issue and prove', 'Opens the wizard at its first question.')
    .addOption(presetOption())
    .addOption(planOption())
    .addOption(kubeadmOption())
    .option('--line', 'ask question by question instead of full screen', false)
    .addHelpText(
      'after',
      examples([
        ['with the answers of a plan filled in', 'certwright setup --plan plan.yaml'],
        ['numbered questions that never repaint, for screen readers', 'ACCESSIBLE=1 certwright setup'],
      ]),
    )
    .action((options: SetupOptions) => choose(async (context) => (await import('./setup.ts')).setup(context, options)));
}

export function declareIssue(program: Parser, choose: Choose): void {
  const issue = command(
    program,
    'issue',
    'make everything a plan asks for, and prove it',
    'Makes all keys, certificates, kubeconfigs, flags and documents of a plan in a new folder, all or nothing, then proves every connection by a real TLS handshake.',
  );
  fromPlan(issue)
    .option('--out <dir>', 'where to: a folder that is empty or not there yet')
    .addOption(
      new Option('--signed <dir>', 'go on with a folder whose requests a brought CA has signed').conflicts([
        'preset',
        'plan',
        'fromKubeadm',
        'set',
        'out',
      ]),
    )
    .option('--no-proof', 'leave the proof out')
    .option('--tar', 'also write DIR.tar, everything in one file', false)
    .option('--clear', 'first remove what an interrupted run has left beside the folder', false)
    .addOption(
      new Option('-o, --output <format>', 'how to tell what was made').choices(['text', 'json']).default('text'),
    )
    .addHelpText(
      'after',
      examples([
        ['the default preset', 'certwright issue --out demo'],
        ['a plan of your own', 'certwright issue --plan plan.yaml --out bundle'],
        ['after certwright sign, where a CA was brought without its key', 'certwright issue --signed bundle'],
      ]),
    )
    .action((options: IssueOptions) => choose(async (context) => (await import('./issue.ts')).issue(context, options)));
}

export function declareSign(program: Parser, choose: Choose): void {
  command(
    program,
    'sign',
    'sign the requests of a bundle or a node, where the CA key is',
    'Signs the certificate requests that issue left in a bundle, or renew --requests in a folder. Meant for the machine that holds the CA key.',
  )
    .argument('<dir>', 'the folder with its requests/')
    .requiredOption('--certificate <file>', "the authority's certificate (PEM)")
    .requiredOption('--key <file>', "the authority's private key (PEM); it stays on this machine")
    .option('--authority <id>', 'which one this is, when the requests are for several')
    .addOption(
      new Option('--passphrase-file <file>', 'a file with the passphrase of the key').conflicts('passphraseEnv'),
    )
    .option('--passphrase-env <name>', 'the environment variable that holds it')
    .option('-y, --yes', 'sign without asking', false)
    .addHelpText(
      'after',
      examples([['on the machine that holds the CA', 'certwright sign demo --certificate ca.crt --key ca.key']]),
    )
    .action((directory: string, options: Omit<SignOptions, 'directory'>) =>
      choose(async (context) => (await import('./sign.ts')).sign(context, {directory, ...options})),
    );
}

export function declareVerify(program: Parser, choose: Choose): void {
  command(
    program,
    'verify',
    'check every file and prove every connection',
    'Checks chains, keys, usages, names, dates and modes of a bundle or a node, then proves every connection by a real TLS handshake; of a bundle also that what must be refused is refused. Changes nothing.',
  )
    .argument('[dir]', 'a bundle')
    .option('--root <dir>', "instead of a bundle: a node's / as it lies here; only / itself is asked for ports")
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(['table', 'json']).default('table'))
    .addHelpText(
      'after',
      `${examples([
        ['a bundle', 'certwright verify demo'],
        ['this node, as it runs', 'sudo certwright verify --root /'],
      ])}\n\nExit codes: 0 all is well, 1 warnings, 2 something fails, 3 not to be examined.`,
    )
    .action((directory: string | undefined, {root, output}: Pick<VerifyOptions, 'output' | 'root'>) =>
      choose(async (context) => (await import('./verify.ts')).verify(context, {directory, root, output})),
    );
}

/** Where a plan comes from, and what is changed in it. */
function fromPlan(command: Parser): Parser {
  return command
    .addOption(presetOption())
    .addOption(planOption())
    .addOption(kubeadmOption())
    .addOption(
      new Option('--set <key=value>', 'change one key of it; can be given again')
        .argParser<readonly string[]>((given, before) => [...before, given])
        .default([]),
    );
}

function presetOption(): Option {
  return new Option('--preset <name>', 'start from a preset (default: kubeadm-single)').conflicts([
    'plan',
    'fromKubeadm',
  ]);
}

function planOption(): Option {
  return new Option('--plan <file>', 'start from a plan file').conflicts('fromKubeadm');
}

function kubeadmOption(): Option {
  return new Option('--from-kubeadm <file>', 'start from what kubeadm init and join get with --config');
}

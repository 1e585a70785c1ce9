/** The command line is one table: every command with its words, options and help, in the order of the help. */

import {Option, type Command as Parser} from 'commander';
import type {FormId} from '../report/component-forms.ts';
import type {ApproveOptions} from './approve.ts';
import type {Context} from './context.ts';
import type {InspectOptions} from './inspect.ts';
import type {IssueOptions} from './issue.ts';
import type {JoinOptions} from './join.ts';
import type {PlanOptions} from './plan.ts';
import type {SetupOptions} from './setup.ts';
import type {SignOptions} from './sign.ts';
import type {UserOptions} from './user-wish.ts';
import type {VerifyOptions} from './verify.ts';

/** What a command line asks for; resolves to the exit code. */
export type Run = (context: Context) => Promise<number>;

/** Called by the parser with what the words ask for. */
export type Choose = (run: Run) => void;

/**
 * Declares every command with its options and its help. A command is imported when it runs, and only then: help
 * and usage errors load none of them.
 */
export function declareCommands(program: Parser, choose: Choose): void {
  program
    .addHelpText(
      'after',
      examples([
        ['the wizard', 'certwright'],
        ['every certificate, file and flag, each with its reason', 'certwright plan --preset kubeadm-ha'],
        ['make all of it, and prove that it works', 'certwright issue --preset kubeadm-ha --out demo'],
        ['prove it again', 'certwright verify demo'],
      ]),
    )
    .action(() => choose(async (context) => (await import('./wizard.ts')).wizard(context)));

  program.commandsGroup('Look first:');
  declarePresets(program, choose);
  declarePlan(program, choose);
  declareInspect(program, choose);
  program.commandsGroup('Set up:');
  declareSetup(program, choose);
  declareIssue(program, choose);
  declareSign(program, choose);
  declareJoin(program, choose);
  declareUser(program, choose);
  declareApprove(program, choose);
  program.commandsGroup('Prove:');
  declareVerify(program, choose);
}

function declarePresets(program: Parser, choose: Choose): void {
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

function declarePlan(program: Parser, choose: Choose): void {
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
        ['the units of a node, to start it by hand', 'certwright plan --preset the-hard-way --form unit --node server'],
      ]),
    )
    .action((options: PlanOptions) => choose(async (context) => (await import('./plan.ts')).plan(context, options)));
}

        ['a plan out of a kubeadm configuration', 'certwright plan --from-kubeadm kubeadm.yaml --output yaml'],
function declareInspect(program: Parser, choose: Choose): void {
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

function declareSetup(program: Parser, choose: Choose): void {
  command(program, 'setup', 'walk through the choices, then issue and prove', 'Opens the wizard at its first question.')
    .addOption(presetOption())
    .addOption(planOption())
    .option('--line', 'ask question by question instead of full screen', false)
    .addHelpText(
      'after',
      examples([
        ['with the answers of a plan filled in', 'certwright setup --plan plan.yaml'],
        ['numbered questions that never repaint, for screen readers', 'ACCESSIBLE=1 certwright setup'],
    .addOption(kubeadmOption())
      ]),
    )
    .action((options: SetupOptions) => choose(async (context) => (await import('./setup.ts')).setup(context, options)));
}

function declareIssue(program: Parser, choose: Choose): void {
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
        'set',
        'out',
      ]),
    )
    .option('--no-proof', 'leave the proof out')
    .option('--tar', 'also write DIR.tar, everything in one file', false)
        'fromKubeadm',
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

function declareSign(program: Parser, choose: Choose): void {
  command(
    program,
    'sign',
    'sign the requests of a bundle, where the CA key is',
    'Signs the certificate requests that issue left in a bundle. Meant for the machine that holds the CA key.',
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

function declareJoin(program: Parser, choose: Choose): void {
  command(
    program,
    'join',
    'gather what one joining node needs',
    "Gathers everything that one node needs to join the cluster of a bundle, and says what to do with it. With --out, DIR/nodes/NODE/rootfs holds the files for the node's /, DIR/nodes/NODE/flags the flags of its components, DIR/nodes/NODE/kubeadm-config.yaml (layouts of kubeadm) what kubeadm join takes, and DIR/README.md the steps. A node that is not in the plan joins as a worker.",
function declareToken(program: Parser, choose: Choose): void {
  const token = command(
    program,
    'token',
    'bootstrap tokens, through kubeadm',
    'Makes, lists and deletes the tokens with which nodes join, by kubeadm token. The command is shown before it runs.',
  );
  const create = token
    .command('create')
    .summary('make a token')
    .description(
      "Runs kubeadm token create and prints the token. With --print-join-command it prints the line to join with instead, once it is checked as the joining node will: the token's life, cluster-info and its signature, the CA pin, and what the server serves.",
    )
    .option('--ttl <duration>', 'how long it is good for: 24h, 7d; 0 is for ever')
    .option('--description <text>', 'what it is for, shown by token list')
    .option('--groups <list>', 'groups of whoever logs in with it (system:bootstrappers:…)')
    .option('--usages <list>', 'signing, authentication; kubeadm join needs both')
    .option('--token-file <file>', 'take the token from a file, or from - for standard input')
    .option('--print-join-command', 'print the line for kubeadm join, checked', false)
    .option('--certificate-key', "the line for a control-plane node: uploads this node's CA keys, encrypted", false)
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      examples([
        ['on a control-plane node', 'certwright token create --print-join-command'],
        ['from elsewhere, for an hour', 'certwright token create --bundle demo --ttl 1h'],
      ]),
    );
  ofCluster(create).action((options: TokenCreateOptions) =>
    choose(async (context) => (await import('./token.ts')).tokenCreate(context, options)),
  );
  const list = token
    .command('list')
    .summary('list the tokens')
    .description('Lists the tokens of the cluster. The secret halves are masked.')
    .option('--reveal', 'show the secret halves too', false)
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(['table', 'json']).default('table'));
  ofCluster(list).action((options: TokenListOptions) =>
    choose(async (context) => (await import('./token.ts')).tokenList(context, options)),
  );
  const remove = token
    .command('delete')
    .summary('delete tokens')
    .description('Deletes tokens by their ids, the half before the dot. Nodes that have joined stay.')
    .argument('<id...>', 'ids');
  ofCluster(remove).action((ids: readonly string[], options: ClusterOptions) =>
    choose(async (context) => (await import('./token.ts')).tokenDelete(context, ids, options)),
  );
}

function ofCluster(command: Parser): Parser {
  return command
    .addOption(new Option('--kubeconfig <file>', "an administrator's kubeconfig (default: where the layouts put it)"))
    .option('--bundle <dir>', "the bundle of the cluster; without --kubeconfig its administrator's is used")
    .allowExcessArguments(false);
}

  )
    .argument('<node>', 'the name of the node')
    .option('--bundle <dir>', 'the bundle of the cluster')
    .addOption(
      new Option('--address <address>', 'of a node that is not in the plan; can be given again')
        .argParser<readonly string[]>((given, before) => [...before, given])
        .default([]),
    )
    .option('--out <dir>', 'where to: a folder that is empty or not there yet')
    .option('--tar', 'also write DIR.tar, everything in one file', false)
    .addOption(new Option('-o, --output <format>', 'how to tell it').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      examples([
        ['what worker-1 needs, and what to do with it', 'certwright join worker-1 --bundle demo'],
        [
          'a worker that the plan did not know of',
          'certwright join worker-9 --bundle demo --address 10.0.0.29 --out worker-9',
        ],
      ]),
    )
    .action((node: string, options: Omit<JoinOptions, 'node'>) =>
      choose(async (context) => (await import('./join.ts')).join(context, {node, ...options})),
    );
}

function declareUser(program: Parser, choose: Choose): void {
  command(
    program,
    'user',
    'make a certificate and a kubeconfig for a person',
    'Makes a client certificate and a kubeconfig for a person: signed with the cluster CA of a bundle or of a control-plane node, or by the cluster itself through certificates.k8s.io.',
  )
    .argument('[name]', 'the user name that RBAC sees')
    .option<readonly string[]>(
      '--group <name>',
      'a group of the person; can be given again',
      (given, before) => [...before, given],
      [],
    )
    .option('--bundle <dir>', 'sign with the cluster CA of a bundle')
    .addOption(
      new Option('--root <dir>', 'sign with the cluster CA of the control-plane node whose / this is').conflicts(
        'bundle',
      ),
    )
    .addOption(new Option('--csr', 'have the cluster sign, with kubectl').default(false).conflicts(['bundle', 'root']))
    .option(
      '--kubeconfig <file>',
      'with --csr: who asks; with --root: where the cluster is (default: the admin kubeconfig)',
    )
    .option('--key <file>', "the CA's private key (PEM), where it is kept elsewhere")
    .addOption(
      new Option('--passphrase-file <file>', 'a file with the passphrase of that key').conflicts('passphraseEnv'),
    )
    .option('--passphrase-env <name>', 'the environment variable that holds it')
    .option('--validity <duration>', 'how long it lives, such as 90d (default: as the plan or the signer has it)')
    .option('--out <file>', 'where the kubeconfig goes (default: NAME.conf)')
    .option('--approve', 'with --csr: approve the request too', false)
    .option('-y, --yes', 'with --approve: without asking', false)
    .option('--wait <duration>', 'with --csr: how long to wait for somebody who approves, and for the signer')
    .option('--allow-system-masters', 'sign for that group, which is above RBAC and cannot be revoked', false)
    .addHelpText(
      'after',
      examples([
        ['from a bundle, for three months', 'certwright user jane --group developers --bundle demo --validity 90d'],
        ['on a control-plane node', 'sudo certwright user jane --root /'],
        ['by the cluster; somebody else may approve', 'certwright user jane --group developers --csr'],
      ]),
    )
    .action((name: string | undefined, options: Omit<UserOptions, 'name'>) =>
      choose(async (context) => (await import('./user.ts')).user(context, {...options, name})),
    );
}

function declareApprove(program: Parser, choose: Choose): void {
  command(
    program,
    'approve',
    "approve kubelets' serving certificates whose names are right",
    "Holds every pending request for a kubelet's serving certificate against its Node: who asks, for what, and whether each name is an address of that Node and of no other. Approves those that are right, after asking; those that are wrong never.",
  )
    .argument('[name...]', 'only these requests')
    .option('--kubeconfig <file>', "with these rights (default: kubectl's own, then the admin kubeconfig)")
    .option('-y, --yes', 'approve what is right without asking', false)
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(['table', 'json']).default('table'))
    .addHelpText(
      'after',
      '\nThe addresses are those that each kubelet, or the cloud provider, has told of its Node.' +
        '\nExit code 1 when a request was not approved.',
    )
    .action((names: readonly string[], options: Omit<ApproveOptions, 'names'>) =>
      choose(async (context) => (await import('./approve.ts')).approve(context, {names, ...options})),
    );
}

function declareVerify(program: Parser, choose: Choose): void {
  command(
    program,
    'verify',
    'check every file and prove every connection',
    'Checks chains, keys, usages, names, dates and modes of a bundle, then proves every connection by a real TLS handshake, and that what must be refused is refused.',
  )
    .argument('<dir>', 'a bundle')
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(['table', 'json']).default('table'))
    .addHelpText('after', '\nExit codes: 0 all is well, 1 warnings, 2 something fails, 3 not to be examined.')
    .action((directory: string, options: Pick<VerifyOptions, 'output'>) =>
      choose(async (context) => (await import('./verify.ts')).verify(context, {directory, ...options})),
    );
}

function command(program: Parser, name: string, summary: string, description: string): Parser {
  return program
    .command(name)
    .summary(summary)
    .description(description)
    .allowExcessArguments(false)
    .showHelpAfterError(`Try 'certwright ${name} --help'.`);
}

/** Where a plan comes from, and what is changed in it. */
function fromPlan(command: Parser): Parser {
  return command
    .addOption(presetOption())
    .addOption(planOption())
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

function examples(rows: readonly (readonly [what: string, command: string])[]): string {
  return ['', 'Examples:', ...rows.flatMap(([what, command]) => [`  # ${what}`, `  $ ${command}`])].join('\n');
}
    .addOption(kubeadmOption())

import {Option, type Command as Parser} from 'commander';
import type {ApproveOptions} from './approve.ts';
import type {JoinOptions} from './join.ts';
import type {ClusterOptions} from './cluster.ts';
import type {TokenCreateOptions, TokenListOptions} from './token.ts';
import type {UserOptions} from './user-wish.ts';
import {type Choose, command, examples} from './parser.ts';

/** Commands for a cluster that runs, or is about to: who joins it, and who may do what. */

export function declareToken(program: Parser, choose: Choose): void {
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
    .addOption(
      new Option('--offline', 'run nothing: write the Secret, cluster-info, bindings and join line to --out')
        .default(false)
        .conflicts(['kubeconfig', 'printJoinCommand', 'certificateKey']),
    )
    .option('--out <dir>', 'with --offline: a folder that is empty or not there yet')
    .option('--certificate-key', "the line for a control-plane node: uploads this node's CA keys, encrypted", false)
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      examples([
        ['on a control-plane node', 'certwright token create --print-join-command'],
        ['from elsewhere, for an hour', 'certwright token create --bundle demo --ttl 1h'],
        ['before there is a cluster', 'certwright token create --offline --bundle demo --out token'],
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

export function declareJoin(program: Parser, choose: Choose): void {
  const join = command(
    program,
    'join',
    'gather what one joining node needs',
    "Gathers everything that one node needs to join, and says what to do with it. With --out, DIR/nodes/NODE/rootfs holds the files for the node's /, DIR/nodes/NODE/flags the flags of its components, DIR/nodes/NODE/kubeadm-config.yaml (layouts of kubeadm) what kubeadm join takes, and DIR/README.md the steps. A node that is not in the plan joins as a worker. Without a bundle it is asked of a running cluster of kubeadm, and kubeadm-config.yaml, with the token in it, is all the node needs.",
  )
    .argument('<node>', 'the name of the node')
    .option('--new-token', "have kubeadm make a token in the running cluster, instead of the bundle's own", false)
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
        ['on a control-plane node, without a bundle', 'certwright join worker-9 --out worker-9'],
      ]),
    );
  ofCluster(join).action((node: string, options: Omit<JoinOptions, 'node'>) =>
    choose(async (context) => (await import('./join.ts')).join(context, {node, ...options})),
  );
}

export function declareUser(program: Parser, choose: Choose): void {
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

export function declareApprove(program: Parser, choose: Choose): void {
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

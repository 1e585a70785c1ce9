import {Option, type Command as Parser} from 'commander';
import type {LabOptions} from './lab.ts';
import {type Choose, command, examples} from './parser.ts';

/** Commands to learn with. They touch no cluster. */

export function declareLearn(program: Parser, choose: Choose): void {
  const learn = command(
    program,
    'learn',
    'break certificates that do not matter, and see who refuses',
    'To learn how the certificates of a cluster hold together. Nothing of a real cluster is read or changed.',
  );
  learn
    .command('lab')
    .summary('break a throw-away cluster, see who refuses, mend it')
    .description(
      'Makes a cluster of certificates in a temporary folder, breaks it in one way, and lets real TLS servers and clients meet on loopback: who refuses, what both ends say, what the real components log for it, why, and how it is mended. Without a fault it lists them.',
    )
    .argument('[fault]', 'what to break: a name of the list')
    .option('--preset <name>', 'the cluster to break (default: kubeadm-single)')
    .addOption(
      new Option('--predict <who>', 'say first who will refuse').choices([
        'caller',
        'provider',
        'nobody',
        'does-not-start',
      ]),
    )
    .option('--real', 'start etcd and kube-apiserver too (KUBE_BIN_DIR, or PATH) and show what they log', false)
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(['text', 'json']).default('text'))
    .allowExcessArguments(false)
    .addHelpText(
      'after',
      examples([
        ['what can be broken', 'certwright learn lab'],
        ['an expired certificate; who will refuse?', 'certwright learn lab etcd-server-expired --predict caller'],
        ['the same with real programs', 'certwright learn lab etcd-server-expired --real'],
        ['with an offline root', 'certwright learn lab intermediate-missing --preset offline-root'],
      ]),
    )
    .action((fault: string | undefined, options: Omit<LabOptions, 'fault'>) =>
      choose(async (context) => (await import('./lab.ts')).lab(context, {fault, ...options})),
    );
}

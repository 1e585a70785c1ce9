import {Option, type Command as Parser} from 'commander';
import type {CheckOptions} from './check.ts';
import type {InspectOptions} from './inspect.ts';
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

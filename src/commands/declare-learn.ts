import {Option, type Command as Parser} from 'commander';
import type {ExplainOptions} from './explain.ts';
import {type Choose, command, examples} from './parser.ts';

/** Commands that teach. */

export function declareExplain(program: Parser, choose: Choose): void {
  command(
    program,
    'explain',
    'what a certificate, file, flag or error is about',
    'Explains a certificate, file, flag, component, connection or subject: what it is, who uses it, what breaks without it. For an error, or a whole log with one in it: which side spoke, the cause, what to do. On a node, or with --root, it names the files that the error is about. Without words it reads standard input; in a terminal it lists what can be asked.',
  )
    .argument('[words...]', 'a name, a path, a flag, or the text of an error; several words are one text')
    .option('--root <dir>', "the node's / as it lies here (default: /, where that is a node)")
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(['text', 'json']).default('text'))
    // A flag of a component is a word here.
    .allowUnknownOption()
    .addHelpText(
      'after',
      examples([
        ['a certificate, in Japanese', 'certwright explain apiserver-etcd-client --lang ja'],
        ['a flag', 'certwright explain --etcd-cafile'],
        ['an error', 'certwright explain "x509: certificate is valid for 10.96.0.1, not 127.0.0.1"'],
        ['what a log complains about', 'journalctl -u kubelet -n 50 | sudo certwright explain'],
      ]),
    )
    .action((words: readonly string[], options: Omit<ExplainOptions, 'words'>) =>
      choose(async (context) => (await import('./explain.ts')).explain(context, {words, ...options})),
    );
}

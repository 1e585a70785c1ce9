import {Option, type Command as Parser} from 'commander';
import type {ExplainOptions} from './explain.ts';
import type {LabOptions} from './lab.ts';
import type {LearnMapOptions} from './learn-map.ts';
import type {QuizOptions} from './quiz.ts';
import {type Choose, command, examples} from './parser.ts';
import type {StoriesOptions} from './stories.ts';

/** Commands that teach. */

export function declareExplain(program: Parser, choose: Choose): void {
  command(
    program,
    'explain',
    'what a certificate, file, flag, word or error is about',
    'Explains a certificate, file, flag, component, connection or subject: what it is, who uses it, what breaks without it; or a word of the field, such as SAN. For an error, or a whole log with one in it: which side spoke, the cause, what to do. On a node, or with --root, it names the files that the error is about. Without words it reads standard input; in a terminal it lists what can be asked.',
  )
    .argument('[words...]', 'a name, a path, a flag, a word, or the text of an error; several words are one text')
    .option('--root <dir>', "the node's / as it lies here (default: /, where that is a node)")
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(['text', 'json']).default('text'))
    // A flag of a component is a word here.
    .allowUnknownOption()
    .addHelpText(
      'after',
      examples([
        ['a certificate, in Japanese', 'certwright explain apiserver-etcd-client --lang ja'],
        ['a flag', 'certwright explain --etcd-cafile'],
        ['a word', 'certwright explain front proxy'],
        ['an error', 'certwright explain "x509: certificate is valid for 10.96.0.1, not 127.0.0.1"'],
        ['what a log complains about', 'journalctl -u kubelet -n 50 | sudo certwright explain'],
      ]),
    )
    .action((words: readonly string[], options: Omit<ExplainOptions, 'words'>) =>
      choose(async (context) => (await import('./explain.ts')).explain(context, {words, ...options})),
    );
}

export function declareLearn(program: Parser, choose: Choose): void {
  const learn = command(
    program,
    'learn',
    'which certificate goes where, and why',
    'To learn how the certificates of a cluster hold together. In a terminal it opens the full screen; with --output, or without a terminal, each command prints. Nothing of a real cluster is changed.',
  );
  learn.argument('[room]').action((room: string | undefined) =>
    choose(async (context) =>
      (await import('./learn.ts')).learn(context, room, {
        rooms: learn.commands.map((one) => one.name()),
        help: learn.helpInformation(),
      }),
    ),
  );
  declareStories(learn, choose);
  declareMap(learn, choose);
  declareLab(learn, choose);
  declareQuiz(learn, choose);
}

function declareStories(learn: Parser, choose: Choose): void {
  learn
    .command('stories')
    .summary('ten short stories: certificates, handshakes, tokens, renewals')
    .description(
      'Tells step by step how the certificates of a cluster work, each step with what happens on the map and with real things made for it: certificates, handshakes on loopback, a token, a request. Nothing is written to disk. Without a story it lists them. In a terminal that is a full screen; with --output it is printed.',
    )
    .argument('[story]', 'which one: a name of the list')
    .option('--preset <name>', 'the cluster that it is about (default: kubeadm-single)')
    .addOption(printOption('print it'))
    .allowExcessArguments(false)
    .addHelpText(
      'after',
      examples([
        ['what there is to read', 'certwright learn stories --output text'],
        ['the handshake, in Japanese', 'certwright learn stories handshake --output text --lang ja'],
        ['with one CA for everything', 'certwright learn stories certificate --preset one-ca'],
      ]),
    )
    .action((story: string | undefined, options: Omit<StoriesOptions, 'story'>) =>
      choose(async (context) => (await import('./stories.ts')).stories(context, {story, ...options})),
    );
}

function declareMap(learn: Parser, choose: Choose): void {
  learn
    .command('map')
    .summary('who calls whom, with which certificates, and whether it works')
    .description(
      'Draws a cluster: components as boxes, connections as numbered arrows. Of a component it tells all that it holds; of a connection what each end shows, what it verifies the other with, and what is checked in which order; of a certificate who uses it and who verifies it. Where there are files, every connection is tried with exactly the files that both ends use. Reads only.',
    )
    .argument('[what]', 'a component, a certificate, a connection or its number (default: the whole map)')
    .option('--preset <name>', 'the map of a preset (default: this machine where it is a node, else kubeadm-single)')
    .addOption(new Option('--plan <file>', 'the map of a plan').conflicts(['preset', 'bundle', 'root']))
    .addOption(
      new Option('--bundle <dir>', 'the map of a bundle; its connections are tried').conflicts(['preset', 'root']),
    )
    .addOption(
      new Option('--root <dir>', "the map of a node's files, its / as it lies here; they are tried").conflicts(
        'preset',
      ),
    )
    .addOption(printOption('print it'))
    .allowExcessArguments(false)
    .addHelpText(
      'after',
      examples([
        ['the map of a small cluster', 'certwright learn map --preset kubeadm-single'],
        ['one connection, by its number', 'certwright learn map 15 -o text'],
        ['who uses a certificate', 'certwright learn map apiserver-etcd-client -o text'],
        ['what works on this node', 'sudo certwright learn map --root /'],
        ['a component of a bundle, in Japanese', 'certwright learn map etcd --bundle ./cluster --lang ja'],
      ]),
    )
    .action((what: string | undefined, options: Omit<LearnMapOptions, 'what'>) =>
      choose(async (context) => (await import('./learn-map.ts')).learnMap(context, {what, ...options})),
    );
}

function declareLab(learn: Parser, choose: Choose): void {
  learn
    .command('lab')
    .summary('break a throw-away cluster, see who refuses, mend it')
    .description(
      'Makes a cluster of certificates in a temporary folder, breaks it in one way, and lets real TLS servers and clients meet on loopback: who refuses, what both ends say, what the real components log for it, why, and how it is mended. Without a fault it lists them. In a terminal that is a full screen, in which you are asked first; with --predict, --real or --output it is printed.',
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
    .addOption(printOption('print it'))
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

function declareQuiz(learn: Parser, choose: Choose): void {
  learn
    .command('quiz')
    .summary('questions about flags, files, CAs, connections and errors')
    .description(
      'Asks which file goes in which flag, who shows and verifies what, which CA signs it, what must be restarted, and what is wrong when a program prints this; all of it follows from a preset. After each answer it says why. Missed questions are asked again, and what you know is kept. With --output, or without a terminal, it prints the questions, then the answers: a worksheet. Topics: flags, connections, authorities, identities, restarts, errors.',
    )
    .argument('[topic]', 'one of the topics (default: all of them)')
    .option('--questions <n>', 'how many (default: 10)')
    .option('--preset <name>', 'the cluster to ask about (default: kubeadm-single)')
    .option('--seed <n>', 'the same number gives the same questions (default: chance)')
    .option('--line', 'ask question by question instead of full screen', false)
    .option('--forget', 'forget what was answered so far, and ask nothing', false)
    .addOption(printOption('print a worksheet'))
    .allowExcessArguments(false)
    .addHelpText(
      'after',
      examples([
        ['ten questions about everything', 'certwright learn quiz'],
        ['about errors, in Chinese', 'certwright learn quiz errors --lang zh'],
        ['a worksheet that can be had again', 'certwright learn quiz flags --questions 20 --seed 7 --output text'],
      ]),
    )
    .action((topic: string | undefined, options: Omit<QuizOptions, 'topic'>) =>
      choose(async (context) => (await import('./quiz.ts')).quiz(context, {topic, ...options})),
    );
}

/** Without it, a terminal gets the full screen. */
function printOption(what: string): Option {
  return new Option('-o, --output <format>', `${what} (default in a terminal: the full screen)`).choices([
    'text',
    'json',
  ]);
}

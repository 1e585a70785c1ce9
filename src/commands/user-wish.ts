import {join, resolve} from 'node:path';
import {parseHours} from '../base/duration.ts';
import {Cancelled, InputFailure} from '../base/failure.ts';
import {problem, type Problem} from '../base/problem.ts';
import {checkPerson, masters, mastersRefusal} from '../journeys/person.ts';
import type {Asker, Reply} from '../line/ask.ts';
import type {PlanUser} from '../pki/plan.ts';
import {asking} from './ask.ts';
import type {Context} from './context.ts';

export interface UserOptions {
  readonly name: string | undefined;
  readonly group: readonly string[];
  readonly bundle?: string;
  readonly root?: string;
  readonly csr: boolean;
  readonly kubeconfig?: string;
  /** The CA's private key, where it does not lie beside its certificate. */
  readonly key?: string;
  readonly passphraseFile?: string;
  readonly passphraseEnv?: string;
  readonly validity?: string;
  readonly out?: string;
  readonly approve: boolean;
  readonly yes: boolean;
  readonly wait?: string;
  readonly allowSystemMasters: boolean;
}

/** What is wanted, once everything that was missing has been asked for. */
export interface UserWish {
  readonly person: PlanUser;
  readonly source: UserSource;
  /** Hours. */
  readonly validity: number | undefined;
  /** Absolute. */
  readonly path: string;
  /** The same as it was, or would have been, typed. */
  readonly shownPath: string;
  /** Milliseconds; undefined = not given. */
  readonly wait: number | undefined;
  readonly warnings: readonly Problem[];
}

/** Who signs: a CA that is here, or the cluster itself. Folders as they were typed. */
export type UserSource = {readonly kind: 'bundle' | 'root'; readonly directory: string} | {readonly kind: 'csr'};

const hour = 3_600_000;
/** The API grants no shorter ones. */
const shortestRequest = 1 / 6;

/**
 * @throws InputFailure with all that is wrong and, where nobody is there to be asked, all that is missing
 * @throws Cancelled
 */
export async function userWish(context: Context, options: UserOptions): Promise<UserWish> {
  const problems: Problem[] = [];
  const validity = readLength(options.validity, '--validity', 'such as 8760h or 90d', problems);
  const wait = readLength(options.wait, '--wait', 'such as 10m', problems);
  problems.push(...checkWords(options));
  if (options.csr && validity !== undefined && validity < shortestRequest) {
    problems.push(
      problem('validity-too-short', '--validity', 'the API refuses less than ten minutes', 'give 10m or more'),
    );
  }
  const given = {name: options.name, source: sourceIn(options)};
  if (context.asks === 'nobody') problems.push(...missing(given, options));
  if (given.name !== undefined) problems.push(...checkPerson({name: given.name, groups: options.group}));
  refuse(problems);
  const {person, source} = await answers(context, {...given, groups: options.group});
  refuse(checkGroups(person, source));
  const shownPath = options.out ?? `${person.name}.conf`;
  return {
    person,
    source,
    validity,
    path: resolve(context.cwd, shownPath),
    shownPath,
    wait: wait === undefined ? undefined : wait * hour,
    warnings: checkPerson(person).filter(({severity}) => severity === 'warning'),
  };
}

/** The group that the API signs for nobody. */
function checkGroups({groups}: PlanUser, source: UserSource): Problem[] {
  if (source.kind !== 'csr' || !groups.includes(masters)) return [];
  return [
    problem(
      'group-refused',
      '--group',
      `the API refuses it: ${mastersRefusal}`,
      'use a group of your own and bind it to cluster-admin, so that it can be taken back',
    ),
  ];
}

function refuse(problems: readonly Problem[]): void {
  const errors = problems.filter(({severity}) => severity === 'error');
  if (errors.length > 0) throw new InputFailure('something is missing or not right, and nothing was made', errors);
}

function readLength(text: string | undefined, at: string, example: string, problems: Problem[]): number | undefined {
  const hours = text === undefined ? undefined : parseHours(text);
  if (text !== undefined && (hours === undefined || hours <= 0)) {
    problems.push(problem('not-a-duration', at, `${JSON.stringify(text)} is no length of time`, `give one ${example}`));
  }
  return hours;
}

function checkWords({csr, approve, yes, wait, key, passphraseFile, passphraseEnv}: UserOptions): Problem[] {
  const needsCSR = (at: string) => problem('needs-csr', at, 'it goes with --csr', 'add --csr, or leave it out');
  const needsCA = (at: string) =>
    problem('needs-authority', at, 'with --csr no CA key is opened here', 'leave it out, or use --bundle or --root');
  return [
    ...(approve && !csr ? [needsCSR('--approve')] : []),
    ...(wait !== undefined && !csr ? [needsCSR('--wait')] : []),
    ...(yes && !approve ? [problem('needs-approve', '--yes', 'it answers whether to approve', 'add --approve')] : []),
    ...(csr && key !== undefined ? [needsCA('--key')] : []),
    ...(csr && (passphraseFile ?? passphraseEnv) !== undefined ? [needsCA('--passphrase-file, --passphrase-env')] : []),
  ];
}

function sourceIn({bundle, root, csr}: UserOptions): UserSource | undefined {
  if (csr) return {kind: 'csr'};
  if (bundle !== undefined) return {kind: 'bundle', directory: bundle};
  return root === undefined ? undefined : {kind: 'root', directory: root};
}

/** What would be asked if somebody were there. */
function missing(
  {name, source}: {readonly name: string | undefined; readonly source: UserSource | undefined},
  {group, approve, yes, allowSystemMasters}: UserOptions,
): Problem[] {
  const byAuthority = source !== undefined && source.kind !== 'csr';
  return [
    ...(name === undefined
      ? [problem('name-missing', 'NAME', 'the person has no name', 'certwright user NAME …')]
      : []),
    ...(source === undefined
      ? [problem('source-missing', '--bundle, --root or --csr', 'nothing says who signs', 'give one of the three')]
      : []),
    ...(approve && !yes
      ? [
          problem(
            'not-confirmed',
            '--yes',
            'nobody is there to confirm the approval',
            'add --yes, or leave --approve out',
          ),
        ]
      : []),
    ...(byAuthority && group.includes(masters) && !allowSystemMasters
      ? [
          problem(
            'not-confirmed',
            '--allow-system-masters',
            `${masters} may do everything past RBAC, and the certificate cannot be revoked before it ends`,
            'use a group of your own and bind it to cluster-admin; or, for an emergency, add --allow-system-masters',
          ),
        ]
      : []),
  ];
}

interface Answers {
  readonly name: string | undefined;
  readonly groups: readonly string[];
  readonly source: UserSource | undefined;
}

/** Asks for what was not given; whoever gives no name is asked for groups as well. */
async function answers(context: Context, given: Answers): Promise<{person: PlanUser; source: UserSource}> {
  const {name, groups, source} = given;
  if (name !== undefined && source !== undefined) return {person: {name, groups}, source};
  return asking(context, async (asker) => {
    const person = name === undefined ? await askPerson(asker, groups) : {name, groups};
    return {person, source: source ?? (await askSource(asker))};
  });
}

async function askPerson(asker: Asker, groups: readonly string[]): Promise<PlanUser> {
  const name = taken(
    await asker.text({
      ask: 'Name',
      help: ['Who gets in: the user name that RBAC sees, and the common name of the certificate.'],
      initial: '',
      judge: (typed) => errorsOf(checkPerson({name: typed.trim(), groups: []})),
    }),
  ).trim();
  if (groups.length > 0) return {name, groups};
  const typed = taken(
    await asker.text({
      ask: 'Groups',
      help: [
        'Separated by blanks; such as developers. A group means something once a role is bound to it. May be empty.',
      ],
      initial: '',
      canBeEmpty: true,
      judge: (text) => errorsOf(checkPerson({name, groups: wordsOf(text)})),
    }),
  );
  return {name, groups: wordsOf(typed)};
}

async function askSource(asker: Asker): Promise<UserSource> {
  const kind = taken(
    await asker.choose({
      ask: 'Signed by',
      help: ['Who signs the certificate.'],
      options: [
        {value: 'csr', label: 'the cluster', help: 'Through certificates.k8s.io, with a kubeconfig that may ask.'},
        {value: 'bundle', label: 'a bundle', help: 'With the CA key in the folder that certwright issue wrote.'},
        {value: 'root', label: 'this node', help: 'With the CA key of a control-plane node.'},
      ],
    }),
  );
  if (kind === 'csr') return {kind};
  const isBundle = kind === 'bundle';
  const directory = taken(
    await asker.text({
      ask: isBundle ? "The bundle's folder" : 'Root folder of the node',
      help: [isBundle ? 'Where bundle.json is.' : '/ on the node itself, or a folder that stands for it.'],
      initial: isBundle ? '' : '/',
      judge: (typed) =>
        typed.trim() === '' ? [problem('folder-missing', '', 'it needs a folder', 'give a path')] : [],
    }),
  ).trim();
  return {kind: isBundle ? 'bundle' : 'root', directory: join(directory)};
}

/** There is nothing before the first question, and the others are few: going back is stopping. */
function taken<Value>(reply: Reply<Value>): Value {
  if (reply.kind === 'went-back') throw new Cancelled();
  return reply.value;
}

function wordsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}

function errorsOf(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({severity}) => severity === 'error');
}

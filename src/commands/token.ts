import {resolve} from 'node:path';
import {isTokenId, maskedToken, readToken} from '../base/bootstrap-token.ts';
import {InputFailure} from '../base/failure.ts';
import {problem, type Problem} from '../base/problem.ts';
import type {Secret} from '../base/secret.ts';
import {readTextIfThere} from '../bundle/read-text.ts';
import {bundleAt, type BundleAt} from '../journeys/bundle-at.ts';
import {prepareToken} from '../journeys/token-offline.ts';
import {createToken, deleteTokens, listTokens, type MadeToken} from '../journeys/token.ts';
import {emptyPlan, type ClusterPlan} from '../pki/plan.ts';
import {shellWord} from '../report/same-command.ts';
import {tableLines} from '../report/table.ts';
import {endText, leftText} from '../report/token-text.ts';
import {accept} from '../wizard/accept.ts';
import {steps} from '../wizard/steps.ts';
import {clusterOf, type ClusterOptions} from './cluster.ts';
import type {Context} from './context.ts';
import {followToken, refuseBadLine, showCommand} from './follow-token.ts';
import {glyphsFor, printJson, printLines, tell} from './print.ts';

export interface TokenCreateOptions extends ClusterOptions {
  readonly ttl?: string;
  readonly description?: string;
  readonly groups?: string;
  readonly usages?: string;
  readonly tokenFile?: string;
  readonly printJoinCommand: boolean;
  readonly certificateKey: boolean;
  /** Nothing runs: what the token consists of is written to `out`. */
  readonly offline: boolean;
  readonly out?: string;
  readonly output: 'text' | 'json';
}

export interface TokenListOptions extends ClusterOptions {
  readonly reveal: boolean;
  readonly output: 'table' | 'json';
}

/** Makes a token. Standard output is the token, or the line to join with, and nothing else. */
export async function tokenCreate(context: Context, options: TokenCreateOptions): Promise<number> {
  if (options.offline) return prepare(context, options);
  if (options.out !== undefined) {
    throw new InputFailure('nothing is written to a folder when kubeadm makes the token', [
      problem('of-no-use', '--out', 'a folder is written with --offline alone', 'add --offline, or leave --out away'),
    ]);
  }
  const {at, admin} = await clusterOf(context, options);
  const settings = settingsOf(options, at);
  const given = await givenToken(context, options.tokenFile);
  const join = options.certificateKey ? 'control-plane' : options.printJoinCommand ? 'worker' : 'no';
  const made = await followToken(context, createToken({admin, at, settings, given, join}, world(context)));
  if (options.output === 'json') printJson(context, documentOf(made));
  if (join !== 'no') refuseBadLine(made);
  if (options.output === 'text') {
    printLines(context, [(made.joinCommand ?? made.token).reveal()]);
    tell(context, `${maskedToken(made.id)} ${endText(made.ends)}`);
    if (join === 'control-plane') tell(context, 'The uploaded certificates can be fetched for two hours.');
  }
  return 0;
}

/** No cluster yet, or no kubeadm here: the same token as files, and the commands that bring it in later. */
async function prepare(context: Context, options: TokenCreateOptions): Promise<number> {
  const {bundle, out} = options;
  if (bundle === undefined || out === undefined) {
    throw new InputFailure('an answer is missing', [
      ...(bundle === undefined
        ? [missing('--bundle', 'it takes the authority and the address from a bundle', 'add --bundle DIR')]
        : []),
      ...(out === undefined
        ? [missing('--out', 'nothing says where the files shall lie', 'add --out DIR: a new folder')]
        : []),
    ]);
  }
  const at = bundleAt(resolve(context.cwd, bundle), bundle);
  const prepared = await prepareToken(at, {
    settings: settingsOf(options, at),
    given: await givenToken(context, options.tokenFile),
    directory: resolve(context.cwd, out),
    now: context.now(),
    signal: context.signal,
  });
  const commands = prepared.steps.map(({words}) => words.map((word) => shellWord(placed(word, bundle, out))).join(' '));
  if (options.output === 'json') {
    const {id, ends, files} = prepared;
    printJson(context, {
      id,
      expires: ends?.toISOString() ?? null,
      directory: resolve(context.cwd, out),
      files,
      commands,
    });
    return 0;
  }
  printLines(context, [
    `The token ${maskedToken(prepared.id)} ${endText(prepared.ends)}; what it consists of lies in ${out}.`,
    '',
    'Once the API server answers:',
    ...commands.map((command) => `  ${command}`),
    '',
    `The line to join with, with the token in it: ${out}/bootstrap/join-command`,
  ]);
  return 0;
}

/** The documents are the new ones, the kubeconfig is the bundle's. */
function placed(word: string, bundle: string, out: string): string {
  if (word.startsWith('bootstrap/')) return `${out}/${word}`;
  return word.startsWith('nodes/') ? `${bundle}/${word}` : word;
}

function missing(option: string, message: string, fix: string): Problem {
  return problem('missing-answer', option, message, fix);
}

/** Every token of the cluster; the secret halves only with `--reveal`. */
export async function tokenList(context: Context, options: TokenListOptions): Promise<number> {
  const {admin} = await clusterOf(context, options);
  const entries = await listTokens(admin, world(context), (words) => showCommand(context, words));
  const shown = entries.map((entry) => ({
    ...entry,
    token: options.reveal ? entry.token.reveal() : maskedToken(entry.id),
  }));
  if (options.output === 'json') {
    printJson(
      context,
      shown.map(({ends, ...entry}) => ({...entry, expires: ends?.toISOString() ?? null})),
    );
    return 0;
  }
  if (shown.length === 0) tell(context, 'The cluster has no bootstrap token.');
  const now = context.now();
  printLines(
    context,
    tableLines(
      [
        {heading: 'TOKEN', cell: ({token}) => token},
        {heading: 'LEFT', cell: ({ends}) => leftText(ends, now)},
        {heading: 'USAGES', cell: ({usages}) => usages.join(',') || '-'},
        {heading: 'DESCRIPTION', cell: ({description}) => description || '-'},
        {heading: 'GROUPS', cell: ({groups}) => groups.join(',') || '-'},
      ],
      shown,
      glyphsFor(context).width,
    ),
  );
  return 0;
}

/** @param given ids; of a whole token only the first half is used */
export async function tokenDelete(
  context: Context,
  given: readonly string[],
  options: ClusterOptions,
): Promise<number> {
  const ids = given.map((text) => text.split('.')[0] ?? '');
  const wrong = ids.filter(
    (id, index) => !isTokenId(id) || (given[index] !== id && readToken(given[index] ?? '') === undefined),
  );
  if (wrong.length > 0) {
    throw new InputFailure('not every word is the id of a token', [
      problem(
        'not-a-token',
        'ID',
        'an id has six lower-case letters or digits',
        'certwright token list shows the ids, the part before the dot',
      ),
    ]);
  }
  if (given.some((text) => text.includes('.'))) {
    tell(context, "note: the id before the dot is enough, and no secret; what is typed stands in the shell's history");
  }
  const {admin} = await clusterOf(context, options);
  await deleteTokens(admin, ids, world(context), (words) => showCommand(context, words));
  tell(context, ...ids.map((id) => `the token ${maskedToken(id)} is gone; nodes that joined with it stay`));
  return 0;
}

/** The wizard's own questions judge them; without an option, the bundle's plan stands, else kubeadm's defaults. */
function settingsOf(options: TokenCreateOptions, at: BundleAt | undefined): ClusterPlan['bootstrap']['token'] {
  let plan = at?.blueprint.plan ?? emptyPlan;
  const problems: Problem[] = [];
  for (const key of ['usages', 'groups', 'ttl', 'description'] as const) {
    const step = steps.find(({id}) => id === `bootstrap.token.${key}`);
    const raw = options[key];
    if (step === undefined || raw === undefined) continue;
    const parsed = accept(step, raw, plan);
    plan = parsed.plan;
    if (!parsed.ok) problems.push(...parsed.problems.map((one) => ({...one, at: {path: `--${key}`}})));
  }
  if (problems.length > 0) throw new InputFailure('no token can be made like this', problems);
  return plan.bootstrap.token;
}

/** A token that somebody brings comes in a file or on standard input: as a word, every user of the machine would see it. */
async function givenToken({cwd, stdin}: Context, file: string | undefined): Promise<Secret | undefined> {
  if (file === undefined) return undefined;
  const text = file === '-' ? await allOf(stdin) : readTextIfThere(resolve(cwd, file));
  const token = text === undefined ? undefined : readToken(text.trim());
  if (token !== undefined) return token;
  throw new InputFailure(
    text === undefined ? `${file} does not exist` : `there is no token in ${file === '-' ? 'standard input' : file}`,
    [
      problem(
        'not-a-token',
        '--token-file',
        'a token has six letters or digits, a dot, and sixteen more',
        'kubeadm token generate makes one; without --token-file one is made',
      ),
    ],
  );
}

async function allOf(stdin: Context['stdin']): Promise<string> {
  let text = '';
  for await (const chunk of stdin.setEncoding('utf8')) text += String(chunk);
  return text;
}

function world({now, signal}: Context) {
  return {now, signal};
}

function documentOf({token, id, settings, ends, joinCommand, checks}: MadeToken) {
  return {
    id,
    token: token.reveal(),
    expires: ends?.toISOString() ?? null,
    description: settings.description,
    usages: settings.usages,
    groups: settings.groups,
    joinCommand: joinCommand?.reveal() ?? null,
    checks: checks.map(({id: check, isGood, says, fix}) => ({check, ok: isGood, says, fix: fix ?? null})),
  };
}

import {resolve} from 'node:path';
import {InputFailure} from '../base/failure.ts';
import {maskedToken} from '../base/bootstrap-token.ts';
import {problem} from '../base/problem.ts';
import {writeTree} from '../bundle/write-tree.ts';
import type {Admin} from '../journeys/admin.ts';
import {bundleAt, type BundleAt} from '../journeys/bundle-at.ts';
import {checkJoining, joinKit, type JoinKit} from '../journeys/join.ts';
import {refuseNodeName, runningKit} from '../journeys/join-running.ts';
import {createToken, kubeadmVersion, type MadeToken} from '../journeys/token.ts';
import {emptyPlan} from '../pki/plan.ts';
import {joinLines, joinReadme, type JoinStep} from '../report/join-text.ts';
import {clusterOf, type ClusterOptions} from './cluster.ts';
import type {Context} from './context.ts';
import {followToken, refuseBadLine} from './follow-token.ts';
import {printJson, printLines} from './print.ts';

export interface JoinOptions extends ClusterOptions {
  readonly node: string;
  readonly address: readonly string[];
  /** kubeadm makes a token in the running cluster, instead of the bundle's own. */
  readonly newToken: boolean;
  readonly out?: string;
  readonly tar: boolean;
  readonly output: 'text' | 'json';
}

/** Gathers what one joining node needs, and says what to do with it. */
export async function join(context: Context, options: JoinOptions): Promise<number> {
  refuseUnanswered(options);
  const {out, bundle} = options;
  const kit = bundle === undefined ? await fromCluster(context, options) : await fromBundle(context, options, bundle);
  if (out !== undefined) await write(context, options, out, kit);
  const folder = out ?? bundle ?? '';
  const steps = kit.stepsFrom(folder);
  if (options.output === 'json')
    printJson(context, {directory: resolve(context.cwd, folder), ...documentOf(kit, steps)});
  else printLines(context, joinLines({...kit, steps}, {out, tar: options.tar}));
  return 0;
}

async function fromBundle(context: Context, options: JoinOptions, bundle: string): Promise<JoinKit> {
  const {node, address: addresses, out} = options;
  const at = bundleAt(resolve(context.cwd, bundle), bundle);
  const request = {node, addresses, now: context.now()};
  const isMade = addresses.length > 0 && !at.blueprint.nodes.some(({name}) => name === node);
  if (isMade && out === undefined) {
    throw missing('--out', `what ${node} needs is not in the bundle and has to be made`, 'add --out DIR: a new folder');
  }
  if (!options.newToken) return joinKit(at, request);
  // What is wrong with the node is found before a token is made for it.
  checkJoining(at, request);
  const {admin} = await clusterOf(context, options);
  const made = await makeToken(context, admin, at);
  return joinKit(at, {...request, token: {secret: made.token, ends: made.ends}});
}

/** A cluster of kubeadm that nobody has a bundle of. */
async function fromCluster(context: Context, options: JoinOptions): Promise<JoinKit> {
  refuseNodeName(options.node);
  const {admin} = await clusterOf(context, options);
  const version = await kubeadmVersion(admin, context);
  const made = await makeToken(context, admin, undefined);
  return runningKit(options.node, made, version, admin.kubeconfig);
}

async function makeToken(context: Context, admin: Admin, at: BundleAt | undefined): Promise<MadeToken> {
  const settings = (at?.blueprint.plan ?? emptyPlan).bootstrap.token;
  const made = await followToken(
    context,
    createToken({admin, at, settings, given: undefined, join: 'worker'}, context),
  );
  refuseBadLine(made);
  return made;
}

function refuseUnanswered({bundle, kubeconfig, newToken, address, out, tar}: JoinOptions): void {
  if (tar && out === undefined) throw missing('--out', 'a tar is written beside the folder', 'add --out DIR');
  if (bundle !== undefined && kubeconfig !== undefined && !newToken) {
    throw missing('--new-token', 'a kubeconfig is of use only where kubeadm makes a token', 'add --new-token');
  }
  if ((newToken || bundle === undefined) && out === undefined) {
    throw missing(
      '--out',
      'the token has to go into a file',
      'add --out DIR: a new folder; or name the bundle of the cluster: --bundle DIR',
    );
  }
  if (bundle === undefined && address.length > 0) {
    throw missing(
      '--bundle',
      'a running cluster learns the address from the node itself',
      'leave --address out, or name the bundle of the cluster',
    );
  }
}

async function write(context: Context, {tar}: JoinOptions, out: string, kit: JoinKit): Promise<void> {
  const readme = {path: 'README.md', mode: 0o644 as const, text: () => joinReadme({...kit, steps: kit.stepsFrom('')})};
  await writeTree([...kit.files, readme], {
    directory: resolve(context.cwd, out),
    now: context.now(),
    signal: context.signal,
    tar,
  });
}

/** No secret is in it: the token is in the files alone. */
function documentOf({node, isPlanned, token, files}: JoinKit, steps: readonly JoinStep[]) {
  return {
    node,
    inPlan: isPlanned,
    token: token === undefined ? null : {token: maskedToken(token.id), ends: token.ends?.toISOString() ?? null},
    files: files.map(({path, target, mode, why}) => ({
      path,
      target: target ?? null,
      mode: `0${mode.toString(8)}`,
      why,
    })),
    steps: steps.map(({what, commands, way}) => ({what, way: way ?? 'either', commands})),
  };
}

function missing(option: string, message: string, fix: string): InputFailure {
  return new InputFailure('an answer is missing', [problem('missing-answer', option, message, fix)]);
}

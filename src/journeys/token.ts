import {halvesOf} from '../base/bootstrap-token.ts';
import {eventsOf} from '../base/event-channel.ts';
import {Failure, InputFailure} from '../base/failure.ts';
import {problem} from '../base/problem.ts';
import {Secret} from '../base/secret.ts';
import {readClusterInfo, type ReadClusterInfo} from '../kubeadm/cluster-info.ts';
import {secretConfiguration} from '../kubeadm/configuration.ts';
import {addressCheck, judgeJoin, type JoinCheck} from '../kubeadm/judge-join.ts';
import {kubeadmFor, type Kubeadm} from '../kubeadm/kubeadm.ts';
import {withSecretFile} from '../kubeadm/secret-file.ts';
import {
  createToken as createWith,
  listTokens as listWith,
  type CreatedToken,
  type PrintedJoin,
  type TokenEntry,
} from '../kubeadm/tokens.ts';
import {createFromFileWords, createWords, deleteWords, listWords, type TokenSettings} from '../kubeadm/words.ts';
import {runProgram as runReally, type RunProgram} from '../run/run-program.ts';
import {adminAt, type Admin} from './admin.ts';
import {bundleAt, type BundleAt} from './bundle-at.ts';
import {uploadKeys} from './upload-keys.ts';

/** What a token journey needs of the world. */
export interface TokenWorld {
  readonly now: () => Date;
  readonly signal?: AbortSignal | undefined;
  readonly runProgram?: RunProgram | undefined;
  readonly readClusterInfo?: ReadClusterInfo | undefined;
}

export interface TokenRequest {
  readonly admin: Admin;
  /** Where the cluster's own configuration is taken from if the cluster has none. */
  readonly at: BundleAt | undefined;
  readonly settings: TokenSettings;
  /** A token that somebody brings; undefined = kubeadm makes one. */
  readonly given: Secret | undefined;
  /** Whether a line to join with is wanted: it is checked before it is handed out. */
  readonly join: 'no' | 'worker' | 'control-plane';
}

/** The last event is `finished`. */
export type TokenEvent =
  /** Right before it runs. No secret is in it. */
  | {readonly kind: 'command-started'; readonly words: readonly string[]}
  | {readonly kind: 'token-created'; readonly id: string}
  | {readonly kind: 'checked'; readonly check: JoinCheck}
  | {readonly kind: 'finished'; readonly made: MadeToken};

export interface MadeToken {
  readonly token: Secret;
  readonly id: string;
  readonly settings: TokenSettings;
  /** As the cluster has it; undefined = never, or it was not asked. */
  readonly ends: Date | undefined;
  /** It holds the token. undefined = none was wanted, or what was checked forbids to hand it out. */
  readonly joinCommand: Secret | undefined;
  /** What the line is made of, under the same condition. */
  readonly joined: PrintedJoin | undefined;
  /** Empty when no join line was wanted. */
  readonly checks: readonly JoinCheck[];
}

type Tell = (event: TokenEvent) => void;

/**
 * Makes a token through kubeadm, and checks the join line with it before anybody sees it.
 *
 * @throws InputFailure before anything is made, when the line could not be right
 * @throws Failure when kubeadm or the cluster say no; what was made by then is said
 */
export function createToken(request: TokenRequest, world: TokenWorld): AsyncGenerator<TokenEvent, void, void> {
  return eventsOf<TokenEvent, void>(async (tell, signal) => {
    refuseUseless(request);
    const kubeadm = kubeadmIn(request.admin, {...world, signal});
    const key =
      request.join === 'control-plane'
        ? await uploadKeys(kubeadm, request, {...world, signal}, (words) => tell({kind: 'command-started', words}))
        : undefined;
    const created = await create(kubeadm, request, tell);
    const {id} = halvesOf(created.token);
    tell({kind: 'token-created', id});
    const {admin, settings} = request;
    const made = {token: created.token, id, settings};
    if (created.join === undefined) {
      const ends = settings.ttl === 0 ? undefined : new Date(world.now().getTime() + settings.ttl * 3_600_000);
      tell({kind: 'finished', made: {...made, ends, joinCommand: undefined, joined: undefined, checks: []}});
      return;
    }
    const {join} = created;
    const entry = await entryOf(kubeadm, id);
    const checks = await judgeJoin(
      {
        token: created.token,
        entry,
        server: `https://${join.endpoint}`,
        pins: join.pins,
        onDisk: admin.onDisk,
        now: world.now(),
      },
      {readClusterInfo: world.readClusterInfo ?? readClusterInfo, signal},
    );
    for (const check of checks) tell({kind: 'checked', check});
    const joined = checks.every(({isGood}) => isGood) ? join : undefined;
    const joinCommand = joined === undefined ? undefined : joinLine(created.token, joined, key);
    tell({kind: 'finished', made: {...made, ends: entry?.ends, joinCommand, joined, checks}});
  }, world.signal);
}

/** Tokens of the cluster, with the command that asks for them. */
export async function listTokens(
  admin: Admin,
  world: TokenWorld,
  onCommand: (words: readonly string[]) => void,
): Promise<readonly TokenEntry[]> {
  const kubeadm = kubeadmIn(admin, world);
  onCommand(kubeadm.commandOf(listWords));
  return listWith(kubeadm);
}

/** @param ids the public halves of the tokens */
export async function deleteTokens(
  admin: Admin,
  ids: readonly string[],
  world: TokenWorld,
  onCommand: (words: readonly string[]) => void,
): Promise<void> {
  const kubeadm = kubeadmIn(admin, world);
  const words = deleteWords(ids);
  onCommand(kubeadm.commandOf(words));
  await kubeadm.run(words);
}

/** kubeadm takes the line's address and authority from the kubeconfig: what is wrong there is wrong in the line. */
function refuseUseless({admin, settings, join}: TokenRequest): void {
  if (!settings.usages.includes('authentication')) {
    throw new InputFailure('kubeadm makes no token that nobody can log in with', [
      problem(
        'token-without-authentication',
        '--usages',
        'the usage authentication is missing',
        'use signing and authentication',
      ),
    ]);
  }
  if (join === 'no') return;
  const address = addressCheck(admin.server);
  if (!address.isGood) {
    throw new InputFailure('a join line with this kubeconfig would be of no use', [
      problem('local-address', admin.kubeconfig, address.says, address.fix),
    ]);
  }
  if (!settings.usages.includes('signing')) {
    throw new InputFailure('a join line with this token would be of no use', [
      problem(
        'token-without-signing',
        '--usages',
        'cluster-info is signed only for tokens with the usage signing',
        'use signing and authentication',
      ),
    ]);
  }
}

function kubeadmIn(admin: Admin, {runProgram = runReally, signal}: TokenWorld): Kubeadm {
  return kubeadmFor({kubeconfig: admin.kubeconfig, runProgram, signal});
}

async function create(kubeadm: Kubeadm, {settings, given, join}: TokenRequest, tell: Tell): Promise<CreatedToken> {
  const run = async (words: readonly string[]): Promise<CreatedToken> => {
    tell({kind: 'command-started', words: kubeadm.commandOf(words)});
    return createWith(kubeadm, words, given);
  };
  try {
    if (given === undefined) return await run(createWords(settings, join !== 'no'));
    const text = secretConfiguration({version: await kubeadm.version(), token: {token: given, settings}});
    return await withSecretFile('token.yaml', text, (file) => run(createFromFileWords(file, join !== 'no')));
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'program-timed-out') throw error;
    // It may have been on its way already.
    throw new Failure(error.code, `${error.message}; the token may have been made all the same`, {
      nextSteps: ['see whether there is a new one: certwright token list', ...error.nextSteps],
    });
  }
}

async function entryOf(kubeadm: Kubeadm, id: string): Promise<TokenEntry | undefined> {
  return (await listWith(kubeadm)).find((entry) => entry.id === id);
}

function joinLine(
  token: Secret,
  {endpoint, pins}: {readonly endpoint: string; readonly pins: readonly string[]},
  key: Secret | undefined,
): Secret {
  const words = [
    'kubeadm join',
    endpoint,
    `--token ${token.reveal()}`,
    ...pins.map((pin) => `--discovery-token-ca-cert-hash ${pin}`),
    ...(key === undefined ? [] : [`--control-plane --certificate-key ${key.reveal()}`]),
  ];
  return new Secret(words.join(' '));
}

/** Of the kubeadm on this machine: `v1.36.2`. */
export function kubeadmVersion(admin: Admin, world: TokenWorld): Promise<string> {
  return kubeadmIn(admin, world).version();
}

/**
 * A token with a line to join with, as the plan of a bundle wants it, in its administrator's name.
 *
 * @param directory absolute
 */
export async function* tokenForBundle(directory: string, world: TokenWorld): AsyncGenerator<TokenEvent, void, void> {
  const at = bundleAt(directory);
  const admin = await adminAt(undefined, at);
  const {token: settings} = at.blueprint.plan.bootstrap;
  yield* createToken({admin, at, settings, given: undefined, join: 'worker'}, world);
}

import {setTimeout} from 'node:timers/promises';
import {parseAddress} from '../base/address.ts';
import {halvesOf} from '../base/bootstrap-token.ts';
import {Cancelled, Failure} from '../base/failure.ts';
import type {Secret} from '../base/secret.ts';
import {readKubeconfig} from '../kubeconfig/read-kubeconfig.ts';
import {spkiPin} from '../x509/inspect.ts';
import {isSignedWithToken} from '../x509/token-signature.ts';
import type {ClusterInfo, ReadClusterInfo} from './cluster-info.ts';
import type {TokenEntry} from './tokens.ts';

/** One thing that must hold for a node to join, and whether it does. */
export interface JoinCheck {
  readonly id: 'token' | 'address' | 'cluster-info' | 'signature' | 'pin' | 'served';
  readonly isGood: boolean;
  /** What is so. */
  readonly says: string;
  /** What to do where it is not good. */
  readonly fix: string | undefined;
}

export interface JoinQuestion {
  readonly token: Secret;
  /** What `kubeadm token list` says; undefined = it does not name this token. */
  readonly entry: TokenEntry | undefined;
  /** Of the join line: `https://host:port`. */
  readonly server: string;
  /** Of the join line. */
  readonly pins: readonly string[];
  /** Certificates of the authority as they lie here, each with where. */
  readonly onDisk: readonly {readonly path: string; readonly certificates: readonly string[]}[];
  readonly now: Date;
}

export interface JoinWorld {
  readonly readClusterInfo: ReadClusterInfo;
  readonly signal?: AbortSignal | undefined;
  /** Times that cluster-info is looked at for the signature of a new token, which takes the signer a moment. */
  readonly attempts?: number | undefined;
  /** Milliseconds between them. */
  readonly pause?: number | undefined;
}

/**
 * Does what the joining node will do, without any credential but the token: reads cluster-info, verifies its signature with
 * the token, its authority with the pin, and then the server with that authority. All is told, not only what fails first.
 *
 * @throws Cancelled
 */
export async function judgeJoin(question: JoinQuestion, world: JoinWorld): Promise<readonly JoinCheck[]> {
  const checks = [judgeToken(question), addressCheck(question.server)];
  const {id} = halvesOf(question.token);
  let info: ClusterInfo;
  try {
    info = await signedInfo(question.server, id, world);
  } catch (error) {
    return [...checks, fromFailure('cluster-info', error)];
  }
  checks.push(good('cluster-info', 'cluster-info is there, for a node without a credential to read'));
  checks.push(judgeSignature(info, question.token));
  const [cluster] = readKubeconfig(info.kubeconfig).clusters;
  const inside = cluster?.certificateAuthority?.kind === 'embedded' ? cluster.certificateAuthority.certificates : [];
  checks.push(judgePins(inside, question));
  checks.push(await judgeServed(cluster?.server, inside, world));
  return checks;
}

function judgeToken({entry, now}: JoinQuestion): JoinCheck {
  const create = 'make another: certwright token create --print-join-command';
  if (entry === undefined) return bad('token', 'the cluster does not have this token (any more)', create);
  if (entry.ends !== undefined && entry.ends <= now)
    return bad('token', `the token ended at ${entry.ends.toISOString()}`, create);
  const lacking = ['signing', 'authentication'].filter((usage) => !entry.usages.includes(usage));
  if (lacking.length > 0) {
    return bad('token', `the token is not for ${lacking.join(' and ')}, and kubeadm join needs both`, create);
  }
  return good(
    'token',
    entry.ends === undefined
      ? 'the token is there, and never ends'
      : `the token is good until ${entry.ends.toISOString()}`,
  );
}

/** Whether another machine could use this address. */
export function addressCheck(server: string): JoinCheck {
  const host = URL.parse(server)?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const scope = parseAddress(host)?.scope;
  const isLocal =
    host === '' || host === 'localhost' || host.endsWith('.localhost') || (scope !== undefined && scope !== 'global');
  return isLocal
    ? bad(
        'address',
        `${server} means another machine on every machine: a joining node would call itself`,
        'use a kubeconfig whose server is the control-plane endpoint: the join line takes the address from it',
      )
    : good('address', `${server} is no address of this machine alone`);
}

/** Looks again while the signature of this token is not there yet: the signer follows a new token within a second. */
async function signedInfo(
  server: string,
  id: string,
  {readClusterInfo, signal, attempts = 40, pause = 250}: JoinWorld,
): Promise<ClusterInfo> {
  for (let attempt = 1; ; attempt += 1) {
    const info = await readClusterInfo({server, authorities: undefined, signal});
    if (info.signatures.has(id) || attempt >= attempts) return info;
    try {
      await setTimeout(pause, undefined, signal === undefined ? {} : {signal});
    } catch {
      throw new Cancelled();
    }
  }
}

function judgeSignature({kubeconfig, signatures}: ClusterInfo, token: Secret): JoinCheck {
  const {id} = halvesOf(token);
  const signature = signatures.get(id);
  if (signature === undefined) {
    return bad(
      'signature',
      `cluster-info is not signed for the token ${id}`,
      'the controller manager signs it: see that it runs, and that its flag is --controllers=*,bootstrapsigner,tokencleaner',
    );
  }
  return isSignedWithToken(kubeconfig, signature, token)
    ? good('signature', `cluster-info is signed for the token ${id}, and the signature verifies`)
    : bad(
        'signature',
        `the signature of cluster-info for the token ${id} does not verify`,
        "somebody changed cluster-info, or the token's Secret: see who, then make another token",
      );
}

function judgePins(inside: readonly string[], {pins, onDisk}: JoinQuestion): JoinCheck {
  const served = inside.map((pem) => pinOf(pem));
  if (!served.some((pin) => pin !== undefined && pins.includes(pin))) {
    return bad(
      'pin',
      'the authority in cluster-info is another one than the join line pins',
      'cluster-info is of another cluster, or older than its CA: write it anew with kubeadm init phase bootstrap-token',
    );
  }
  const stranger = onDisk.find(({certificates}) => !certificates.some((pem) => pins.includes(pinOf(pem) ?? '')));
  return stranger === undefined
    ? good('pin', `the pin is the authority's of cluster-info${onDisk.map(({path}) => `, and of ${path}`).join('')}`)
    : bad(
        'pin',
        `the authority in ${stranger.path} is another one than the join line pins`,
        "see which of the two is the cluster's: certwright inspect FILE",
      );
}

function pinOf(pem: string): string | undefined {
  try {
    return spkiPin(pem);
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/** The second look, as kubeadm takes it: at the address and with the authority that cluster-info itself names. */
async function judgeServed(
  server: string | undefined,
  authorities: readonly string[],
  world: JoinWorld,
): Promise<JoinCheck> {
  if (server === undefined || URL.parse(server)?.protocol !== 'https:' || authorities.length === 0) {
    return bad(
      'served',
      'cluster-info names no server with its authority',
      'write it anew: kubeadm init phase bootstrap-token',
    );
  }
  const address = addressCheck(server);
  if (!address.isGood) return {...address, id: 'served', says: `in cluster-info ${address.says}`};
  try {
    await world.readClusterInfo({server, authorities, signal: world.signal});
    return good('served', `${server} serves a certificate of that authority`);
  } catch (error) {
    return fromFailure('served', error);
  }
}

function fromFailure(id: JoinCheck['id'], error: unknown): JoinCheck {
  if (!(error instanceof Failure)) throw error;
  return bad(id, error.message, error.nextSteps.join('; '));
}

function good(id: JoinCheck['id'], says: string): JoinCheck {
  return {id, isGood: true, says, fix: undefined};
}

function bad(id: JoinCheck['id'], says: string, fix: string): JoinCheck {
  return {id, isGood: false, says, fix};
}

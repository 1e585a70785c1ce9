import {z} from 'zod';
import {halvesOf, readToken} from '../base/bootstrap-token.ts';
import {Failure} from '../base/failure.ts';
import type {Secret} from '../base/secret.ts';
import {readJsonStream} from './json-stream.ts';
import type {Kubeadm} from './kubeadm.ts';
import {listWords} from './words.ts';

/** A bootstrap token that the cluster has. */
export interface TokenEntry {
  /** The public half: what `delete` takes. */
  readonly id: string;
  readonly token: Secret;
  readonly description: string;
  /** undefined = never ends. */
  readonly ends: Date | undefined;
  readonly usages: readonly string[];
  readonly groups: readonly string[];
}

/** What `kubeadm token create` printed. */
export interface CreatedToken {
  readonly token: Secret;
  /** From the join line, when one was asked for. */
  readonly join: PrintedJoin | undefined;
}

export interface PrintedJoin {
  /** `host:port`, brackets around IPv6. */
  readonly endpoint: string;
  /** Each `sha256:…`. */
  readonly pins: readonly string[];
}

/** Runs `createWords` or `createFromFileWords`, and finds in what is printed what was asked for. */
export async function createToken(
  kubeadm: Kubeadm,
  words: readonly string[],
  given: Secret | undefined,
): Promise<CreatedToken> {
  const printed = await kubeadm.run(words, given === undefined ? [] : [given]);
  const join = words.includes('--print-join-command') ? joinIn(printed) : undefined;
  const token = join?.token ?? (words.includes('--print-join-command') ? undefined : tokenIn(printed));
  const differs = given !== undefined && token !== undefined && token.reveal() !== given.reveal();
  if (token !== undefined && !differs) return {token, join};
  throw new Failure('kubeadm-unexpected', 'kubeadm succeeded, but printed something else than a token', {
    nextSteps: [
      'see whether there is one now: certwright token list',
      "see that `kubeadm version` is the real kubeadm's",
    ],
  });
}

function tokenIn(printed: string): Secret | undefined {
  const tokens = printed.split('\n').flatMap((line) => readToken(line.trim()) ?? []);
  return tokens.length === 1 ? tokens[0] : undefined;
}

function joinIn(printed: string): (PrintedJoin & {readonly token: Secret}) | undefined {
  const lines = printed.split('\n').filter((line) => line.startsWith('kubeadm join '));
  const [, endpoint, text = '', rest = ''] = /^kubeadm join (\S+)\s+--token (\S+)\s+(.*)$/.exec(lines[0] ?? '') ?? [];
  const token = readToken(text);
  const pins = [...rest.matchAll(/--discovery-token-ca-cert-hash[ =](sha256:[0-9a-f]{64})(?=\s|$)/g)].map(
    ([, pin = '']) => pin,
  );
  if (lines.length !== 1 || endpoint === undefined || token === undefined || pins.length === 0) return undefined;
  return {endpoint, token, pins};
}

/** Every bootstrap token of the cluster, those among them that have ended and wait to be removed. */
export async function listTokens(kubeadm: Kubeadm): Promise<readonly TokenEntry[]> {
  const values = readJsonStream(await kubeadm.run(listWords));
  const read = values?.map((value) => entry.safeParse(value));
  if (read === undefined || read.some(({success}) => !success)) {
    throw new Failure('kubeadm-unexpected', 'kubeadm printed something else than the list of tokens', {
      nextSteps: ["see that `kubeadm version` is the real kubeadm's, and what `kubeadm token list` prints by hand"],
    });
  }
  return read.flatMap(({data}) => data ?? []);
}

const entry = z
  .object({
    kind: z.literal('BootstrapToken'),
    token: z.string(),
    description: z.string().default(''),
    expires: z.iso.datetime({offset: true}).nullish(),
    usages: z.array(z.string()).nullish(),
    groups: z.array(z.string()).nullish(),
  })
  .transform(({token: text, description, expires, usages, groups}, context): TokenEntry => {
    const token = readToken(text);
    if (token === undefined) {
      context.addIssue('not a token');
      return z.NEVER;
    }
    const ends = typeof expires === 'string' ? new Date(expires) : undefined;
    return {id: halvesOf(token).id, token, description, ends, usages: usages ?? [], groups: groups ?? []};
  });

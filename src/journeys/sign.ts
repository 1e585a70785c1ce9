import {InputFailure} from '../base/failure.ts';
import {problem} from '../base/problem.ts';
import type {Secret} from '../base/secret.ts';
import {readRequests, writeSigned, type WaitingRequest} from '../bundle/requests.ts';
import {signRequest} from '../x509/request.ts';

/** What a machine that holds an authority's key is asked to sign. */
export interface Ceremony {
  readonly clusterName: string;
  /** The node whose certificates are renewed; undefined = they are a bundle's. */
  readonly renewalOf: string | undefined;
  readonly authority: string;
  readonly requests: readonly WaitingRequest[];
}

/**
 * What waits in a folder of requests for one authority.
 *
 * @param authority its id; undefined = the only one that is asked
 * @throws InputFailure when the folder asks several and none was named, or not this one
 */
export function ceremonyFor(directory: string, authority: string | undefined): Ceremony {
  const {clusterName, renewalOf, requests} = readRequests(directory);
  const asked = [...new Set(requests.map((request) => request.authority))];
  const [only] = asked;
  const chosen = authority ?? (asked.length === 1 ? only : undefined);
  if (chosen === undefined || !asked.includes(chosen)) {
    const message =
      chosen === undefined
        ? `the requests are for ${asked.join(', ')}: say for which one this key is`
        : `nothing is asked of ${chosen}; the requests are for ${asked.join(', ')}`;
    throw new InputFailure('the requests are for another authority', [
      problem('authority-unclear', '--authority', message, `--authority ${asked.join(' or --authority ')}`),
    ]);
  }
  return {
    clusterName,
    renewalOf,
    authority: chosen,
    requests: requests.filter((request) => request.authority === chosen),
  };
}

/**
 * Signs them all, each certificate beside its request; `onSigned` hears of each.
 *
 * @throws Failure when a request or the authority is not right; what was signed before stays
 */
export async function signAll(
  directory: string,
  {requests, authority}: Ceremony,
  {
    pair,
    now,
    onSigned,
  }: {
    readonly pair: {readonly certificate: string; readonly key: Secret};
    readonly now: Date;
    readonly onSigned: (name: string) => void;
  },
): Promise<void> {
  const folder = readRequests(directory);
  for (const {name, request, isAuthority, validity, usages} of requests) {
    const {certificate} = await signRequest(request, pair, {
      now,
      validity,
      isAuthority,
      usages,
      from: {request: name, authority},
    });
    writeSigned(folder, name, certificate);
    onSigned(name);
  }
}

import {join} from 'node:path';
import {Failure, InputFailure} from '../base/failure.ts';
import {type Problem, problem} from '../base/problem.ts';
import type {RequestEntry} from '../bundle/requests-json.ts';
import {filesOf, readRequests, type Requests, writeRenewalRequests} from '../bundle/requests.ts';
import {endingAuthorities} from '../node/ending-authorities.ts';
import {nameOfNode} from '../node/plan-node.ts';
import type {NodeFound} from '../node/inventory.ts';
import {askedItem, prepareRequests, type RenewalRequest} from '../node/renewal-requests.ts';
import type {SignedAnswer} from '../node/judge-signed.ts';
import {takeSigned} from '../node/signed-renewals.ts';
import {nameWarnings, type WishedNames, wishedNames} from '../node/wished-names.ts';
import {type BlockedItem, planOf, type RenewalPlan, type RenewWish} from './renew.ts';
import {chooseItems, lookForItems} from './renewal-choice.ts';

/**
 * Renewal where the key of an authority is elsewhere: keys and requests into a folder, then what was signed onto the
 * node. The folder has the form that a bundle's requests have, so `certwright sign` serves both.
 */

/** What is to be asked for. Keys are in it: it is shown through `src/report`, never printed as it is. */
export interface RequestPlan {
  /** What the node is called; `this node` where nothing says it. */
  readonly node: string;
  readonly clusterName: string;
  /** Hours. */
  readonly validity: number;
  readonly requests: readonly (RenewalRequest & {readonly names: WishedNames})[];
  /** Chosen, and nothing to be asked for. */
  readonly blocked: readonly BlockedItem[];
  readonly left: number;
  readonly warnings: readonly Problem[];
}

/**
 * Makes keys and requests in memory; writes nothing.
 *
 * @throws InputFailure for a name that no certificate of the node has; Failure
 */
export async function planRequests(wish: RenewWish): Promise<RequestPlan> {
  const {root, found, items, chosen, planned} = await chooseItems(wish);
  const asked = chosen.flatMap((item) => askedItem(item) ?? []);
  const namesOf = ({held}: RenewalRequest['item']): WishedNames => wishedNames(found, held, {...wish, planned});
  const made = await prepareRequests(asked, (item) => namesOf(item).sans);
  const requests = made.map((request) => ({...request, names: namesOf(request.item)}));
  const until = new Date(wish.now.getTime() + wish.validity * 3_600_000);
  return {
    node: nameOfNode(found, root) ?? 'this node',
    clusterName: clusterNameOf(found),
    validity: wish.validity,
    requests,
    blocked: chosen.filter((item): item is BlockedItem => item.kind === 'blocked' && askedItem(item) === undefined),
    left: items.length - chosen.length,
    warnings: [
      ...requests.flatMap(({item: {name, held}, names}) =>
        nameWarnings({name, path: held.at.path, keepsToPlan: wish.sans === 'plan'}, names),
      ),
      ...endingAuthorities(
        found,
        requests.map(({item: {name, held}}) => ({name, certificate: held.certificate, until})),
        wish.now,
      ),
    ],
  };
}

/**
 * Writes them, all or nothing; the node itself stays as it is.
 *
 * @param directory absolute; absent or empty
 * @throws Failure when the world says no; then nothing is left
 */
export async function writeRequestPlan(
  {node, clusterName, validity, requests}: RequestPlan,
  {directory, now, signal}: {readonly directory: string; readonly now: Date; readonly signal: AbortSignal},
): Promise<void> {
  await writeRenewalRequests({
    directory,
    now,
    signal,
    node,
    clusterName,
    requests: requests.map(({name, authority, item, sans, key, request, names}) => {
      const {at, certificate} = item.held;
      const {commonName, organizations} = certificate.subject;
      const why = new Map(names.rows.map((row) => [row.name, row.neededBy[0]]));
      const entry: RequestEntry = {
        name,
        authority,
        isAuthority: false,
        subject: {commonName, organizations},
        usages: certificate.usages,
        sans: sans.map((san) => ({...san, why: why.get(san.value) ?? 'it has the name'})),
        validity,
        why: `renews ${at.path}${at.entry === undefined ? '' : `, user ${at.entry.name}`}`,
        place: {item: item.name, path: at.path, user: at.entry?.name},
      };
      return {entry, key, request};
    }),
  });
}

/**
 * Verifies what came back signed and works out what changes with it; writes nothing.
 *
 * @throws InputFailure with everything that is wrong with what came back
 * @throws Failure `requests-of-a-bundle`, and those of reading the folder
 */
export function planSigned(wish: Pick<RenewWish, 'root' | 'sudoUser' | 'now'>, directory: string): RenewalPlan {
  const folder = readRequests(directory);
  if (folder.renewalOf === undefined) {
    throw new Failure('requests-of-a-bundle', `${directory} holds the requests of a bundle, not of this node`, {
      nextSteps: [`go on with it: certwright issue --signed ${directory}`],
    });
  }
  const {root, found, items} = lookForItems(wish);
  const asked = items.flatMap((item) => askedItem(item) ?? []);
  const {renewed, inPlace, problems} = takeSigned(root, found, asked, {answers: answersIn(folder), now: wish.now});
  const errors = problems.filter(({severity}) => severity === 'error');
  if (errors.length > 0) {
    throw new InputFailure(
      `what is in ${directory} cannot be used as it is; nothing was changed`,
      errors,
      'mend what is named above: have it signed again where it was signed wrong, then run it again',
    );
  }
  return planOf(found, renewed, {
    wish: {...wish, sans: 'keep'},
    blocked: [],
    inPlace: inPlace.map(({name}) => name),
    left: items.length - renewed.length - inPlace.length,
    warnings: problems,
  });
}

function answersIn({directory, requests}: Requests): readonly SignedAnswer[] {
  const without = requests.filter(({place}) => place === undefined);
  if (without.length > 0) {
    throw new InputFailure(
      `${join(directory, 'requests/requests.json')} cannot be used`,
      without.map(({name}) => problem('not-requests', name, 'nothing says which file of the node it is for')),
      'take requests.json from the machine that made the requests',
    );
  }
  return requests.flatMap(({name, place, request, key, certificate, validity}) =>
    place === undefined ? [] : [{files: filesOf(name), place, request, key, certificate, validity}],
  );
}

/** By the kubeconfigs that lie here; `''` where none says it. */
function clusterNameOf({holdings}: NodeFound): string {
  return holdings.flatMap(({kubeconfig}) => kubeconfig?.config.clusters ?? [])[0]?.name ?? '';
}

import {InputFailure} from '../base/failure.ts';
import {nameFault} from '../base/names.ts';
import {problem} from '../base/problem.ts';
import type {NodeFound} from '../node/inventory.ts';
import {type KubeletChange, newClient} from '../node/kubelet-change.ts';
import {clientAuthority} from '../node/kubelet-door.ts';
import {currentPem, isCurrentPem, type KubeletPlaces, kubeletPlaces, nodeNameOn} from '../node/kubelet-places.ts';
import type {RenewalItem} from '../node/renewal-items.ts';
import type {NodeRoot} from '../node/root.ts';
import type {Remark} from '../report/renewal-text.ts';

/** What a person asks for, as far as it is about this node's kubelet. */
export interface KubeletWish {
  readonly which: {readonly kind: 'named'; readonly names: readonly string[]} | {readonly kind: 'all' | 'needed'};
  /** What the Node is called, where nothing here says it, or says it wrongly. */
  readonly node: string | undefined;
  /** Hours. */
  readonly validity: number;
  readonly now: Date;
}

/**
 * The kubelet's client certificate, when it is asked for by its name and cannot just be issued again.
 *
 * @returns undefined = not asked for, or an item like the others
 * @throws InputFailure when nothing says what the Node is called; Failure
 */
export async function clientAnew(
  root: NodeRoot,
  found: NodeFound,
  items: readonly RenewalItem[],
  {which, node, validity, now}: KubeletWish,
): Promise<KubeletChange | undefined> {
  const places = kubeletPlaces(found);
  if (which.kind !== 'named' || places === undefined || !which.names.some((name) => isClient(name, places))) {
    return undefined;
  }
  const item = items.find(({held}) => held.at.path === currentPem(places));
  const isBlocked = item?.kind === 'blocked' && clientAuthority(found) === undefined;
  if (node === undefined && (item?.kind === 'renewable' || isBlocked)) return undefined;
  if (node !== undefined) refuseNodeName(node);
  const name = node === undefined ? nodeNameOn(root, found, places) : {name: node, by: '--node'};
  if (name === undefined) {
    throw new InputFailure('nothing here says what this node is called in the cluster', [
      problem(
        'missing-answer',
        '--node',
        'the certificate has to name the Node, letter by letter',
        'add --node NAME, as kubectl get nodes shows it',
      ),
    ]);
  }
  return newClient(root, found, {node: name, places, validity, now});
}

/** Whether a person means the kubelet's client certificate by it. */
export function isClient(name: string, places: KubeletPlaces): boolean {
  return name === 'kubelet-client' || name === currentPem(places);
}

/** What is said of the kubelet when it was not asked for by name and something about it is worth knowing. */
export function kubeletRemarks(
  found: NodeFound,
  items: readonly RenewalItem[],
  chosen: readonly RenewalItem[],
  which: KubeletWish['which'],
): readonly Remark[] {
  if (which.kind === 'named') return [];
  const places = kubeletPlaces(found);
  const client = items.find(({held}) => isCurrentPem(held.at.path));
  const embedding = chosen.find(({kind, held}) => kind === 'renewable' && held.at.path === places?.kubeconfig);
  if (embedding !== undefined && rotates(found) && !(client !== undefined && chosen.includes(client))) {
    const lines = ['the kubelet does not renew what stands in it, nor start once it has ended'];
    return [{name: embedding.name, lines: [...lines, 'one that it renews itself: certwright renew kubelet-client']}];
  }
  if (client !== undefined && chosen.includes(client)) return [];
  const missing =
    places === undefined || clientAuthority(found) === undefined ? undefined : missingWayIn(found, places);
  if (missing !== undefined) {
    return [{name: 'kubelet-client', lines: [`${missing} is not there`, 'a new one: certwright renew kubelet-client']}];
  }
  if (which.kind !== 'all' || client?.kind !== 'renewable') return [];
  const lines = ['stays as it is: the kubelet renews it itself', `all the same: certwright renew ${client.name}`];
  return [{name: client.name, lines}];
}

function rotates({components}: NodeFound): boolean {
  return components.some(
    ({component, settings, flags}) =>
      component === 'kubelet' &&
      (settings.get('rotateCertificates') ?? flags.get('--rotate-certificates')?.at(-1)) === 'true',
  );
}

/** What the kubelet does not start without; it has not lost anything as long as it can bootstrap. */
function missingWayIn({components, holdings}: NodeFound, places: KubeletPlaces): string | undefined {
  if (!components.some(({component}) => component === 'kubelet')) return undefined;
  const bootstraps = holdings.some(
    ({found, users}) => found.ok && users.some(({flag}) => flag === '--bootstrap-kubeconfig'),
  );
  if (bootstraps) return undefined;
  return holdings.find(
    ({path, found}) => !found.ok && found.why === 'missing' && [places.kubeconfig, currentPem(places)].includes(path),
  )?.path;
}

function refuseNodeName(node: string): void {
  const fault = nameFault(node);
  if (fault === undefined) return;
  throw new InputFailure(`${JSON.stringify(node)} is no name of a Node`, [
    problem(fault.code, '--node', fault.message, fault.fix),
  ]);
}

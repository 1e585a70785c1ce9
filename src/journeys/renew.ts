import type {Problem} from '../base/problem.ts';
import type {Backup} from '../node/change/backup.ts';
import {applyChange} from '../node/change/change.ts';
import {explained} from '../node/change/failure.ts';
import type {Change} from '../node/change/stage.ts';
import type {Keeping} from '../node/change/journal.ts';
import {holdLock, type RunMarks} from '../node/change/lock.ts';
import {endingAuthorities} from '../node/ending-authorities.ts';
import type {Held} from '../node/held.ts';
import type {NodeFound} from '../node/inventory.ts';
import {type KubeletChange, takenAway, validateKubelet} from '../node/kubelet-change.ts';
import {kubeletPlaces} from '../node/kubelet-places.ts';
import type {Remade, RenewalItem} from '../node/renewal-items.ts';
import {prepareRenewal, type RenewableItem, type RenewalOptions, type Renewed, writesOf} from '../node/renew.ts';
import {openRoot} from '../node/root.ts';
import {validateStaged} from '../node/staged-renewal.ts';
import {nameWarnings} from '../node/wished-names.ts';
import type {Blueprint} from '../pki/blueprint-types.ts';
import {layouts} from '../pki/layouts.ts';
import type {Restart} from '../pki/rotation.ts';
import type {ChangedNames} from '../report/kubeadm-names-text.ts';
import type {Remark} from '../report/renewal-text.ts';
import {keepingOn} from './keeping.ts';
import {kubeletRemarks} from './kubelet-credentials.ts';
import {chooseItems} from './renewal-choice.ts';
import {restartsOf} from './restart-order.ts';

export interface RenewWish extends RenewalOptions {
  /** The node's `/` as it lies here. */
  readonly root: string;
  /** What to renew; `needed`: what has ended, ends soon, has a fault that a renewal mends, or is to have other names. */
  readonly which:
    | {readonly kind: 'named'; readonly names: readonly string[]}
    | {readonly kind: 'all'}
    | {readonly kind: 'needed'};
  /** Hours before its end from which a certificate counts as ending. */
  readonly warnWithin: number;
  /** What this node is called, in the cluster and in the plan; undefined = as it is found. */
  readonly node: string | undefined;
  /** Who called sudo: that home's kubeconfig is refreshed with root's. */
  readonly sudoUser: string | undefined;
  /** Of this machine, the one that others dial first; they count where the root is its own. */
  readonly addresses?: readonly string[] | undefined;
  /** The plan that names are compared with. */
  readonly plan?: Pick<Blueprint, 'nodes' | 'certificates'> | undefined;
}

/** What a renewal would do. Keys are in it: it is shown through `src/report`, never printed as it is. */
export interface RenewalPlan {
  readonly root: string;
  readonly renewed: readonly Renewed[];
  /** What else changes for the kubelet. */
  readonly kubelet: readonly KubeletChange[];
  /** What is worth knowing besides. */
  readonly remarks: readonly Remark[];
  /** Asked for, and not to be renewed here. */
  readonly blocked: readonly BlockedItem[];
  /** What another run has put in its place already. */
  readonly inPlace: readonly string[];
  /** How many there are beside these. */
  readonly left: number;
  /** Components that read a renewed file at their start only, in the order in which they are restarted. */
  readonly restarts: readonly Restart[];
  /** Every component of the node that can be restarted, in the same order. */
  readonly restartable: readonly Restart[];
  /** What somebody should know before it is done. */
  readonly warnings: readonly Problem[];
  /** What kubeadm's stored configuration should know of the API server's names; undefined = nothing new. */
  readonly kubeadmNames: ChangedNames | undefined;
}

export type BlockedItem = RenewalItem & {readonly kind: 'blocked'};

/**
 * Works out a renewal: issues what is to be renewed in memory, and writes nothing.
 *
 * @throws InputFailure for a name that no certificate of the node has; Failure
 */
export async function planRenewal(wish: RenewWish): Promise<RenewalPlan> {
  const {root, found, items, chosen, planned, anew} = await chooseItems(wish);
  // Whoever renews the kubelet's own pair writes its kubeconfig too, where that embeds another.
  const isWritten =
    anew !== undefined || chosen.some((item) => item.kind === 'renewable' && item.key.kind === 'rotating');
  const kubeconfig = isWritten ? kubeletPlaces(found)?.kubeconfig : undefined;
  const renewable = chosen.filter(
    (item): item is RenewableItem => item.kind === 'renewable' && item.held.at.path !== kubeconfig,
  );
  const renewed = await prepareRenewal(root, found, renewable, {...wish, planned});
  const remade = chosen.filter((item): item is RenewalItem & Remade => item.kind === 'remade');
  return planOf(found, renewed, {
    wish,
    kubelet: [...(anew === undefined ? [] : [anew]), ...remade.map((item) => takenAway(root, item))],
    remarks: kubeletRemarks(found, items, chosen, wish.which),
    blocked: chosen.filter((item): item is BlockedItem => item.kind === 'blocked'),
    left: items.filter((item) => !chosen.includes(item) && item.held.at.path !== kubeconfig).length,
  });
}

/** What a renewal comes to, whoever has signed. */
export function planOf(
  found: NodeFound,
  renewed: readonly Renewed[],
  {
    wish,
    kubelet = [],
    remarks = [],
    blocked,
    inPlace = [],
    left,
    warnings = [],
  }: Pick<RenewalPlan, 'blocked' | 'left'> &
    Partial<Pick<RenewalPlan, 'kubelet' | 'remarks' | 'inPlace' | 'warnings'>> & {
      readonly wish: Pick<RenewWish, 'root' | 'now' | 'sans'>;
    },
): RenewalPlan {
  const restarts = new Set(renewed.flatMap(({restarts: needed}) => needed));
  if (kubelet.length > 0) restarts.add('kubelet');
  return {
    root: wish.root,
    renewed,
    kubelet,
    remarks,
    restarts: restartsOf(restarts, found.components),
    restartable: restartsOf(new Set(found.components.map(({component}) => component)), found.components),
    blocked,
    inPlace,
    left,
    warnings: [
      ...warnings,
      ...renewed.flatMap(({item: {name, held}, names}) =>
        nameWarnings({name, path: held.at.path, keepsToPlan: wish.sans === 'plan'}, names),
      ),
      ...endingAuthorities(
        found,
        renewed.map(({item: {name}, after}) => ({name, certificate: after, until: after.notAfter})),
        wish.now,
      ),
    ],
    kubeadmNames: renewed
      .filter(({item, names}) => names.isChanged && isKubeadms(found, item.held))
      .map(({names: {added, removed}}) => ({added, removed}))[0],
  };
}

/** The API server's certificate, made by kubeadm: it makes it again from what its stored configuration says. */
function isKubeadms({components}: NodeFound, {at}: Held): boolean {
  return (
    at.path === `${layouts.kubeadm.certificates['apiserver']}.crt` &&
    components.some(({component, from}) => component === 'kube-apiserver' && from.kind === 'static-pod')
  );
}

/**
 * Writes it, all or nothing, with a backup.
 *
 * @throws Failure `locked`, `change-interrupted`, and what the file system says no with; then nothing is changed
 */
export function carryOut(plan: RenewalPlan, marks: RunMarks, now: Date, keeping = keepingOn(plan.root)): Backup {
  using lock = lockNode(keeping, marks);
  return changeFiles(plan, keeping, now);
}

/**
 * Keeps other runs away from a node until it is disposed of.
 *
 * @throws Failure `locked`, and what the file system says no with
 */
export function lockNode(keeping: Keeping, marks: RunMarks): Disposable {
  return explained(() => holdLock(keeping, marks));
}

/** What `carryOut` does, for whoever holds the lock. */
export function changeFiles(
  {root, renewed, kubelet}: RenewalPlan,
  keeping: Keeping,
  now: Date,
  observe?: Change['observe'],
): Backup {
  const names = [...renewed.map(({item}) => item.name), ...kubelet.map(({name}) => name)];
  const change: Change = {
    what: names.length > 3 ? `renew ${names.length} certificates` : `renew ${names.join(', ')}`,
    writes: [...writesOf(renewed), ...kubelet.flatMap(({writes}) => writes)],
    validate: (staged) => {
      validateStaged(openRoot(root), renewed)(staged);
      validateKubelet(kubelet)(staged);
    },
    ...(observe === undefined ? {} : {observe}),
  };
  return explained(() => applyChange(keeping, change, now));
}

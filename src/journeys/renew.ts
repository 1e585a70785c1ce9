import {InputFailure} from '../base/failure.ts';
import {nearest} from '../base/nearest.ts';
import {problem, type Problem} from '../base/problem.ts';
import type {Backup} from '../node/change/backup.ts';
import {applyChange, type Change} from '../node/change/change.ts';
import {changeFailure} from '../node/change/failure.ts';
import type {Keeping} from '../node/change/journal.ts';
import {holdLock, type RunMarks} from '../node/change/lock.ts';
import {diagnose} from '../node/diagnose.ts';
import {homesOf} from '../node/homes.ts';
import {type KubeletChange, takenAway, validateKubelet} from '../node/kubelet-change.ts';
import {isLeftToKubelet} from '../node/kubelet-items.ts';
import {kubeletPlaces} from '../node/kubelet-places.ts';
import {lookAtNode, type NodeFound} from '../node/inventory.ts';
import {type Remade, type RenewalItem, renewalItems} from '../node/renewal-items.ts';
import {
  prepareRenewal,
  type RenewableItem,
  type RenewalOptions,
  type Renewed,
  validateStaged,
  writesOf,
} from '../node/renew.ts';
import {openRoot} from '../node/root.ts';
import type {Restart} from '../pki/rotation.ts';
import type {Remark} from '../report/renewal-text.ts';
import {keepingOn} from './keeping.ts';
import {restartsOf} from './restart-order.ts';
import {clientAnew, isClient, kubeletRemarks} from './kubelet-credentials.ts';

export interface RenewWish extends RenewalOptions {
  /** The node's `/` as it lies here. */
  readonly root: string;
  /** What to renew; `needed`: what has ended, ends soon, or has a fault that a renewal mends. */
  readonly which:
    | {readonly kind: 'named'; readonly names: readonly string[]}
    | {readonly kind: 'all'}
    | {readonly kind: 'needed'};
  /** Hours before its end from which a certificate counts as ending. */
  readonly warnWithin: number;
  /** What the Node of this machine is called, for its kubelet's certificate; undefined = as it is found. */
  readonly node: string | undefined;
  /** Who called sudo: that home's kubeconfig is refreshed with root's. */
  readonly sudoUser: string | undefined;
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
  readonly blocked: readonly (RenewalItem & {readonly kind: 'blocked'})[];
  /** How many there are beside these. */
  readonly left: number;
  /** Components that read a renewed file at their start only, in the order in which they are restarted. */
  readonly restarts: readonly Restart[];
  /** Every component of the node that can be restarted, in the same order. */
  readonly restartable: readonly Restart[];
}

/** Faults of a certificate that go away when it is issued again with its names, usages and authority. */
const mended: ReadonlySet<string> = new Set([
  'expired',
  'expiring',
  'not-yet-valid',
  'key-does-not-match',
  'key-weak',
  'signature-weak',
  'authority-identifier-differs',
]);

/**
 * Works out a renewal: issues what is to be renewed in memory, and writes nothing.
 *
 * @throws InputFailure for a name that no certificate of the node has; Failure
 */
export async function planRenewal(wish: RenewWish): Promise<RenewalPlan> {
  const root = openRoot(wish.root);
  const found = lookAtNode(root, {isLive: wish.root === '/', homes: homesOf(root, wish.sudoUser)});
  const items = renewalItems(found);
  const {findings} = diagnose(found, {now: wish.now, warnWithin: wish.warnWithin, served: undefined});
  const anew = await clientAnew(root, found, items, wish);
  const chosen = choose(items, anew === undefined ? wish.which : withoutClient(wish.which, found), findings, wish.now);
  // Whoever renews the kubelet's own pair writes its kubeconfig too, where that embeds another.
  const isWritten =
    anew !== undefined || chosen.some((item) => item.kind === 'renewable' && item.key.kind === 'rotating');
  const kubeconfig = isWritten ? kubeletPlaces(found)?.kubeconfig : undefined;
  const renewable = chosen.filter(
    (item): item is RenewableItem => item.kind === 'renewable' && item.held.at.path !== kubeconfig,
  );
  const renewed = await prepareRenewal(root, found, renewable, wish);
  const kubelet = [
    ...(anew === undefined ? [] : [anew]),
    ...chosen
      .filter((item): item is RenewalItem & Remade => item.kind === 'remade')
      .map((item) => takenAway(root, item)),
  ];
  const restarts = new Set(renewed.flatMap(({restarts: needed}) => needed));
  if (kubelet.length > 0) restarts.add('kubelet');
  return {
    root: wish.root,
    renewed,
    kubelet,
    remarks: kubeletRemarks(found, items, chosen, wish.which),
    restarts: restartsOf(restarts, found.components),
    restartable: restartsOf(new Set(found.components.map(({component}) => component)), found.components),
    blocked: chosen.filter((item): item is RenewalItem & {readonly kind: 'blocked'} => item.kind === 'blocked'),
    left: items.filter((item) => !chosen.includes(item) && item.held.at.path !== kubeconfig).length,
  };
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

function explained<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw changeFailure(error, 'nothing was changed');
  }
}

function choose(
  items: readonly RenewalItem[],
  which: RenewWish['which'],
  findings: readonly Problem[],
  now: Date,
): readonly RenewalItem[] {
  const isNeeded = (item: RenewalItem): boolean =>
    findings.some(
      ({code, at}) =>
        at.path === item.held.at.path && mended.has(code) && !(code === 'expiring' && isLeftToKubelet(item, now)),
    );
  switch (which.kind) {
    case 'all':
      // A healthy one of the kubelet's is the kubelet's.
      return items.filter((item) => isNeeded(item) || !isLeftToKubelet(item, now));
    case 'needed':
      return items.filter(isNeeded);
    case 'named': {
      const wrong = which.names.filter((name) => !items.some((item) => isCalled(item, name)));
      if (wrong.length > 0) throw unknownNames(wrong, items);
      return items.filter((item) => which.names.some((name) => isCalled(item, name)));
    }
    default:
      return which satisfies never;
  }
}

function withoutClient(which: RenewWish['which'], found: NodeFound): RenewWish['which'] {
  const places = kubeletPlaces(found);
  return which.kind !== 'named' || places === undefined
    ? which
    : {kind: 'named', names: which.names.filter((name) => !isClient(name, places))};
}

/** By its name, or by the path of its file. */
function isCalled({name, held}: RenewalItem, text: string): boolean {
  return name === text || held.at.path === text;
}

function unknownNames(wrong: readonly string[], items: readonly RenewalItem[]): InputFailure {
  const names = items.map(({name}) => name);
  return new InputFailure(
    'no such certificate is on this node',
    wrong.map((name) => {
      const meant = nearest(name, names);
      return problem(
        'no-such-certificate',
        name,
        `no certificate here is called ${JSON.stringify(name)}`,
        meant === undefined ? `there are: ${names.join(', ')}` : `did you mean ${meant}?`,
      );
    }),
    'certwright check lists what is here',
  );
}

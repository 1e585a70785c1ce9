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
import {lookAtNode} from '../node/inventory.ts';
import {type RenewalItem, renewalItems} from '../node/renewal-items.ts';
import {
  prepareRenewal,
  type RenewableItem,
  type RenewalOptions,
  type Renewed,
  validateStaged,
  writesOf,
} from '../node/renew.ts';
import {openRoot} from '../node/root.ts';
import type {FoundComponent} from '../node/found-component.ts';
import type {ComponentId} from '../pki/blueprint-types.ts';
import {startingOrder} from '../pki/components.ts';
import type {Restart} from '../pki/rotation.ts';
import {keepingOn} from './keeping.ts';

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
  /** Who called sudo: that home's kubeconfig is refreshed with root's. */
  readonly sudoUser: string | undefined;
}

/** What a renewal would do. Keys are in it: it is shown through `src/report`, never printed as it is. */
export interface RenewalPlan {
  readonly root: string;
  readonly renewed: readonly Renewed[];
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
  const chosen = choose(items, wish.which, findings);
  const renewable = chosen.filter((item): item is RenewableItem => item.kind === 'renewable');
  const renewed = await prepareRenewal(root, found, renewable, wish);
  return {
    root: wish.root,
    renewed,
    restarts: restartsOf(new Set(renewed.flatMap(({restarts}) => restarts)), found.components),
    restartable: restartsOf(new Set(found.components.map(({component}) => component)), found.components),
    blocked: chosen.filter((item): item is RenewalItem & {readonly kind: 'blocked'} => item.kind === 'blocked'),
    left: items.length - chosen.length,
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
  {root, renewed}: RenewalPlan,
  keeping: Keeping,
  now: Date,
  observe?: Change['observe'],
): Backup {
  const names = renewed.map(({item}) => item.name);
  const change: Change = {
    what: names.length > 3 ? `renew ${names.length} certificates` : `renew ${names.join(', ')}`,
    writes: writesOf(renewed),
    validate: validateStaged(openRoot(root), renewed),
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

/**
 * How each of these components is restarted, in the order in which that is done: what others need first. Where the kubelet
 * starts others, it is the first of all, for one that does not run starts nobody.
 */
export function restartsOf(
  needed: ReadonlySet<ComponentId>,
  components: readonly FoundComponent[],
): readonly Restart[] {
  const restarts = startingOrder.filter((each) => needed.has(each)).map((each) => restartOf(each, components));
  const startsOthers = restarts.some(({kind}) => kind === 'static-pod');
  const isFirst = ({component}: Restart): boolean => startsOthers && component === 'kubelet';
  return [...restarts.filter(isFirst), ...restarts.filter((each) => !isFirst(each))];
}

function restartOf(component: ComponentId, components: readonly FoundComponent[]): Restart {
  for (const {component: each, from} of components) {
    if (each !== component) continue;
    if (from.kind === 'static-pod') return {component, kind: 'static-pod', path: from.path};
    if (from.kind === 'unit') return {component, kind: 'unit', unit: from.path.split('/').at(-1) ?? component};
  }
  // kubeadm's packages start it, by a unit that need not be among these files.
  return component === 'kubelet' ? {component, kind: 'unit', unit: 'kubelet'} : {component, kind: 'unknown'};
}

function choose(
  items: readonly RenewalItem[],
  which: RenewWish['which'],
  findings: readonly Problem[],
): readonly RenewalItem[] {
  switch (which.kind) {
    case 'all':
      return items;
    case 'needed': {
      const paths = new Set(findings.flatMap(({code, at}) => (mended.has(code) ? [at.path] : [])));
      return items.filter(({held}) => paths.has(held.at.path));
    }
    case 'named': {
      const wrong = which.names.filter((name) => !items.some((item) => isCalled(item, name)));
      if (wrong.length > 0) throw unknownNames(wrong, items);
      return items.filter((item) => which.names.some((name) => isCalled(item, name)));
    }
    default:
      return which satisfies never;
  }
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

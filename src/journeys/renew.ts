import {InputFailure} from '../base/failure.ts';
import {nearest} from '../base/nearest.ts';
import {problem, type Problem} from '../base/problem.ts';
import {writeFailure} from '../base/system-failure.ts';
import type {Backup} from '../node/change/backup.ts';
import {applyChange} from '../node/change/change.ts';
import {keepingUnder} from '../node/change/journal.ts';
import {type RunMarks, withLock} from '../node/change/lock.ts';
import {diagnose} from '../node/diagnose.ts';
import {endingAuthorities} from '../node/ending-authorities.ts';
import type {Held} from '../node/held.ts';
import {homesOf} from '../node/homes.ts';
import {lookAtNode, type NodeFound} from '../node/inventory.ts';
import {nodeOfPlan, plannedNames} from '../node/plan-node.ts';
import {type RenewalItem, renewalItems} from '../node/renewal-items.ts';
import {prepareRenewal, type RenewableItem, type RenewalOptions, type Renewed, validateStaged} from '../node/renew.ts';
import {type NodeRoot, openRoot} from '../node/root.ts';
import {type NamesWish, nameWarnings, wishedNames} from '../node/wished-names.ts';
import type {FoundComponent} from '../node/found-component.ts';
import type {Blueprint, ComponentId} from '../pki/blueprint-types.ts';
import {layouts} from '../pki/layouts.ts';
import {startingOrder} from '../pki/components.ts';
import type {ChangedNames} from '../report/kubeadm-names-text.ts';
import type {Restart} from '../report/renewal-text.ts';

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
  /** Who called sudo: that home's kubeconfig is refreshed with root's. */
  readonly sudoUser: string | undefined;
  /** The plan that names are compared with. */
  readonly plan?: Pick<Blueprint, 'nodes' | 'certificates'> | undefined;
  /** Which node of the plan this one is, where a person says so. */
  readonly node?: string | undefined;
}

/** What a renewal would do. Keys are in it: it is shown through `src/report`, never printed as it is. */
export interface RenewalPlan {
  readonly root: string;
  readonly renewed: readonly Renewed[];
  /** Asked for, and not to be renewed here. */
  readonly blocked: readonly BlockedItem[];
  /** What another run has put in its place already. */
  readonly inPlace: readonly string[];
  /** How many there are beside these. */
  readonly left: number;
  /** Components that read a renewed file at their start only, in the order in which they are restarted. */
  readonly restarts: readonly Restart[];
  /** What somebody should know before it is done. */
  readonly warnings: readonly Problem[];
  /** What kubeadm's stored configuration should know of the API server's names; undefined = nothing new. */
  readonly kubeadmNames: ChangedNames | undefined;
}

export type BlockedItem = RenewalItem & {readonly kind: 'blocked'};

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
  const {root, found, items, chosen, planned} = chooseItems(wish);
  const renewable = chosen.filter((item): item is RenewableItem => item.kind === 'renewable');
  const renewed = await prepareRenewal(root, found, renewable, {...wish, planned});
  const blocked = chosen.filter((item): item is BlockedItem => item.kind === 'blocked');
  return planOf(found, renewed, {wish, blocked, left: items.length - chosen.length});
}

/** What a renewal comes to, whoever has signed. */
export function planOf(
  found: NodeFound,
  renewed: readonly Renewed[],
  {
    wish,
    blocked,
    inPlace = [],
    left,
    warnings = [],
  }: Pick<RenewalPlan, 'blocked' | 'left'> & {
    readonly wish: Pick<RenewWish, 'root' | 'now' | 'sans'>;
    readonly inPlace?: readonly string[];
    readonly warnings?: readonly Problem[];
  },
): RenewalPlan {
  return {
    root: wish.root,
    renewed,
    restarts: restartsOf(new Set(renewed.flatMap(({restarts}) => restarts)), found.components),
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

/** The node as it is, with everything on it that could be renewed and what of it is chosen. */
export interface ChosenItems {
  readonly root: NodeRoot;
  readonly found: NodeFound;
  readonly items: readonly RenewalItem[];
  readonly chosen: readonly RenewalItem[];
  readonly planned: NamesWish['planned'];
}

/** @throws InputFailure for a name that no certificate of the node has, or a node that the plan does not have; Failure */
export function chooseItems(wish: Omit<RenewWish, 'validity' | 'keepsKeys'>): ChosenItems {
  const {root, found, items} = lookForItems(wish);
  const planned =
    wish.plan === undefined
      ? undefined
      : plannedNames(wish.plan, nodeOfPlan(found, root, wish.plan.nodes, wish.node).name);
  const {findings} = diagnose(found, {now: wish.now, warnWithin: wish.warnWithin, served: undefined});
  const isRenamed = ({held}: RenewalItem): boolean => wishedNames(found, held, {...wish, planned}).isChanged;
  return {root, found, items, planned, chosen: choose(items, wish.which, {findings, isRenamed})};
}

export function lookForItems(wish: Pick<RenewWish, 'root' | 'sudoUser'>): Omit<ChosenItems, 'chosen' | 'planned'> {
  const root = openRoot(wish.root);
  const found = lookAtNode(root, {isLive: wish.root === '/', homes: homesOf(root, wish.sudoUser)});
  return {root, found, items: renewalItems(found)};
}

/**
 * Writes it, all or nothing, with a backup.
 *
 * @throws Failure `locked`, `change-interrupted`, and what the file system says no with; then nothing is changed
 */
export function carryOut({root, renewed}: RenewalPlan, marks: RunMarks, now: Date): Backup {
  const keeping = keepingUnder(root);
  const names = renewed.map(({item}) => item.name);
  const what = names.length > 3 ? `renew ${names.length} certificates` : `renew ${names.join(', ')}`;
  try {
    return withLock(keeping, marks, () =>
      applyChange(
        keeping,
        {what, writes: renewed.flatMap(({writes}) => writes), validate: validateStaged(openRoot(root), renewed)},
        now,
      ),
    );
  } catch (error) {
    throw writeFailure(error, root === '/' ? 'the files of this node' : root);
  }
}

function restartsOf(needed: ReadonlySet<ComponentId>, components: readonly FoundComponent[]): readonly Restart[] {
  return startingOrder
    .filter((component) => needed.has(component))
    .map((component): Restart => {
      for (const {component: each, from} of components) {
        if (each !== component) continue;
        if (from.kind === 'static-pod') return {component, kind: 'static-pod', path: from.path};
        if (from.kind === 'unit') return {component, kind: 'unit', unit: from.path.split('/').at(-1) ?? component};
      }
      // kubeadm's packages start it, by a unit that need not be among these files.
      return component === 'kubelet' ? {component, kind: 'unit', unit: 'kubelet'} : {component, kind: 'unknown'};
    });
}

function choose(
  items: readonly RenewalItem[],
  which: RenewWish['which'],
  {findings, isRenamed}: {readonly findings: readonly Problem[]; readonly isRenamed: (item: RenewalItem) => boolean},
): readonly RenewalItem[] {
  switch (which.kind) {
    case 'all':
      return items;
    case 'needed': {
      const paths = new Set(findings.flatMap(({code, at}) => (mended.has(code) ? [at.path] : [])));
      return items.filter((item) => paths.has(item.held.at.path) || isRenamed(item));
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

import {Failure, InputFailure} from '../base/failure.ts';
import {nearest} from '../base/nearest.ts';
import {problem} from '../base/problem.ts';
import {diagnose} from '../node/diagnose.ts';
import type {NodeFound} from '../node/inventory.ts';
import {isLeftToKubelet} from '../node/kubelet-items.ts';
import {kubeletPlaces} from '../node/kubelet-places.ts';
import {nodeOfPlan, plannedNames} from '../node/plan-node.ts';
import {type RenewalItem, renewalItems} from '../node/renewal-items.ts';
import {type NodeRoot, openRoot} from '../node/root.ts';
import {type NamesWish, wishedNames} from '../node/wished-names.ts';
import type {KubeletChange} from '../node/kubelet-change.ts';
import {findNode} from './check.ts';
import {clientAnew, isClient} from './kubelet-credentials.ts';
import type {RenewWish} from './renew.ts';

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

/** The node as it is, with everything on it that could be renewed and what of it is chosen. */
export interface ChosenItems {
  readonly root: NodeRoot;
  readonly found: NodeFound;
  readonly items: readonly RenewalItem[];
  readonly chosen: readonly RenewalItem[];
  readonly planned: NamesWish['planned'];
  /** The kubelet's client certificate, made anew rather than issued again; undefined = it is not, or is an item like others. */
  readonly anew: KubeletChange | undefined;
}

/** @throws InputFailure for a name that no certificate of the node has, or a node that the plan does not have; Failure */
export async function chooseItems(wish: Omit<RenewWish, 'keepsKeys'>): Promise<ChosenItems> {
  const {root, found, items} = lookForItems(wish);
  const planned =
    wish.plan === undefined
      ? undefined
      : plannedNames(wish.plan, nodeOfPlan(found, root, wish.plan.nodes, wish.node).name);
  const anew = await clientAnew(root, found, items, wish);
  const which = anew === undefined ? wish.which : withoutClient(wish.which, found);
  const needed = neededItems(found, items, wish);
  const isRenamed = ({held}: RenewalItem): boolean => wishedNames(found, held, {...wish, planned}).isChanged;
  return {root, found, items, planned, anew, chosen: choose(items, which, {needed, isRenamed, now: wish.now})};
}

/** @throws Failure `nothing-found`, `not-permitted` */
export function lookForItems({
  root: folder,
  sudoUser,
  addresses = [],
}: Pick<RenewWish, 'root' | 'sudoUser' | 'addresses'>): Pick<ChosenItems, 'root' | 'found' | 'items'> {
  const found = findNode({root: folder, sudoUser, addresses});
  const items = renewalItems(found);
  const refused = found.holdings.filter((holding) => !holding.found.ok && holding.found.why === 'not permitted');
  if (items.length === 0 && refused.length > 0) {
    throw new Failure('not-permitted', 'no certificate of this node may be read by this user', {
      nextSteps: [`run it again with sudo; not to be read: ${refused.map(({path}) => path).join(', ')}`],
    });
  }
  return {root: openRoot(folder), found, items};
}

/** What has ended, ends soon, or has a fault that a renewal mends. */
export function neededItems(
  found: NodeFound,
  items: readonly RenewalItem[],
  {now, warnWithin}: Pick<RenewWish, 'now' | 'warnWithin'>,
): ReadonlySet<RenewalItem> {
  const {findings} = diagnose(found, {now, warnWithin, served: undefined});
  const byPath = Map.groupBy(
    findings.filter(({code}) => mended.has(code)),
    ({at}) => at.path,
  );
  const isNeeded = (item: RenewalItem): boolean =>
    byPath.get(item.held.at.path)?.some(({code}) => code !== 'expiring' || !isLeftToKubelet(item, now)) === true;
  return new Set(items.filter(isNeeded));
}

function choose(
  items: readonly RenewalItem[],
  which: RenewWish['which'],
  {
    needed,
    isRenamed,
    now,
  }: {
    readonly needed: ReadonlySet<RenewalItem>;
    readonly isRenamed: (item: RenewalItem) => boolean;
    readonly now: Date;
  },
): readonly RenewalItem[] {
  switch (which.kind) {
    case 'all':
      // A healthy one of the kubelet's is the kubelet's.
      return items.filter((item) => needed.has(item) || !isLeftToKubelet(item, now));
    case 'needed':
      return items.filter((item) => needed.has(item) || isRenamed(item));
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

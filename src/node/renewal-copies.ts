import type {HeldAt} from '../pki/inventory.ts';
import type {Held} from './held.ts';
import type {NodeFound} from './inventory.ts';

/** A leaf to renew, with the kubeconfigs in homes that are refreshed with it. */
export interface WithCopies<Item> {
  readonly item: Item;
  /** Absolute on the node. */
  readonly copies: readonly string[];
}

/** Every leaf once: what is refreshed with another one is not renewed by itself, nor with a second one. */
export function withCopies<Item extends {readonly held: Held}>(
  found: NodeFound,
  items: readonly Item[],
): readonly WithCopies<Item>[] {
  const taken = new Set<string>();
  const gathered = new Map<Item, readonly string[]>();
  for (const item of items.toSorted((one, other) => Number(isInHome(one.held.at)) - Number(isInHome(other.held.at)))) {
    if (taken.has(placeOf(item.held.at))) continue;
    const copies = copiesOf(found, item).filter((at) => !taken.has(placeOf(at)));
    for (const at of copies) taken.add(placeOf(at));
    gathered.set(
      item,
      copies.map(({path}) => path),
    );
  }
  return items.flatMap((item) => {
    const copies = gathered.get(item);
    return copies === undefined ? [] : [{item, copies}];
  });
}

function isInHome({path}: HeldAt): boolean {
  return path.endsWith('/.kube/config');
}

function placeOf({path, entry}: HeldAt): string {
  return `${path} ${entry?.name ?? ''}`;
}

/** Users of the same name, with the same certificate, in home folders. */
function copiesOf(found: NodeFound, {held}: {readonly held: Held}): readonly HeldAt[] {
  const {at: original, certificate: old} = held;
  if (original.entry === undefined) return [];
  return found.certificates
    .filter(
      ({at, certificate}) =>
        at.path !== original.path &&
        isInHome(at) &&
        at.entry?.kind === 'user' &&
        at.entry.name === original.entry?.name &&
        certificate.fingerprint === old.fingerprint,
    )
    .map(({at}) => at);
}

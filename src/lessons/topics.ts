import type {KindId} from './lessons.ts';
import {namedThings} from './things.ts';

/** Everything that can be asked about by name, by kind: words first, for who knows no names yet; then in the catalogue's order. */
export function topics(): readonly {readonly kind: KindId; readonly names: readonly string[]}[] {
  const inOrder = namedThings.toSorted(
    ([, one], [, other]) => Number(other.kind === 'word') - Number(one.kind === 'word'),
  );
  return [...Map.groupBy(inOrder, ([, {kind}]) => kind)].map(([kind, things]) => ({
    kind,
    names: [...new Set(things.map(([name]) => name))],
  }));
}

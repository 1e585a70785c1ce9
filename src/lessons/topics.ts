import type {KindId} from './lessons.ts';
import {namedThings} from './things.ts';

/** Everything that can be asked about by name, by kind, in the catalogue's order. */
export function topics(): readonly {readonly kind: KindId; readonly names: readonly string[]}[] {
  const byKind = Map.groupBy(namedThings, ([, {kind}]) => kind);
  return [...byKind].map(([kind, things]) => ({kind, names: [...new Set(things.map(([name]) => name))]}));
}

import {describe, expect, test} from 'vitest';
import type {TreeItem, TreeState} from '../../../screens/parts/tree-state.ts';
import {
  closeAll,
  closeRow,
  filterTree,
  moveInTree,
  openAll,
  openRow,
  plantTree,
  refitTree,
  replant,
  rowAt,
  rowOf,
} from '../../../screens/parts/tree-state.ts';

const leaf = (id: string): TreeItem<string> => ({id, cells: [id], about: id});
const items: readonly TreeItem<string>[] = [
  {...leaf('a'), children: [leaf('a1'), {...leaf('a2'), children: [leaf('a2x')]}]},
  leaf('b'),
];
const ids = (tree: TreeState<string>) => tree.rows.map((_, row) => rowOf(tree, row)?.item.id);
const meaning =
  (tree: TreeState<string>, ...names: readonly string[]) =>
  (index: number) =>
    names.includes(tree.nodes[index]?.item.id ?? '');

describe('a tree', () => {
  test('shows the children of open groups only', () => {
    expect(ids(plantTree(items))).toEqual(['a', 'b']);
    expect(ids(plantTree(items, ['a', 'a2']))).toEqual(['a', 'a1', 'a2', 'a2x', 'b']);
  });

  test('a group inside a closed one stays as it was for when that opens again', () => {
    const closed = closeRow(plantTree(items, ['a', 'a2']), 10);
    expect(ids(closed)).toEqual(['a', 'b']);
    const opened = openRow(closed, 10) ?? expect.fail();
    expect(ids(opened)).toEqual(['a', 'a1', 'a2', 'a2x', 'b']);
  });

  test('closing inside a group closes that group and goes to it', () => {
    const inside = moveInTree(plantTree(items, ['a', 'a2']), 'last', 10);
    const onLeaf = moveInTree(inside, 'up', 10);
    expect(rowAt(onLeaf)?.item.id).toBe('a2x');
    const closed = closeRow(onLeaf, 10);
    expect(rowAt(closed)?.item.id).toBe('a2');
    expect(ids(closed)).toEqual(['a', 'a1', 'a2', 'b']);
  });

  test('a leaf has nothing to open', () => {
    expect(openRow(moveInTree(plantTree(items), 'last', 10), 10)).toBeUndefined();
  });

  test('a move that leads nowhere leaves the very same tree, so that nothing is painted', () => {
    const tree = plantTree(items);
    expect(moveInTree(tree, 'up', 10)).toBe(tree);
    expect(refitTree(tree, 10)).toBe(tree);
  });

  test('all groups open and close at once, and the cursor stays in its group', () => {
    const all = openAll(plantTree(items), 10);
    expect(ids(all)).toEqual(['a', 'a1', 'a2', 'a2x', 'b']);
    const deep = moveInTree(moveInTree(all, 'last', 10), 'up', 10);
    expect(rowAt(deep)?.item.id).toBe('a2x');
    const none = closeAll(deep, 10);
    expect(ids(none)).toEqual(['a', 'b']);
    expect(rowAt(none)?.item.id).toBe('a');
  });

  test('in another order the cursor stays on its item, and what was open is open', () => {
    const tree = moveInTree(plantTree(items, ['a']), 'last', 10);
    const turned = replant(tree, items.toReversed(), 10);
    expect(ids(turned)).toEqual(['b', 'a', 'a1', 'a2']);
    expect(rowAt(turned)?.item.id).toBe('b');
  });
});

describe('a filtered tree', () => {
  const tree = plantTree(items);

  test('shows what is meant with the groups around it, and goes to the first of it', () => {
    const filtered = filterTree(tree, meaning(tree, 'a2x'), 10);
    expect(ids(filtered)).toEqual(['a', 'a2', 'a2x']);
    expect(rowAt(filtered)?.item.id).toBe('a2x');
    expect(filtered.filter?.count).toBe(1);
  });

  test('leaves a group closed that is meant as a whole', () => {
    const filtered = filterTree(tree, meaning(tree, 'a', 'a1', 'a2', 'a2x'), 10);
    expect(ids(filtered)).toEqual(['a']);
    const opened = openRow(filtered, 10) ?? expect.fail();
    expect(ids(opened)).toEqual(['a', 'a1', 'a2']);
  });

  test('without anything that is meant is empty, and knows no row', () => {
    const filtered = filterTree(tree, () => false, 10);
    expect(ids(filtered)).toEqual([]);
    expect(rowAt(filtered)).toBeUndefined();
    expect(closeRow(filtered, 10)).toBe(filtered);
  });

  test('is whole again afterwards, as open as before, and with the groups around the cursor open', () => {
    const filtered = filterTree(tree, meaning(tree, 'a2x'), 10);
    const whole = filterTree(filtered, undefined, 10);
    expect(ids(whole)).toEqual(['a', 'a1', 'a2', 'a2x', 'b']);
    expect(rowAt(whole)?.item.id).toBe('a2x');
    const elsewhere = filterTree(filterTree(tree, meaning(tree, 'b'), 10), undefined, 10);
    expect(ids(elsewhere)).toEqual(['a', 'b']);
  });
});

import {describe, expect, test} from 'vitest';
import type {TreeItem, TreeState} from '../../../screens/parts/tree-state.ts';
import {closeRow, moveInTree, openRow, plantTree, refitTree, rowAt} from '../../../screens/parts/tree-state.ts';

const leaf = (id: string): TreeItem<string> => ({id, cells: [id], about: id});
const items: readonly TreeItem<string>[] = [
  {...leaf('a'), children: [leaf('a1'), {...leaf('a2'), children: [leaf('a2x')]}]},
  leaf('b'),
];
const ids = (tree: TreeState<string>) => tree.rows.map(({item}) => item.id);

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
});

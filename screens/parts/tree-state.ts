import type {ListMove, ListState} from './list-state.ts';
import {listStart, moveInList, placeInList} from './list-state.ts';
import type {Role} from '../theme.ts';

/** Something in a tree. `About` is what its details are made from. */
export interface TreeItem<About> {
  /** Unique in the tree. */
  readonly id: string;
  /** One text a column; the first is indented. */
  readonly cells: readonly string[];
  readonly as?: Role;
  readonly about: About;
  readonly children?: readonly TreeItem<About>[];
}

export interface TreeRow<About> {
  readonly item: TreeItem<About>;
  readonly depth: number;
  readonly isOpen: boolean;
}

/** A tree of which only a window is drawn. `rows` follows from `items` and `open`, and is kept for speed. */
export interface TreeState<About> {
  readonly items: readonly TreeItem<About>[];
  readonly open: ReadonlySet<string>;
  readonly rows: readonly TreeRow<About>[];
  readonly list: ListState;
}

/** @param open ids of the groups that are open at first */
export function plantTree<About>(items: readonly TreeItem<About>[], open: readonly string[] = []): TreeState<About> {
  const opened = new Set(open);
  return {items, open: opened, rows: rowsOf(items, opened, 0), list: listStart};
}

export function rowAt<About>(tree: TreeState<About>): TreeRow<About> | undefined {
  return tree.rows[tree.list.cursor];
}

export function moveInTree<About>(tree: TreeState<About>, move: ListMove, height: number): TreeState<About> {
  return withList(tree, moveInList(tree.list, move, tree.rows.length, height));
}

/** Opens the group under the cursor; `undefined` when there is nothing to open. */
export function openRow<About>(tree: TreeState<About>, height: number): TreeState<About> | undefined {
  const row = rowAt(tree);
  if (row === undefined || row.isOpen || !hasChildren(row.item)) return undefined;
  return withOpen(tree, new Set([...tree.open, row.item.id]), tree.list.cursor, height);
}

/** Closes the group under the cursor, or the one that the row is in. */
export function closeRow<About>(tree: TreeState<About>, height: number): TreeState<About> {
  const row = rowAt(tree);
  if (row === undefined) return tree;
  const index = row.isOpen ? tree.list.cursor : parentOf(tree, tree.list.cursor);
  const group = tree.rows[index];
  if (group === undefined || !group.isOpen) return tree;
  return withOpen(tree, new Set([...tree.open].filter((id) => id !== group.item.id)), index, height);
}

/** After the window has changed its height. */
export function refitTree<About>(tree: TreeState<About>, height: number): TreeState<About> {
  return withList(tree, placeInList(tree.list, tree.list.cursor, tree.rows.length, height));
}

export function hasChildren<About>(item: TreeItem<About>): boolean {
  return item.children !== undefined && item.children.length > 0;
}

function withList<About>(tree: TreeState<About>, list: ListState): TreeState<About> {
  return list === tree.list ? tree : {...tree, list};
}

function withOpen<About>(
  tree: TreeState<About>,
  open: ReadonlySet<string>,
  cursor: number,
  height: number,
): TreeState<About> {
  const rows = rowsOf(tree.items, open, 0);
  return {...tree, open, rows, list: placeInList(tree.list, cursor, rows.length, height)};
}

function parentOf<About>(tree: TreeState<About>, index: number): number {
  const depth = tree.rows[index]?.depth ?? 0;
  for (let above = index - 1; above >= 0; above -= 1) {
    if ((tree.rows[above]?.depth ?? 0) < depth) return above;
  }
  return -1;
}

function rowsOf<About>(
  items: readonly TreeItem<About>[],
  open: ReadonlySet<string>,
  depth: number,
): readonly TreeRow<About>[] {
  const rows: TreeRow<About>[] = [];
  for (const item of items) {
    const isOpen = open.has(item.id) && hasChildren(item);
    rows.push({item, depth, isOpen});
    if (isOpen) {
      for (const row of rowsOf(item.children ?? [], open, depth + 1)) rows.push(row);
    }
  }
  return rows;
}

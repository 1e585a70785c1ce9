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

/** An item at its place in the tree, which is kept flat: what is under it follows it. */
export interface TreeNode<About> {
  readonly item: TreeItem<About>;
  readonly depth: number;
  /** Index of the group that it is in; -1 = of none. */
  readonly parent: number;
  /** Index after the last node under it. */
  readonly end: number;
}

export interface TreeRow<About> {
  readonly item: TreeItem<About>;
  readonly depth: number;
  readonly isOpen: boolean;
}

/** What a filter lets through. */
export interface TreeFilter {
  /** By index of the node: 1 = shown, because it is meant or something under it is. */
  readonly shown: Uint8Array;
  /** Groups that are open while it is on: those of which only a part is meant. */
  readonly open: ReadonlySet<string>;
  /** Items without anything under them that are meant. */
  readonly count: number;
}

/**
 * A tree of which only a window is drawn. A plan of a thousand nodes has tens of thousands of items, and each key has
 * to be fast: so nodes are flat, and `rows`, which follows from the rest, holds their indices.
 */
export interface TreeState<About> {
  readonly nodes: readonly TreeNode<About>[];
  readonly open: ReadonlySet<string>;
  readonly filter: TreeFilter | undefined;
  /** Items without anything under them. */
  readonly count: number;
  /** Indices of the nodes that are seen when one scrolls, from the top down. */
  readonly rows: readonly number[];
  readonly list: ListState;
}

/** @param open ids of the groups that are open at first */
export function plantTree<About>(items: readonly TreeItem<About>[], open: readonly string[] = []): TreeState<About> {
  const nodes = flat(items);
  const opened = new Set(open);
  const count = nodes.reduce((sum, node) => sum + (hasChildren(node.item) ? 0 : 1), 0);
  return {nodes, open: opened, filter: undefined, count, rows: rowsOf(nodes, opened, undefined), list: listStart};
}

/** The same tree in another order or with other items; what was open stays open, and the cursor on its item. */
export function replant<About>(
  tree: TreeState<About>,
  items: readonly TreeItem<About>[],
  height: number,
): TreeState<About> {
  const id = rowAt(tree)?.item.id;
  const planted = {...plantTree(items), open: tree.open};
  const index = planted.nodes.findIndex(({item}) => item.id === id);
  return withRows(planted, {}, index, height);
}

export function rowAt<About>(tree: TreeState<About>): TreeRow<About> | undefined {
  return rowOf(tree, tree.list.cursor);
}

/** @param row counted from the first that can be seen */
export function rowOf<About>(tree: TreeState<About>, row: number): TreeRow<About> | undefined {
  const node = tree.nodes[tree.rows[row] ?? -1];
  if (node === undefined) return undefined;
  return {item: node.item, depth: node.depth, isOpen: hasChildren(node.item) && openIn(tree).has(node.item.id)};
}

export function moveInTree<About>(tree: TreeState<About>, move: ListMove, height: number): TreeState<About> {
  return withList(tree, moveInList(tree.list, move, tree.rows.length, height));
}

/** Opens the group under the cursor; `undefined` when there is nothing to open. */
export function openRow<About>(tree: TreeState<About>, height: number): TreeState<About> | undefined {
  const row = rowAt(tree);
  if (row === undefined || row.isOpen || !hasChildren(row.item)) return undefined;
  return withOpen(tree, new Set([...openIn(tree), row.item.id]), tree.rows[tree.list.cursor] ?? -1, height);
}

/** Closes the group under the cursor, or the one that the row is in. */
export function closeRow<About>(tree: TreeState<About>, height: number): TreeState<About> {
  const here = tree.rows[tree.list.cursor];
  const node = here === undefined ? undefined : tree.nodes[here];
  if (here === undefined || node === undefined) return tree;
  const index = rowAt(tree)?.isOpen === true ? here : node.parent;
  const group = tree.nodes[index];
  if (group === undefined) return tree;
  return withOpen(tree, new Set([...openIn(tree)].filter((id) => id !== group.item.id)), index, height);
}

/** Opens every group that is seen or hidden. */
export function openAll<About>(tree: TreeState<About>, height: number): TreeState<About> {
  const groups = tree.nodes.flatMap(({item}) => (hasChildren(item) ? item.id : []));
  return withOpen(tree, new Set(groups), tree.rows[tree.list.cursor] ?? -1, height);
}

/** Closes them all; the cursor goes to the outermost group that it was in. */
export function closeAll<About>(tree: TreeState<About>, height: number): TreeState<About> {
  let index = tree.rows[tree.list.cursor] ?? -1;
  for (let up = tree.nodes[index]?.parent ?? -1; up !== -1; up = tree.nodes[up]?.parent ?? -1) index = up;
  return withOpen(tree, new Set(), index, height);
}

/**
 * Shows only what is meant, with the groups around it; the cursor goes to the first that is meant unless it stands on
 * one already.
 *
 * @param isMeant asked once a node; undefined = everything is shown again, and the cursor stays on its item
 */
export function filterTree<About>(
  tree: TreeState<About>,
  isMeant: ((index: number) => boolean) | undefined,
  height: number,
): TreeState<About> {
  const here = tree.rows[tree.list.cursor] ?? -1;
  if (isMeant === undefined) {
    if (tree.filter === undefined) return tree;
    return withRows(tree, {filter: undefined, open: withGroupsAround(tree, here)}, here, height);
  }
  const shown = new Uint8Array(tree.nodes.length);
  const open = new Set<string>();
  let count = 0;
  let first = -1;
  let isHereMeant = false;
  for (const [index, node] of tree.nodes.entries()) {
    if (!isMeant(index)) continue;
    shown[index] = 1;
    if (!hasChildren(node.item)) count += 1;
    if (first === -1) first = index;
    if (index === here) isHereMeant = true;
    for (let up = node.parent; up !== -1 && shown[up] === 0; up = tree.nodes[up]?.parent ?? -1) {
      shown[up] = 1;
      const group = tree.nodes[up]?.item.id;
      if (group !== undefined) open.add(group);
    }
  }
  return withRows(tree, {filter: {shown, open, count}}, isHereMeant ? here : first, height);
}

/** After the window has changed its height. */
export function refitTree<About>(tree: TreeState<About>, height: number): TreeState<About> {
  return withList(tree, placeInList(tree.list, tree.list.cursor, tree.rows.length, height));
}

export function hasChildren<About>(item: TreeItem<About>): boolean {
  return item.children !== undefined && item.children.length > 0;
}

function openIn<About>({open, filter}: TreeState<About>): ReadonlySet<string> {
  return filter?.open ?? open;
}

function withList<About>(tree: TreeState<About>, list: ListState): TreeState<About> {
  return list === tree.list ? tree : {...tree, list};
}

function withOpen<About>(
  tree: TreeState<About>,
  open: ReadonlySet<string>,
  index: number,
  height: number,
): TreeState<About> {
  const changed = tree.filter === undefined ? {open} : {filter: {...tree.filter, open}};
  return withRows(tree, changed, index, height);
}

/** @param index of the node that the cursor goes to, or to the group nearest around it that is seen */
function withRows<About>(
  tree: TreeState<About>,
  changed: Partial<Pick<TreeState<About>, 'open' | 'filter'>>,
  index: number,
  height: number,
): TreeState<About> {
  const next = {...tree, ...changed};
  const rows = rowsOf(next.nodes, openIn(next), next.filter?.shown);
  let row = -1;
  for (let at = index; row === -1 && at !== -1; at = next.nodes[at]?.parent ?? -1) row = placeOf(rows, at);
  return {...next, rows, list: placeInList(tree.list, Math.max(0, row), rows.length, height)};
}

/** Rows are in the order of the nodes: half of those that are left are out of question with each look. */
function placeOf(rows: readonly number[], index: number): number {
  let from = 0;
  let to = rows.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((rows[middle] ?? 0) < index) from = middle + 1;
    else to = middle;
  }
  return rows[from] === index ? from : -1;
}

function withGroupsAround<About>({nodes, open}: TreeState<About>, index: number): ReadonlySet<string> {
  const around: string[] = [];
  for (let up = nodes[index]?.parent ?? -1; up !== -1; up = nodes[up]?.parent ?? -1) {
    around.push(nodes[up]?.item.id ?? '');
  }
  return around.every((id) => open.has(id)) ? open : new Set([...open, ...around]);
}

function rowsOf<About>(
  nodes: readonly TreeNode<About>[],
  open: ReadonlySet<string>,
  shown: Uint8Array | undefined,
): readonly number[] {
  const rows: number[] = [];
  for (let index = 0; index < nodes.length;) {
    const node = nodes[index];
    if (node === undefined) break;
    const isShown = shown === undefined || shown[index] === 1;
    if (isShown) rows.push(index);
    index = isShown && open.has(node.item.id) ? index + 1 : node.end;
  }
  return rows;
}

function flat<About>(items: readonly TreeItem<About>[]): readonly TreeNode<About>[] {
  const nodes: {item: TreeItem<About>; depth: number; parent: number; end: number}[] = [];
  const add = (list: readonly TreeItem<About>[], depth: number, parent: number): void => {
    for (const item of list) {
      const node = {item, depth, parent, end: 0};
      const index = nodes.push(node) - 1;
      if (item.children !== undefined) add(item.children, depth + 1, index);
      node.end = nodes.length;
    }
  };
  add(items, 0, -1);
  return nodes;
}

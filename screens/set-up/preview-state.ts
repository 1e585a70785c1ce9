import type {Blueprint} from '../../src/pki/blueprint-types.ts';
import type {Layout} from '../layout.ts';
import {plantTree, refitTree} from '../parts/tree-state.ts';
import type {TreeItem, TreeState} from '../parts/tree-state.ts';
import {widthOf} from '../parts/text.ts';
import type {About} from './preview-items.ts';
import {adviceItems, connectionItems, fileItems, flagItems, itemsByAuthority, itemsByNode} from './preview-items.ts';

/** The views of one blueprint, in the order of their digits. */
export const previewViews = ['certificates', 'connections', 'flags', 'files', 'advice'] as const;
export type PreviewViewId = (typeof previewViews)[number];

export const viewTitles: Readonly<Record<PreviewViewId, string>> = {
  certificates: 'Certificates',
  connections: 'Connections',
  flags: 'Flags',
  files: 'Files',
  advice: 'Advice',
};

type TreeId = PreviewViewId | 'certificates by node';

/** A tree and how wide its columns have to be. */
export interface PlantedView {
  readonly tree: TreeState<About>;
  /** Cells a column needs, the first one with its indentation. */
  readonly widths: readonly number[];
}

export interface PreviewView {
  /** What the views are of; another blueprint needs new ones. */
  readonly of: Blueprint;
  readonly shown: PreviewViewId;
  readonly isByNode: boolean;
  /** Made when they are first looked at. */
  readonly planted: {readonly [Id in TreeId]?: PlantedView};
  /** The details fill the screen, scrolled to this line. */
  readonly details: {readonly top: number} | undefined;
}

export function openPreview(blueprint: Blueprint, before: PreviewView | undefined): PreviewView {
  if (before?.of === blueprint) return before;
  return plantShown({
    of: blueprint,
    shown: before?.shown ?? 'certificates',
    isByNode: before?.isByNode ?? false,
    planted: {},
    details: undefined,
  });
}

function treeIdOf({shown, isByNode}: PreviewView): TreeId {
  return shown === 'certificates' && isByNode ? 'certificates by node' : shown;
}

export function shownTree(view: PreviewView): PlantedView {
  return view.planted[treeIdOf(view)] ?? plant(view.of, treeIdOf(view));
}

export function plantShown(view: PreviewView): PreviewView {
  const id = treeIdOf(view);
  return view.planted[id] === undefined ? withTree(view, plant(view.of, id)) : view;
}

export function withTree(view: PreviewView, planted: PlantedView): PreviewView {
  const id = treeIdOf(view);
  return view.planted[id]?.tree === planted.tree ? view : {...view, planted: {...view.planted, [id]: planted}};
}

export function refitPreview(view: PreviewView, layout: Layout): PreviewView {
  const shown = shownTree(view);
  return withTree(view, {...shown, tree: refitTree(shown.tree, previewLayout(layout).listHeight)});
}

/** The list and the details: side by side where there is room, else one above the other. */
export interface PreviewLayout {
  readonly isWide: boolean;
  readonly listWidth: number;
  readonly listHeight: number;
  readonly detailWidth: number;
  readonly detailHeight: number;
}

/** Tabs and the blank line under them. */
const tabRows = 2;

export function previewLayout({width, height}: Layout): PreviewLayout {
  const room = height - tabRows;
  if (width >= 110) {
    const detailWidth = Math.floor(width * 0.45);
    return {isWide: true, listWidth: width - detailWidth - 3, listHeight: room, detailWidth, detailHeight: room};
  }
  const detailHeight = Math.max(3, Math.min(16, Math.floor(room * 0.45)));
  return {
    isWide: false,
    listWidth: width,
    listHeight: Math.max(3, room - detailHeight - 1),
    detailWidth: width,
    detailHeight,
  };
}

function plant(blueprint: Blueprint, id: TreeId): PlantedView {
  const items = itemsOf(blueprint, id);
  const few = items.length <= 4;
  return {
    tree: plantTree(items, few ? items.map((item) => item.id) : items.slice(0, 1).map((item) => item.id)),
    widths: widthsOf(items),
  };
}

function itemsOf(blueprint: Blueprint, id: TreeId): readonly TreeItem<About>[] {
  switch (id) {
    case 'certificates':
      return itemsByAuthority(blueprint);
    case 'certificates by node':
      return itemsByNode(blueprint);
    case 'connections':
      return connectionItems(blueprint);
    case 'flags':
      return flagItems(blueprint);
    case 'files':
      return fileItems(blueprint);
    case 'advice':
      return adviceItems(blueprint);
    default:
      return id satisfies never;
  }
}

/** Cells before the text of a row: pointer, indentation, and whether it is open. */
function indentOf(depth: number): number {
  return 2 + 2 * depth + 2;
}

function widthsOf(items: readonly TreeItem<About>[], depth = 0, widths: number[] = []): readonly number[] {
  for (const {cells, children} of items) {
    cells.forEach((cell, column) => {
      const needed = widthOf(cell) + (column === 0 ? indentOf(depth) : 0);
      widths[column] = Math.max(widths[column] ?? 0, needed);
    });
    if (children !== undefined) widthsOf(children, depth + 1, widths);
  }
  return widths;
}

import type {Blueprint} from '../../src/pki/blueprint-types.ts';
import type {BlueprintIndex} from '../../src/report/blueprint-index.ts';
import {indexBlueprint} from '../../src/report/blueprint-index.ts';
import type {FormId} from '../../src/report/component-forms.ts';
import type {PreviewFormat} from '../../src/report/preview-document.ts';
import {inOrder, previewOrders} from '../../src/report/preview-order.ts';
import type {PreviewOrder} from '../../src/report/preview-order.ts';
import type {PreviewRow, PreviewViewId} from '../../src/report/preview-rows.ts';
import type {Thing} from '../../src/report/thing.ts';
import {previewRows} from '../../src/report/preview-rows.ts';
import {holdsAll, queryOf, searchText} from '../../src/report/preview-search.ts';
import type {Layout} from '../layout.ts';
import type {TextFieldState} from '../parts/text-field-state.ts';
import {textField} from '../parts/text-field-state.ts';
import {sentence, widthOf} from '../parts/text.ts';
import {filterTree, plantTree, refitTree, replant} from '../parts/tree-state.ts';
import type {TreeItem, TreeNode, TreeState} from '../parts/tree-state.ts';
import type {Role} from '../theme.ts';

type TreeId = PreviewViewId | 'certificates by node';

/** A tree, how wide its columns have to be, and by what it is ordered and filtered. */
export interface PlantedView {
  readonly tree: TreeState<Thing>;
  /** Cells a column needs, the first one with its indentation. */
  readonly widths: readonly number[];
  readonly order: PreviewOrder;
  /** What was typed; `''` = everything is shown. */
  readonly filter: string;
  /** By node: what the filter looks into; made when something is looked for. */
  readonly texts: readonly string[] | undefined;
}

/** A thing that fills the screen, with its links; or a component in one of its forms. */
export interface Look {
  readonly thing: Thing;
  readonly form: FormId | undefined;
  /** First visible line. */
  readonly top: number;
  /** The link under the cursor; -1 = none is in sight. */
  readonly link: number;
}

/** A file that the whole preview goes to. */
export interface Exporting {
  readonly kind: 'exporting';
  readonly format: PreviewFormat;
  readonly field: TextFieldState;
  /** Why it could not be written; `isThere`: something lies there that a key may replace. */
  readonly refusal: {readonly message: string; readonly isThere: boolean} | undefined;
}

/** What has the keys. */
export type PreviewMode =
  | {readonly kind: 'list'}
  | {readonly kind: 'filter'}
  /** The way from link to link; the last is what is seen. */
  | {readonly kind: 'looking'; readonly looks: readonly [Look, ...Look[]]}
  | Exporting;

export interface PreviewView {
  /** What the views are of; another blueprint needs new ones. */
  readonly index: BlueprintIndex;
  readonly shown: PreviewViewId;
  readonly isByNode: boolean;
  /** Index into the orders of each view. */
  readonly orders: {readonly [Id in PreviewViewId]?: number};
  readonly filters: {readonly [Id in PreviewViewId]?: TextFieldState};
  /** Made when they are first looked at. */
  readonly planted: {readonly [Id in TreeId]?: PlantedView};
  readonly mode: PreviewMode;
  /** What was copied last, to go on to the next part of it when the key comes again. */
  readonly copied: {readonly thing: Thing; readonly place: number} | undefined;
}

export function openPreview(blueprint: Blueprint, before: PreviewView | undefined): PreviewView {
  if (before?.index.of === blueprint) return before;
  return {
    index: indexBlueprint(blueprint),
    shown: before?.shown ?? 'certificates',
    isByNode: before?.isByNode ?? false,
    orders: before?.orders ?? {},
    filters: {},
    planted: {},
    mode: {kind: 'list'},
    copied: undefined,
  };
}

function treeIdOf({shown, isByNode}: PreviewView): TreeId {
  return shown === 'certificates' && isByNode ? 'certificates by node' : shown;
}

export function orderOf({shown, orders}: PreviewView): PreviewOrder {
  const all = previewOrders[shown];
  return all[(orders[shown] ?? 0) % all.length] ?? all[0];
}

export function filterOf({shown, filters}: PreviewView): TextFieldState {
  return filters[shown] ?? textField('');
}

/** The tree of the view that is shown; `refitPreview` has made it. */
export function shownTree(view: PreviewView): PlantedView {
  return view.planted[treeIdOf(view)] ?? plant(view);
}

export function withTree(view: PreviewView, tree: TreeState<Thing>): PreviewView {
  const planted = shownTree(view);
  return planted.tree === tree ? view : withPlanted(view, {...planted, tree});
}

function withPlanted(view: PreviewView, planted: PlantedView): PreviewView {
  const id = treeIdOf(view);
  return view.planted[id] === planted ? view : {...view, planted: {...view.planted, [id]: planted}};
}

/** Makes the tree that is shown what the view says: planted, in its order, filtered, in a window of this height. */
export function refitPreview(view: PreviewView, layout: Layout): PreviewView {
  const height = previewLayout(layout).listHeight;
  const known = view.planted[treeIdOf(view)] ?? plant(view);
  const ordered = withOrder(view, known, height);
  // Before the first character is typed, so that it comes as fast as the next.
  const ready = view.mode.kind === 'filter' ? withTexts(ordered) : ordered;
  const filtered = withFilter(ready, filterOf(view).text.trim(), height);
  const tree = refitTree(filtered.tree, height);
  return withPlanted(view, tree === filtered.tree ? filtered : {...filtered, tree});
}

function withOrder(view: PreviewView, planted: PlantedView, height: number): PlantedView {
  const order = orderOf(view);
  if (planted.order === order) return planted;
  const tree = replant(planted.tree, itemsOf(view), height);
  return {...planted, tree, order, filter: '', texts: undefined};
}

function withFilter(planted: PlantedView, typed: string, height: number): PlantedView {
  if (planted.filter === typed) return planted;
  const query = queryOf(typed);
  if (query.length === 0) return {...planted, tree: filterTree(planted.tree, undefined, height), filter: typed};
  const ready = withTexts(planted);
  const isMeant = (index: number): boolean => holdsAll(ready.texts[index] ?? '', query);
  return {...ready, tree: filterTree(planted.tree, isMeant, height), filter: typed};
}

function withTexts(planted: PlantedView): PlantedView & {readonly texts: readonly string[]} {
  const {texts, tree} = planted;
  return {...planted, texts: texts ?? textsOf(tree.nodes)};
}

/** What is looked for may stand in the row or in the groups around it: `cp-1 tls`. */
function textsOf(nodes: readonly TreeNode<Thing>[]): readonly string[] {
  const texts: string[] = [];
  for (const {item, parent} of nodes) {
    texts.push(`${texts[parent] ?? ''}\n${searchText(item.cells, item.about)}`);
  }
  return texts;
}

/** The list and the details: side by side where there is room, else one above the other. */
export interface PreviewLayout {
  readonly isWide: boolean;
  readonly listWidth: number;
  readonly listHeight: number;
  readonly detailWidth: number;
  readonly detailHeight: number;
}

/** Tabs, and the line that tells filter and order. */
const headRows = 2;

export function previewLayout({width, height}: Layout): PreviewLayout {
  const room = height - headRows;
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

function plant(view: PreviewView): PlantedView {
  const items = itemsOf(view);
  const few = items.length <= 4;
  return {
    tree: plantTree(items, few ? items.map(({id}) => id) : items.slice(0, 1).map(({id}) => id)),
    widths: widthsOf(items),
    order: orderOf(view),
    filter: '',
    texts: undefined,
  };
}

function itemsOf(view: PreviewView): readonly TreeItem<Thing>[] {
  return inOrder(previewRows(view.index, view.shown, view.isByNode), orderOf(view)).map(itemOf);
}

function itemOf({id, cells, thing, children}: PreviewRow): TreeItem<Thing> {
  const as = lookOf(thing);
  return {
    id,
    cells: thing.kind === 'advice' ? cells.map(sentence) : cells,
    ...(as === undefined ? {} : {as}),
    about: thing,
    ...(children === undefined ? {} : {children: children.map(itemOf)}),
  };
}

function lookOf({kind}: Thing): Role | undefined {
  switch (kind) {
    case 'authority':
    case 'key-pair':
    case 'group':
      return 'title';
    case 'advice':
      return 'warn';
    case 'certificate':
    case 'connection':
    case 'component':
    case 'flag':
    case 'file':
      return undefined;
    default:
      return kind satisfies never;
  }
}

/** Cells before the text of a row: pointer, indentation, and whether it is open. */
function indentOf(depth: number): number {
  return 2 + 2 * depth + 2;
}

function widthsOf(items: readonly TreeItem<Thing>[], depth = 0, widths: number[] = []): readonly number[] {
  for (const {cells, children} of items) {
    cells.forEach((cell, column) => {
      const needed = widthOf(cell) + (column === 0 ? indentOf(depth) : 0);
      widths[column] = Math.max(widths[column] ?? 0, needed);
    });
    if (children !== undefined) widthsOf(children, depth + 1, widths);
  }
  return widths;
}

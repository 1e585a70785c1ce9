import type {ActionId} from '../keys.ts';
import {scrollText} from '../parts/scroll.ts';
import {isListMove} from '../parts/list-state.ts';
import {closeRow, hasChildren, moveInTree, openRow, rowAt} from '../parts/tree-state.ts';
import type {TreeState} from '../parts/tree-state.ts';
import type {AppState, Screen, Turn} from '../screen.ts';
import {layoutAt, turn, withView, withWizard} from '../screen.ts';
import type {Tools} from '../services.ts';
import {detailLines} from './preview-details.ts';
import type {About} from './preview-items.ts';
import type {PreviewView} from './preview-state.ts';
import {plantShown, previewLayout, previewViews, refitPreview, shownTree, withTree} from './preview-state.ts';

/** Everything that will exist, before it exists. */
export const previewScreen: Screen = {
  hints: (state) => {
    const view = state.views.preview;
    if (view === undefined) return [{action: 'back', label: 'back to the questions'}];
    if (view.details !== undefined) {
      return [
        {action: 'back', label: 'back to the list'},
        {action: 'up', with: 'down', label: 'scroll'},
        {action: 'page-up', with: 'page-down', quiet: true},
        {action: 'first', with: 'last', quiet: true},
      ];
    }
    return [
      {action: 'continue', label: 'issue'},
      {action: 'digit', label: 'view', keys: `1-${previewViews.length}`},
      ...(view.shown === 'certificates'
        ? ([{action: 'group', label: view.isByNode ? 'by authority' : 'by node'}] as const)
        : []),
      {action: 'open', with: 'close', label: 'open'},
      {action: 'up', with: 'down', label: 'row'},
      {action: 'back'},
      {action: 'next-field', with: 'previous-field', quiet: true},
      {action: 'page-up', with: 'page-down', quiet: true},
      {action: 'first', with: 'last', quiet: true},
    ];
  },
  isTyping: () => false,
  act: (state, action, tools, key) => {
    const view = state.views.preview;
    if (view === undefined) return turn(action === 'back' ? withWizard(state, {kind: 'went-back'}, tools) : state);
    return view.details === undefined ? act(state, view, action, tools, key) : turn(actInDetails(state, view, action));
  },
};

function act(state: AppState, view: PreviewView, action: ActionId, tools: Tools, key: string): Turn {
  const {listHeight} = previewLayout(layoutAt(state));
  const planted = shownTree(view);
  const withRows = (tree: TreeState<About>): AppState => withView(state, 'preview', withTree(view, {...planted, tree}));
  if (isListMove(action)) return turn(withRows(moveInTree(planted.tree, action, listHeight)));
  switch (action) {
    case 'continue':
      return turn(withWizard(state, {kind: 'went-next'}, tools));
    case 'back':
      return turn(withWizard(state, {kind: 'went-back'}, tools));
    case 'digit':
      return turn(showView(state, view, Number(key) - 1));
    case 'next-field':
    case 'previous-field': {
      const by = action === 'next-field' ? 1 : -1;
      const index = (previewViews.indexOf(view.shown) + by + previewViews.length) % previewViews.length;
      return turn(showView(state, view, index));
    }
    case 'group':
      return turn(fit(state, {...view, isByNode: view.shown === 'certificates' && !view.isByNode}));
    case 'open': {
      const opened = openRow(planted.tree, listHeight);
      if (opened !== undefined) return turn(withRows(opened));
      const row = rowAt(planted.tree);
      if (row === undefined) return turn(state);
      // Enter on an open group closes it again; the arrow leaves it open.
      if (hasChildren(row.item) && key === 'enter') return turn(withRows(closeRow(planted.tree, listHeight)));
      return turn(hasChildren(row.item) ? state : withView(state, 'preview', {...view, details: {top: 0}}));
    }
    case 'close':
      return turn(withRows(closeRow(planted.tree, listHeight)));
    default:
      return turn(state);
  }
}

function actInDetails(state: AppState, view: PreviewView, action: ActionId): AppState {
  const layout = layoutAt(state);
  if (isListMove(action)) {
    const row = rowAt(shownTree(view).tree);
    const lines = row === undefined ? [] : detailLines(row.item.about, view.of, layout.width);
    const top = scrollText(view.details?.top ?? 0, action, lines.length, layout.height);
    return withView(state, 'preview', {...view, details: {top}});
  }
  return action === 'back' || action === 'close' ? withView(state, 'preview', {...view, details: undefined}) : state;
}

function showView(state: AppState, view: PreviewView, index: number): AppState {
  const shown = previewViews[index];
  return shown === undefined ? state : fit(state, {...view, shown});
}

function fit(state: AppState, view: PreviewView): AppState {
  return withView(state, 'preview', refitPreview(plantShown(view), layoutAt(state)));
}

import {componentForm, formsOf} from '../../src/report/component-forms.ts';
import {copyChoices, formCopy} from '../../src/report/copy-choices.ts';
import {previewViews} from '../../src/report/preview-rows.ts';
import type {Thing} from '../../src/report/thing.ts';
import type {ActionId} from '../keys.ts';
import {isTextAction} from '../keys.ts';
import {isListMove} from '../parts/list-state.ts';
import type {TextFieldState} from '../parts/text-field-state.ts';
import {editText, insertText, oneLine, textField} from '../parts/text-field-state.ts';
import {closeAll, closeRow, hasChildren, moveInTree, openAll, openRow, rowAt} from '../parts/tree-state.ts';
import type {TreeState} from '../parts/tree-state.ts';
import type {AppState, Screen, Turn} from '../screen.ts';
import {layoutAt, turn, withView, withWizard} from '../screen.ts';
import type {Tools} from '../services.ts';
import {actInExport, openExport, typeIntoExport} from './preview-export.ts';
import {previewHints} from './preview-hints.ts';
import {componentIn, followLink, lookAt, lookBack, lookedAt, moveInLook, nextForm} from './preview-looks.ts';
import type {PreviewView} from './preview-state.ts';
import {filterOf, previewLayout, refitPreview, shownTree, withTree} from './preview-state.ts';

/** Everything that will exist, before it exists. */
export const previewScreen: Screen = {
  hints: ({views}) =>
    views.preview === undefined ? [{action: 'back', label: 'back to the questions'}] : previewHints(views.preview),
  isTyping: ({views}) => views.preview?.mode.kind === 'filter' || views.preview?.mode.kind === 'exporting',
  act: (state, action, tools, key) => {
    const view = state.views.preview;
    if (view === undefined) return turn(action === 'back' ? withWizard(state, {kind: 'went-back'}, tools) : state);
    switch (view.mode.kind) {
      case 'list':
        return actInList(state, view, action, tools, key);
      case 'filter':
        return turn(actInFilter(state, view, action));
      case 'looking':
        return actInLook(state, view, action);
      case 'exporting':
        return actInExport(state, view, view.mode, action);
      default:
        return view.mode satisfies never;
    }
  },
  type: (state, text) => turn(typed(state, text)),
  paste: (state, text) => turn(typed(state, oneLine(text))),
};

function actInList(state: AppState, view: PreviewView, action: ActionId, tools: Tools, key: string): Turn {
  const layout = layoutAt(state);
  const {listHeight} = previewLayout(layout);
  const {tree} = shownTree(view);
  const about = rowAt(tree)?.item.about;
  const fresh: PreviewView = view.copied === undefined ? view : {...view, copied: undefined};
  const withRows = (next: TreeState<Thing>): Turn => turn(withView(state, 'preview', withTree(fresh, next)));
  const show = (next: PreviewView): Turn => turn(withView(state, 'preview', refitPreview(next, layout)));
  if (isListMove(action)) return withRows(moveInTree(tree, action, listHeight));
  switch (action) {
    case 'continue':
      return turn(withWizard(state, {kind: 'went-next'}, tools));
    case 'back':
      return filterOf(view).text === ''
        ? turn(withWizard(state, {kind: 'went-back'}, tools))
        : show(withFilterText(fresh, textField('')));
    case 'digit':
      return show(withShown(fresh, Number(key) - 1));
    case 'next-field':
    case 'previous-field': {
      const by = action === 'next-field' ? 1 : -1;
      return show(
        withShown(fresh, (previewViews.indexOf(view.shown) + by + previewViews.length) % previewViews.length),
      );
    }
    case 'group':
      return show({...fresh, isByNode: view.shown === 'certificates' && !view.isByNode});
    case 'filter':
      return show({...fresh, mode: {kind: 'filter'}});
    case 'sort':
      return show({...fresh, orders: {...view.orders, [view.shown]: (view.orders[view.shown] ?? 0) + 1}});
    case 'open-all':
      return withRows(openAll(tree, listHeight));
    case 'close-all':
      return withRows(closeAll(tree, listHeight));
    case 'details':
      return about === undefined ? turn(state) : show(lookAt(fresh, about, layout));
    case 'form':
      return turn(withView(state, 'preview', lookAtForm(fresh, about, state)));
    case 'copy':
      return copy(state, view, about);
    case 'export':
      return turn(withView(state, 'preview', openExport(fresh)));
    case 'open': {
      const row = rowAt(tree);
      if (row === undefined) return turn(state);
      if (!hasChildren(row.item)) return show(lookAt(fresh, row.item.about, layout));
      // Enter on an open group closes it again; the arrow leaves it open.
      if (row.isOpen && key === 'enter') return withRows(closeRow(tree, listHeight));
      return withRows(openRow(tree, listHeight) ?? tree);
    }
    case 'close':
      return withRows(closeRow(tree, listHeight));
    default:
      return turn(state);
  }
}

function actInFilter(state: AppState, view: PreviewView, action: ActionId): AppState {
  const layout = layoutAt(state);
  if (isTextAction(action)) {
    return withView(state, 'preview', refitPreview(withFilterText(view, editText(filterOf(view), action)), layout));
  }
  const {tree} = shownTree(view);
  if (isListMove(action)) {
    return withView(state, 'preview', withTree(view, moveInTree(tree, action, previewLayout(layout).listHeight)));
  }
  if (action === 'accept') return withView(state, 'preview', {...view, mode: {kind: 'list'}});
  if (action !== 'back') return state;
  // Esc clears what was typed first; with nothing to clear it leaves the field.
  const cleared = withFilterText({...view, mode: {kind: 'list'}}, textField(''));
  return withView(state, 'preview', refitPreview(cleared, layout));
}

function actInLook(state: AppState, view: PreviewView, action: ActionId): Turn {
  const layout = layoutAt(state);
  const show = (next: PreviewView): Turn => turn(withView(state, 'preview', next));
  if (isListMove(action)) return show(moveInLook(view, action, layout));
  switch (action) {
    case 'back':
    case 'close':
      return show(lookBack(view));
    case 'open':
      return show(followLink(view, layout));
    case 'form': {
      const look = lookedAt(view);
      return show(look?.form === undefined ? lookAtForm(view, look?.thing, state) : nextForm(view));
    }
    case 'copy':
      return copy(state, view, lookedAt(view)?.thing);
    default:
      return turn(state);
  }
}

function lookAtForm(view: PreviewView, about: Thing | undefined, state: AppState): PreviewView {
  const component = componentIn(about);
  if (component === undefined) return view;
  const [form] = formsOf(view.index, component);
  return lookAt(view, {kind: 'component', component}, layoutAt(state), form);
}

/** What stands there; pressed again, the next part of it. */
function copy(state: AppState, view: PreviewView, thing: Thing | undefined): Turn {
  if (thing === undefined) return turn(state);
  const look = lookedAt(view);
  const component = componentIn(look?.thing);
  const choices =
    look?.form === undefined || component === undefined
      ? copyChoices(view.index, thing)
      : [formCopy(componentForm(view.index, component, look.form), component)];
  const place = view.copied?.thing === thing ? (view.copied.place + 1) % choices.length : 0;
  const choice = choices[place];
  if (choice === undefined) return turn(state);
  const next = choices.length === 1 ? undefined : choices[(place + 1) % choices.length]?.what;
  const copied = withView(state, 'preview', {...view, copied: {thing, place}});
  return turn(copied, {kind: 'preview', effect: {kind: 'copy', choice, next}});
}

function withShown(view: PreviewView, index: number): PreviewView {
  const shown = previewViews[index];
  return shown === undefined ? view : {...view, shown};
}

function withFilterText(view: PreviewView, field: TextFieldState): PreviewView {
  return {...view, filters: {...view.filters, [view.shown]: field}};
}

function typed(state: AppState, text: string): AppState {
  const view = state.views.preview;
  if (view === undefined) return state;
  switch (view.mode.kind) {
    case 'filter': {
      const next = withFilterText(view, insertText(filterOf(view), text));
      return withView(state, 'preview', refitPreview(next, layoutAt(state)));
    }
    case 'exporting':
      return withView(state, 'preview', typeIntoExport(view, view.mode, text));
    case 'list':
    case 'looking':
      return state;
    default:
      return view.mode satisfies never;
  }
}

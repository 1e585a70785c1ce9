import {previewViews} from '../../src/report/preview-rows.ts';
import type {Hint} from '../keys.ts';
import {rowAt} from '../parts/tree-state.ts';
import {exportHints} from './preview-export.ts';
import {componentIn, lookedAt} from './preview-looks.ts';
import type {PreviewView} from './preview-state.ts';
import {filterOf, shownTree} from './preview-state.ts';

/** The keys that are alive in a preview, the most useful first. */
export function previewHints(view: PreviewView): readonly Hint[] {
  switch (view.mode.kind) {
    case 'list':
      return listHints(view);
    case 'filter':
      return [
        {action: 'accept', label: 'to the rows'},
        {action: 'back', label: 'clear'},
        {action: 'up', with: 'down', label: 'row'},
        {action: 'page-up', with: 'page-down', quiet: true},
      ];
    case 'looking': {
      const look = lookedAt(view);
      const isForm = look?.form !== undefined;
      const hasForm = componentIn(look?.thing) !== undefined;
      return [
        {action: 'back', label: view.mode.looks.length > 1 ? 'where you were' : 'to the list'},
        ...(isForm
          ? ([{action: 'up', with: 'down', label: 'scroll'}] as const)
          : ([
              {action: 'open', label: 'follow', keys: 'enter'},
              {action: 'up', with: 'down', label: 'link'},
            ] as const)),
        ...(hasForm ? ([{action: 'form', label: isForm ? 'next form' : 'as a file'}] as const) : []),
        {action: 'copy'},
        {action: 'close', quiet: true},
        {action: 'page-up', with: 'page-down', quiet: true},
        {action: 'first', with: 'last', quiet: true},
      ];
    }
    case 'exporting':
      return exportHints(view.mode);
    default:
      return view.mode satisfies never;
  }
}

function listHints(view: PreviewView): readonly Hint[] {
  const about = rowAt(shownTree(view).tree)?.item.about;
  const isFiltered = filterOf(view).text !== '';
  return [
    isFiltered ? {action: 'back', label: 'all rows'} : {action: 'continue', label: 'issue'},
    {action: 'digit', label: 'view', keys: `1-${previewViews.length}`},
    {action: 'open', with: 'close', label: 'open'},
    {action: 'filter'},
    ...(view.shown === 'certificates'
      ? ([{action: 'group', label: view.isByNode ? 'by authority' : 'by node'}] as const)
      : []),
    ...(componentIn(about) === undefined ? [] : ([{action: 'form'}] as const)),
    {action: 'sort'},
    {action: 'copy'},
    {action: 'export'},
    isFiltered ? {action: 'continue', label: 'issue'} : {action: 'back'},
    {action: 'details', quiet: true},
    {action: 'open-all', with: 'close-all', quiet: true},
    {action: 'up', with: 'down', quiet: true},
    {action: 'next-field', with: 'previous-field', quiet: true},
    {action: 'page-up', with: 'page-down', quiet: true},
    {action: 'first', with: 'last', quiet: true},
  ];
}

import type {FoundNodes, NodesSource} from '../../src/wizard/found-nodes.ts';
import {newRoles} from '../../src/wizard/import-nodes.ts';
import type {Step} from '../../src/wizard/step.ts';
import type {ActionId, Hint} from '../keys.ts';
import {isTextAction} from '../keys.ts';
import {isListMove, listStart, moveInList} from '../parts/list-state.ts';
import type {ListState} from '../parts/list-state.ts';
import type {TextFieldState} from '../parts/text-field-state.ts';
import {editText, insertText, oneLine, textField} from '../parts/text-field-state.ts';
import type {AppState, Screen, Turn} from '../screen.ts';
import {layoutAt, turn} from '../screen.ts';
import type {Tools} from '../services.ts';
import {shownForm, tableOf} from './form-state.ts';
import {importOf} from './import-made.ts';
import {withLines, withNotice} from './records-take.ts';

/** Nodes from somewhere else: where from, then what it would change, and only then is it taken. */
export interface ImportView {
  readonly kind: 'import';
  /** The question whose table gets them. */
  readonly step: string;
  /** Index of the source under the cursor. */
  readonly source: number;
  readonly path: TextFieldState;
  /** Index into `newRoles`. */
  readonly roles: number;
  readonly stage: ImportStage;
}

export type ImportStage =
  | {readonly kind: 'asking'; readonly failure: string | undefined}
  | {readonly kind: 'reading'; readonly source: NodesSource}
  | {
      readonly kind: 'found';
      readonly source: NodesSource;
      readonly found: FoundNodes;
      readonly list: ListState;
      /** Names of nodes that are not to be taken. */
      readonly leftOut: ReadonlySet<string>;
    };

export const importSources = ['hosts', 'node-list', 'kubectl'] as const satisfies readonly NodesSource['kind'][];

/** Where the file mostly is. */
const usualPath: Readonly<Record<NodesSource['kind'], string>> = {
  hosts: '/etc/hosts',
  'node-list': 'nodes.json',
  kubectl: '',
};

export function openImport(state: AppState, step: Step): AppState {
  const stage = {kind: 'asking', failure: undefined} as const;
  const path = textField(usualPath.hosts);
  return {...state, overlay: {kind: 'import', step: step.id, source: 0, path, roles: 0, stage}};
}

export function sourceKind({source}: ImportView): NodesSource['kind'] {
  return importSources[source] ?? 'hosts';
}

/** What was read arrives, unless somebody has left in the meantime. */
export function withFoundNodes(state: AppState, source: NodesSource, found: FoundNodes | string): AppState {
  const {overlay} = state;
  if (overlay.kind !== 'import' || overlay.stage.kind !== 'reading' || overlay.stage.source !== source) return state;
  const stage: ImportStage =
    typeof found === 'string'
      ? {kind: 'asking', failure: found}
      : {kind: 'found', source, found, list: listStart, leftOut: new Set()};
  return {...state, overlay: {...overlay, stage}};
}

export const importOverlay: Screen = {
  hints: (state, tools) => hintsOf(state, tools),
  isTyping: ({overlay}) =>
    overlay.kind === 'import' && overlay.stage.kind === 'asking' && sourceKind(overlay) !== 'kubectl',
  act: (state, action, tools) => {
    const {overlay} = state;
    if (overlay.kind !== 'import') return turn(state);
    switch (overlay.stage.kind) {
      case 'asking':
        return ask(state, overlay, action);
      case 'reading':
        return action === 'back'
          ? turn(withStage(state, overlay, {kind: 'asking', failure: undefined}), {kind: 'stop-reading-nodes'})
          : turn(state);
      case 'found':
        return review(state, overlay, overlay.stage, action, tools);
      default:
        return overlay.stage satisfies never;
    }
  },
  type: (state, text) => turn(withPath(state, (path) => insertText(path, text))),
  paste: (state, text) => turn(withPath(state, (path) => insertText(path, oneLine(text)))),
};

function hintsOf(state: AppState, tools: Tools): readonly Hint[] {
  const {overlay} = state;
  if (overlay.kind !== 'import') return [];
  switch (overlay.stage.kind) {
    case 'asking':
      return [
        {action: 'accept', label: 'read, and show what changes'},
        {action: 'up', with: 'down', label: 'source'},
        {action: 'back', label: 'leave it'},
      ];
    case 'reading':
      return [{action: 'back', label: 'stop'}];
    case 'found':
      return [
        ...(importOf(state, tools)?.isGood === true ? ([{action: 'accept', label: 'take them'}] as const) : []),
        ...(overlay.stage.found.nodes.length > 0 ? foundHints : []),
        {action: 'back', label: 'choose again'},
      ];
    default:
      return overlay.stage satisfies never;
  }
}

const foundHints: readonly Hint[] = [
  {action: 'toggle', label: 'in or out'},
  {action: 'next-field', label: 'other roles'},
  {action: 'up', with: 'down', label: 'node'},
  {action: 'page-up', with: 'page-down', quiet: true},
  {action: 'first', with: 'last', quiet: true},
];

function ask(state: AppState, view: ImportView, action: ActionId): Turn {
  if (isTextAction(action)) return turn(withPath(state, (path) => editText(path, action)));
  switch (action) {
    case 'up':
      return turn(withSource(state, view, view.source - 1));
    case 'down':
      return turn(withSource(state, view, view.source + 1));
    case 'back':
      return turn({...state, overlay: {kind: 'none'}});
    case 'accept': {
      const source = sourceOf(view);
      if (source === undefined) return turn(withStage(state, view, {kind: 'asking', failure: 'No file is named.'}));
      return turn(withStage(state, view, {kind: 'reading', source}), {kind: 'read-nodes', source});
    }
    default:
      return turn(state);
  }
}

/** A path that nobody has changed follows the source. */
function withSource(state: AppState, view: ImportView, to: number): AppState {
  const source = Math.max(0, Math.min(to, importSources.length - 1));
  const isOwn = view.path.text.trim() !== '' && !Object.values(usualPath).includes(view.path.text);
  const changed = {...view, source};
  const path = isOwn ? view.path : textField(usualPath[sourceKind(changed)]);
  return {...state, overlay: {...changed, path, stage: {kind: 'asking', failure: undefined}}};
}

function sourceOf(view: ImportView): NodesSource | undefined {
  const kind = sourceKind(view);
  if (kind === 'kubectl') return {kind};
  const path = view.path.text.trim();
  return path === '' ? undefined : {kind, path};
}

type Found = Extract<ImportStage, {readonly kind: 'found'}>;

function review(state: AppState, view: ImportView, stage: Found, action: ActionId, tools: Tools): Turn {
  const {nodes} = stage.found;
  if (isListMove(action)) {
    const list = moveInList(stage.list, action, nodes.length, importRows(state));
    return turn(list === stage.list ? state : withStage(state, view, {...stage, list}));
  }
  switch (action) {
    case 'toggle': {
      const name = nodes[stage.list.cursor]?.name;
      return turn(
        name === undefined ? state : withStage(state, view, {...stage, leftOut: toggled(stage.leftOut, name)}),
      );
    }
    case 'next-field':
      return turn({...state, overlay: {...view, roles: (view.roles + 1) % newRoles.length}});
    case 'back':
      return turn(withStage(state, view, {kind: 'asking', failure: undefined}));
    case 'accept':
      return turn(take(state, view, tools));
    default:
      return turn(state);
  }
}

/** All of it at once, as one change of the table; nothing of it where something is wrong. */
function take(state: AppState, view: ImportView, tools: Tools): AppState {
  const made = importOf(state, tools);
  const form = shownForm(state, tools);
  const step = tools.steps.find(({id}) => id === view.step);
  if (made?.isGood !== true || form === undefined || step === undefined) return state;
  const table = tableOf(form.view, step.id);
  const added = made.entries.filter(({kind}) => kind === 'added').length;
  const changed = made.entries.filter(({kind}) => kind === 'changed').length;
  const closed: AppState = {...state, overlay: {kind: 'none'}};
  const change = {table, cursor: table.list.cursor, what: 'the import'};
  const taken = withLines(closed, form, step, made.text.split('\n'), change, tools);
  return withNotice(taken, `${added} added, ${changed} changed. u takes the import back.`, tools);
}

/** Rows of found nodes that fit under what is said about them. */
export function importRows(state: AppState): number {
  return Math.max(3, layoutAt(state).height - 9);
}

function toggled(names: ReadonlySet<string>, name: string): ReadonlySet<string> {
  const changed = new Set(names);
  if (!changed.delete(name)) changed.add(name);
  return changed;
}

function withStage(state: AppState, view: ImportView, stage: ImportStage): AppState {
  return {...state, overlay: {...view, stage}};
}

function withPath(state: AppState, change: (path: TextFieldState) => TextFieldState): AppState {
  const {overlay} = state;
  if (overlay.kind !== 'import' || overlay.stage.kind !== 'asking') return state;
  return {...state, overlay: {...overlay, path: change(overlay.path), stage: {kind: 'asking', failure: undefined}}};
}

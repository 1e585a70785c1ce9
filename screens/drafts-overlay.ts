import {resumedFrom} from '../src/wizard/draft.ts';
import {draftCautions} from '../src/state/draft-words.ts';
import type {FoundDraft, FoundDrafts} from '../src/state/drafts.ts';
import {ownAnswers, said} from '../src/wizard/wizard-state.ts';
import {draftDetails} from './draft-lines.ts';
import type {ActionId, Hint} from './keys.ts';
import {isListMove, listStart, moveInList, placeInList} from './parts/list-state.ts';
import type {ListState} from './parts/list-state.ts';
import {scrollText} from './parts/scroll.ts';
import type {AppState, Screen, Turn} from './screen.ts';
import {layoutAt, turn} from './screen.ts';
import type {Tools} from './services.ts';

/** What runs that ended too soon have left, offered when the next one starts. */
export interface DraftsView {
  readonly kind: 'drafts';
  readonly list: ListState;
  readonly mode:
    | {readonly kind: 'list'}
    | {readonly kind: 'look'; readonly top: number}
    /** Asked for, and done when asked once more. */
    | {readonly kind: 'throw-away'};
  /** Why one could not be thrown away. */
  readonly failure: string | undefined;
}

/** Rows of drafts that are listed at once. */
export const draftRows = 5;

export const noDrafts: FoundDrafts = {drafts: [], troubles: []};

export function openDrafts(state: AppState): AppState {
  return {...state, overlay: {kind: 'drafts', list: listStart, mode: {kind: 'list'}, failure: undefined}};
}

/** Where they can be asked for again: before there is anything that going on would replace. */
function offersDrafts({drafts, wizard}: AppState, tools: Tools): boolean {
  const {at} = wizard.place;
  return drafts.drafts.length > 0 && (at === 'home' || at === 'start') && ownAnswers(wizard, tools).length === 0;
}

export const draftsOverlay: Screen = {
  hints: ({overlay, drafts}) => {
    const isMany = drafts.drafts.length > 1;
    const mode = overlay.kind === 'drafts' ? overlay.mode.kind : 'list';
    if (drafts.drafts.length === 0) return [{action: 'back', label: 'start anew'}];
    switch (mode) {
      case 'list':
        return [
          {action: 'accept', label: 'go on'},
          {action: 'view'},
          {action: 'remove', label: 'throw away'},
          {action: 'back', label: 'start anew'},
          ...(isMany ? ([{action: 'up', with: 'down', label: 'draft'}] as const) : []),
          ...(isMany ? ([{action: 'first', with: 'last', quiet: true}] as const) : []),
        ];
      case 'look':
        return [
          {action: 'accept', label: 'go on'},
          {action: 'back'},
          {action: 'up', with: 'down', label: 'scroll'},
          {action: 'page-up', with: 'page-down', quiet: true},
          {action: 'first', with: 'last', quiet: true},
        ];
      case 'throw-away':
        return [
          {action: 'back', label: 'keep it'},
          {action: 'accept', label: 'throw it away'},
        ];
      default:
        return mode satisfies never;
    }
  },
  isTyping: () => false,
  act: (state, action, tools) => {
    const {overlay} = state;
    if (overlay.kind !== 'drafts') return turn(state);
    const draft = state.drafts.drafts[overlay.list.cursor];
    if (draft === undefined) return turn(action === 'back' ? closed(state) : state);
    switch (overlay.mode.kind) {
      case 'list':
        return inList(state, overlay, draft, action, tools);
      case 'look':
        return whileLooking(state, overlay, overlay.mode.top, draft, action, tools);
      case 'throw-away':
        if (action === 'back') return turn(withMode(state, overlay, {kind: 'list'}));
        return turn(state, ...(action === 'accept' ? [{kind: 'throw-away-draft', draft} as const] : []));
      default:
        return overlay.mode satisfies never;
    }
  },
};

function inList(state: AppState, view: DraftsView, draft: FoundDraft, action: ActionId, tools: Tools): Turn {
  if (isListMove(action)) {
    const list = moveInList(view.list, action, state.drafts.drafts.length, draftRows);
    return turn({...state, overlay: {...view, list}});
  }
  switch (action) {
    case 'accept':
      return goOn(state, draft, tools);
    case 'view':
      return turn(withMode(state, view, {kind: 'look', top: 0}));
    case 'remove':
      return turn(withMode(state, view, {kind: 'throw-away'}));
    case 'back':
      return turn(closed(state));
    default:
      return turn(state);
  }
}

function whileLooking(
  state: AppState,
  view: DraftsView,
  top: number,
  draft: FoundDraft,
  action: ActionId,
  tools: Tools,
): Turn {
  if (action === 'accept') return goOn(state, draft, tools);
  if (action === 'back') return turn(withMode(state, view, {kind: 'list'}));
  if (!isListMove(action)) return turn(state);
  const {width, height} = layoutAt(state);
  const lines = draftDetails(draft, width, tools).length;
  return turn(withMode(state, view, {kind: 'look', top: scrollText(top, action, lines, height)}));
}

function goOn(state: AppState, draft: FoundDraft, tools: Tools): Turn {
  const resumed = resumedFrom(draft.draft, tools);
  const [caution] = draftCautions(draft);
  const notice = caution === undefined ? resumed.notice : said('warn', caution);
  const gone: FoundDrafts = {...state.drafts, drafts: state.drafts.drafts.filter((one) => one !== draft)};
  return turn(closed({...state, drafts: gone, wizard: {...resumed, notice}}), {kind: 'take-over-draft', draft});
}

/** After one was removed: the next one, or what was under them. */
export function withoutDraft(state: AppState, draft: FoundDraft): AppState {
  const drafts = state.drafts.drafts.filter((one) => one !== draft);
  const left = {...state, drafts: {...state.drafts, drafts}};
  if (left.overlay.kind !== 'drafts') return left;
  if (drafts.length === 0) return closed(left);
  const list = placeInList(left.overlay.list, left.overlay.list.cursor, drafts.length, draftRows);
  return {...left, overlay: {...left.overlay, list, mode: {kind: 'list'}, failure: undefined}};
}

export function withDraftFailure(state: AppState, failure: string): AppState {
  return state.overlay.kind === 'drafts'
    ? {...state, overlay: {...state.overlay, mode: {kind: 'list'}, failure}}
    : state;
}

function withMode(state: AppState, view: DraftsView, mode: DraftsView['mode']): AppState {
  return {...state, overlay: {...view, mode, failure: undefined}};
}

function closed(state: AppState): AppState {
  return {...state, overlay: {kind: 'none'}};
}

/** The key that leads back to them, where it does. */
export function draftHints(state: AppState, tools: Tools): readonly Hint[] {
  return state.overlay.kind === 'none' && offersDrafts(state, tools) ? [{action: 'drafts'}] : [];
}

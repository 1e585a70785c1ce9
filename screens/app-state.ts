/** One file, because what an event does to the state, and which screen hears of it, is one table. */

import {advance, entered, refit} from './entered.ts';
import type {SetUpEvent} from '../src/journeys/set-up-events.ts';
import type {FoundNodes, NodesSource} from '../src/wizard/found-nodes.ts';
import type {WizardEvent, WizardState} from '../src/wizard/wizard-state.ts';
import {said} from '../src/wizard/wizard-state.ts';
import type {AuthorityId} from '../src/pki/plan.ts';
import {homeScreen} from './home-logic.ts';
import {closed, helpOverlay, openHelp, openSave, passphraseOverlay, saveOverlay} from './overlays.ts';
import type {FoundDraft, FoundDrafts} from '../src/state/drafts.ts';
import {draftHints, draftsOverlay, noDrafts, openDrafts, withDraftFailure, withoutDraft} from './drafts-overlay.ts';
import {noFindings, withFound, type Found} from './findings.ts';
import type {Helped} from './help-lines.ts';
import type {KeyPress} from './key-press.ts';
import type {ActionId, Hint} from './keys.ts';
import {resolveKey} from './keys.ts';
import type {Size} from './layout.ts';
import {listStart} from './parts/list-state.ts';
import {masked, maskedElsewhere, toggleReveal} from './reveal.ts';
import type {IntoRoom, LearnEvent} from './learn/learn-state.ts';
import {learnStart} from './learn/learn-state.ts';
import {enterRoom, learnScreen, takeLearnEvent} from './learn/learn-logic.ts';
import {stopRotation} from './rotate/changing-logic.ts';
import type {RotateEvent} from './rotate/rotate-effects.ts';
import {isRotating, rotateScreen, takeRotateEvent} from './rotate/rotate-logic.ts';
import {rotateStart} from './rotate/rotate-state.ts';
import {textField} from './parts/text-field-state.ts';
import type {AppState, Screen, Turn} from './screen.ts';
import {turn, withView, withWizard} from './screen.ts';
import type {Tools} from './services.ts';
import {countingGlyphs, type Glyphs} from './theme.ts';
import {bootstrapScreen} from './set-up/bootstrap-logic.ts';
import {afterBootstrap, bootstrapStart, type BootstrapEvent} from './set-up/bootstrap-state.ts';
import {formScreen} from './set-up/form-logic.ts';
import {importOverlay, withFoundNodes} from './set-up/import-overlay.ts';
import type {PreviewEvent} from './set-up/preview-effects.ts';
import {takePreviewEvent} from './set-up/preview-effects.ts';
import {previewScreen} from './set-up/preview-logic.ts';
import {doneScreen, issuingScreen, proofScreen} from './set-up/run-logic.ts';
import {proofStart} from './set-up/run-state.ts';
import {startScreen} from './set-up/start-logic.ts';
import {targetScreen} from './set-up/target-logic.ts';

/** Longer than a page because every event, and who has the keys, is told apart in one place. */

export type AppEvent =
  | {readonly kind: 'pressed'; readonly press: KeyPress}
  | {readonly kind: 'pasted'; readonly text: string}
  | {readonly kind: 'resized'; readonly size: Size}
  /** What an effect led to. */
  | {readonly kind: 'wizard'; readonly event: WizardEvent}
  | {readonly kind: 'progressed'; readonly events: readonly SetUpEvent[]}
  | {readonly kind: 'run-ended'; readonly event: WizardEvent}
  | {readonly kind: 'bootstrap'; readonly event: BootstrapEvent}
  | {readonly kind: 'plan-saved'; readonly path: string}
  /** What was found, or why nothing was. */
  | {readonly kind: 'nodes-found'; readonly source: NodesSource; readonly found: FoundNodes | string}
  | {readonly kind: 'plan-not-saved'; readonly message: string}
  | {readonly kind: 'preview'; readonly event: PreviewEvent}
  | {readonly kind: 'rotate'; readonly event: RotateEvent}
  | {readonly kind: 'learn'; readonly event: LearnEvent}
  | {readonly kind: 'room-chosen'; readonly into: IntoRoom}
  | {readonly kind: 'passphrase-asked'; readonly authority: AuthorityId}
  | {readonly kind: 'draft-thrown-away'; readonly draft: FoundDraft}
  | {readonly kind: 'draft-not-thrown-away'; readonly message: string}
  | {readonly kind: 'found'; readonly found: Found}
  | {readonly kind: 'reveal-ended'};

export function appStart(wizard: WizardState, size: Size, tools: Tools, drafts: FoundDrafts = noDrafts): AppState {
  const state: AppState = {
    wizard,
    run: undefined,
    rotate: rotateStart,
    learn: learnStart,
    size,
    drafts,
    overlay: {kind: 'none'},
    views: {
      home: listStart,
      start: {list: listStart, path: textField(''), top: 0},
      forms: {},
      preview: undefined,
      target: textField(''),
      proof: proofStart,
      bootstrap: bootstrapStart,
      done: 0,
    },
    isRevealed: false,
    findings: noFindings,
    isLeaving: false,
  };
  const {at} = wizard.place;
  const isOffered = drafts.drafts.length + drafts.troubles.length > 0 && (at === 'home' || at === 'start');
  return entered(isOffered ? openDrafts(state) : state, tools);
}

/** The screen that is shown. */
function screenOf({place}: WizardState): Screen {
  switch (place.at) {
    case 'home':
      return homeScreen;
    case 'rotate':
      return rotateScreen;
    case 'learn':
      return learnScreen;
    case 'start':
      return startScreen;
    case 'page':
      return formScreen;
    case 'preview':
      return previewScreen;
    case 'target':
      return targetScreen;
    case 'issuing':
      return issuingScreen;
    case 'proof':
      return proofScreen;
    case 'bootstrap':
      return bootstrapScreen;
    case 'done':
      return doneScreen;
    default:
      return place satisfies never;
  }
}

export function reduceApp(state: AppState, event: AppEvent, tools: Tools): Turn {
  return maskedElsewhere(state, reduce(state, event, tools));
}

function reduce(state: AppState, event: AppEvent, tools: Tools): Turn {
  switch (event.kind) {
    case 'pressed':
      return settle(state, press(state, event.press, tools), tools);
    case 'pasted':
      return settle(state, paste(state, event.text, tools), tools);
    case 'resized':
      return turn(refit({...state, size: event.size}));
    case 'wizard':
      return settle(state, turn(withWizard(state, event.event, tools)), tools);
    case 'progressed':
      return turn(advance(state, event.events, tools));
    case 'run-ended': {
      const ended = entered(withWizard(closed(state), event.event, tools), tools);
      return state.isLeaving ? turn(ended, {kind: 'leave', exitCode: 130}) : turn(ended);
    }
    case 'bootstrap':
      return turn(withView(state, 'bootstrap', afterBootstrap(state.views.bootstrap, event.event)));
    case 'plan-saved': {
      const notice = said('good', `The plan is saved as ${event.path}.`);
      return turn(withWizard(closed(state), {kind: 'noticed', notice}, tools));
    }
    case 'plan-not-saved':
      return turn(
        state.overlay.kind === 'save' ? {...state, overlay: {...state.overlay, failure: event.message}} : state,
      );
    case 'preview':
      return turn(takePreviewEvent(state, event.event, tools));
    case 'rotate':
      return takeRotateEvent(state, event.event, tools);
    case 'learn':
      return takeLearnEvent(state, event.event, tools);
    case 'room-chosen':
      return enterRoom(state, event.into, tools);
    case 'nodes-found':
      return turn(withFoundNodes(state, event.source, event.found));
    case 'passphrase-asked':
      return turn({...state, overlay: {kind: 'passphrase', authority: event.authority, field: textField('')}});
    case 'draft-thrown-away':
      return turn(withoutDraft(state, event.draft));
    case 'draft-not-thrown-away':
      return turn(withDraftFailure(state, event.message));
    case 'found':
      return turn({...state, findings: withFound(state.findings, event.found)});
    case 'reveal-ended':
      return turn(masked(state));
    default:
      return event satisfies never;
  }
}

/** What has the keys: the overlay, or the screen. */
function listener(state: AppState, tools: Tools): Screen {
  switch (state.overlay.kind) {
    case 'none':
      return screenOf(state.wizard);
    case 'help': {
      const below = closed(state);
      return helpOverlay(helpedAt(below, tools, countingGlyphs));
    }
    case 'drafts':
      return draftsOverlay;
    case 'save':
      return saveOverlay;
    case 'passphrase':
      return passphraseOverlay;
    case 'import':
      return importOverlay;
    default:
      return state.overlay satisfies never;
  }
}

/** What the help tells of the screen below it. */
export function helpedAt(below: AppState, tools: Tools, glyphs: Glyphs): Omit<Helped, 'width'> {
  const signs = listener(below, tools).signs?.(below, tools, glyphs);
  return {hints: hintsOf(below, tools), isTyping: isTyping(below, tools), signs};
}

/** Every key that is alive now, the most useful first: what footer and help show, and what a key is looked up in. */
export function hintsOf(state: AppState, tools: Tools): readonly Hint[] {
  const own = listener(state, tools).hints(state, tools);
  const has = (action: ActionId): boolean => own.some((hint) => hint.action === action);
  const save: readonly Hint[] = canSave(state) ? [{action: 'save', quiet: true}] : [];
  const help: readonly Hint[] = state.overlay.kind === 'none' && !has('help') ? [{action: 'help'}] : [];
  const quit: readonly Hint[] = isRunning(state) || has('quit') ? [] : [{action: 'quit'}];
  return [
    ...own,
    ...draftHints(state, tools),
    ...save,
    ...help,
    ...quit,
    // Stopped like that, the program could not start what it has just stopped.
    ...(isRotating(state) ? [] : ([{action: 'suspend', quiet: true}] as const)),
    {action: 'abort', quiet: true},
  ];
}

export function isTyping(state: AppState, tools: Tools): boolean {
  return listener(state, tools).isTyping(state, tools);
}

function press(state: AppState, key: KeyPress, tools: Tools): Turn {
  const screen = listener(state, tools);
  const resolved = resolveKey(key, hintsOf(state, tools), screen.isTyping(state, tools));
  switch (resolved.kind) {
    case 'nothing':
      return turn(state);
    case 'text':
      return screen.type?.(state, resolved.text, tools) ?? turn(state);
    case 'action':
      return act(state, screen, resolved.action, tools, resolved.key);
    default:
      return resolved satisfies never;
  }
}

function act(state: AppState, screen: Screen, action: ActionId, tools: Tools, key: string): Turn {
  if (action === 'abort') return abort(state, tools);
  if (action === 'quit') return turn(state, {kind: 'leave', exitCode: 0});
  if (action === 'suspend') return turn(masked(state), {kind: 'suspend'});
  if (action === 'reveal') return toggleReveal(state);
  if (action === 'drafts') return turn(openDrafts(state));
  if (action === 'save') return turn(openSave(state));
  if (action === 'help' && state.overlay.kind === 'none') return turn(openHelp(state));
  return screen.act(state, action, tools, key);
}

/** While something is being issued or renewed Ctrl-C first brings it to a good end; pressed again it leaves at once. */
function abort(state: AppState, tools: Tools): Turn {
  if (!isRunning(state) || state.isLeaving) return turn(state, {kind: 'leave', exitCode: 130});
  if (isRotating(state)) return stopRotation({...closed(state), isLeaving: true});
  const stopping = withWizard({...closed(state), isLeaving: true}, {kind: 'stop-asked'}, tools);
  return turn(stopping, {kind: 'stop-set-up'});
}

function isRunning(state: AppState): boolean {
  const {wizard} = state;
  return isRotating(state) || wizard.place.at === 'issuing' || (wizard.place.at === 'proof' && !wizard.place.ended);
}

function canSave({wizard, overlay}: AppState): boolean {
  const {at} = wizard.place;
  return overlay.kind === 'none' && (at === 'page' || at === 'preview' || at === 'target');
}

function paste(state: AppState, text: string, tools: Tools): Turn {
  return listener(state, tools).paste?.(state, text, tools) ?? turn(state);
}

/**
 * After a key: a new place gets its cursors, and a notice from before is taken down. What was voided stays until
 * something else is decided: it has to be read.
 */
function settle(before: AppState, {state, effects}: Turn, tools: Tools): Turn {
  const isMoved = state.wizard.place !== before.wizard.place || state.wizard.plan !== before.wizard.plan;
  const isOld = state.wizard.notice !== undefined && state.wizard.notice === before.wizard.notice;
  const isRead = isMoved || state.wizard.notice?.kind !== 'voided';
  const cleared = isOld && isRead ? withWizard(state, {kind: 'noticed', notice: undefined}, tools) : state;
  const isElsewhere = placeName(cleared.wizard) !== placeName(before.wizard);
  return {state: isElsewhere ? entered(cleared, tools) : cleared, effects};
}

function placeName({place}: WizardState): string {
  return place.at === 'page' ? `page ${place.page}` : place.at;
}

import type {PageId} from '../src/wizard/step.ts';
import type {Origin, Place, WizardEvent, WizardState} from '../src/wizard/wizard-state.ts';
import {reduceWizard} from '../src/wizard/wizard.ts';
import type {Secret} from '../src/base/secret.ts';
import type {AuthorityId, ClusterPlan} from '../src/pki/plan.ts';
import type {Findings} from './findings.ts';
import type {FoundDraft, FoundDrafts} from '../src/state/drafts.ts';
import type {DraftsView} from './drafts-overlay.ts';
import type {ActionId, Hint} from './keys.ts';
import type {Layout, Size} from './layout.ts';
import {layoutOf} from './layout.ts';
import type {ListState} from './parts/list-state.ts';
import type {TextFieldState} from './parts/text-field-state.ts';
import type {Tools} from './services.ts';
import type {Glyphs} from './theme.ts';
import type {BootstrapView} from './set-up/bootstrap-state.ts';
import type {FormView} from './set-up/form-state.ts';
import type {ImportView} from './set-up/import-overlay.ts';
import type {NodesSource} from '../src/wizard/found-nodes.ts';
import type {PreviewEffect} from './set-up/preview-effects.ts';
import type {RotateEffect} from './rotate/rotate-effects.ts';
import type {RotateState} from './rotate/rotate-state.ts';
import type {SignTable} from './help-lines.ts';
import type {LearnEffect, LearnState} from './learn/learn-state.ts';
import type {PreviewView} from './set-up/preview-state.ts';
import type {ProofView, Run} from './set-up/run-state.ts';

/** Everything that is on screen follows from this one value. */
export interface AppState {
  readonly wizard: WizardState;
  /** The issue that is going on, or the last one. */
  readonly run: Run | undefined;
  readonly rotate: RotateState;
  readonly learn: LearnState;
  readonly size: Size;
  /** What earlier runs have left. */
  readonly drafts: FoundDrafts;
  readonly overlay: Overlay;
  readonly views: Views;
  /** What was found out about this machine and its files meanwhile. */
  readonly findings: Findings;
  /** Whether the secret of this screen is drawn as it is; for ten seconds at most. */
  readonly isRevealed: boolean;
  /** Set while a run is being stopped in order to leave. */
  readonly isLeaving: boolean;
}

/** What lies over the screen. */
export type Overlay =
  | {readonly kind: 'none'}
  | DraftsView
  | ImportView
  | {readonly kind: 'help'; readonly top: number}
  | {readonly kind: 'save'; readonly field: TextFieldState; readonly failure: string | undefined}
  /** What is typed is a secret. */
  | {readonly kind: 'passphrase'; readonly authority: AuthorityId; readonly field: TextFieldState};

/** Cursors and windows: what a person would miss if it were lost on the way back, and no more. */
export interface Views {
  readonly home: ListState;
  readonly start: {
    readonly list: ListState;
    readonly path: TextFieldState;
    /** First visible line of what a file says and a plan cannot. */
    readonly top: number;
  };
  readonly forms: {readonly [Page in PageId]?: FormView};
  readonly preview: PreviewView | undefined;
  readonly target: TextFieldState;
  readonly proof: ProofView;
  readonly bootstrap: BootstrapView;
  /** First visible line of the last screen. */
  readonly done: number;
}

/** What the world is to do; the reducer only says so. */
export type Effect =
  | {readonly kind: 'leave'; readonly exitCode: 0 | 130}
  | {readonly kind: 'suspend'}
  | {readonly kind: 'read-origin'; readonly origin: Origin}
  | {readonly kind: 'read-nodes'; readonly source: NodesSource}
  | {readonly kind: 'stop-reading-nodes'}
  | {readonly kind: 'set-up'; readonly plan: ClusterPlan; readonly directory: string}
  | {readonly kind: 'stop-set-up'}
  /** Runs kubeadm, for the bundle in this folder. */
  | {readonly kind: 'create-token'; readonly directory: string}
  | {readonly kind: 'stop-token'}
  | {readonly kind: 'save-plan'; readonly plan: ClusterPlan; readonly path: string}
  | {readonly kind: 'preview'; readonly effect: PreviewEffect}
  | {readonly kind: 'rotate'; readonly effect: RotateEffect}
  | {readonly kind: 'learn'; readonly effect: LearnEffect}
  | {readonly kind: 'take-over-draft'; readonly draft: FoundDraft}
  | {readonly kind: 'throw-away-draft'; readonly draft: FoundDraft}
  | {readonly kind: 'give-passphrase'; readonly passphrase: Secret}
  /** In ten seconds the secret that a key has revealed is hidden again. */
  | {readonly kind: 'mask-later'};

export interface Turn {
  readonly state: AppState;
  readonly effects: readonly Effect[];
}

/** One screen: which keys live on it, and what they do. Pure; the component of the same name only paints. */
export interface Screen {
  /** The most useful first. */
  readonly hints: (state: AppState, tools: Tools) => readonly Hint[];
  /** What stands on it beside words; the help explains it. */
  readonly signs?: (state: AppState, tools: Tools, glyphs: Glyphs) => SignTable | undefined;
  /** Whether a text field has the focus. */
  readonly isTyping: (state: AppState, tools: Tools) => boolean;
  /** @param key which of the action's keys it was */
  readonly act: (state: AppState, action: ActionId, tools: Tools, key: string) => Turn;
  readonly type?: (state: AppState, text: string, tools: Tools) => Turn;
  readonly paste?: (state: AppState, text: string, tools: Tools) => Turn;
}

export function turn(state: AppState, ...effects: readonly Effect[]): Turn {
  return {state, effects};
}

/** Lets the wizard take an event. */
export function withWizard(state: AppState, event: WizardEvent, tools: Tools): AppState {
  const wizard = reduceWizard(state.wizard, event, tools);
  return wizard === state.wizard ? state : {...state, wizard};
}

export function withView<Name extends keyof Views>(state: AppState, name: Name, view: Views[Name]): AppState {
  return state.views[name] === view ? state : {...state, views: {...state.views, [name]: view}};
}

export function layoutAt(state: AppState): Layout {
  return layoutOf(state.size, hasRail(state.wizard.place));
}

export function hasRail(place: Place): boolean {
  return place.at !== 'home' && place.at !== 'learn';
}

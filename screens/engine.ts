/** One file, because every effect on the world reads and changes the one state that is held here and nowhere else. */

import {Cancelled, Failure} from '../src/base/failure.ts';
import type {SetUpEvent} from '../src/journeys/set-up-events.ts';
import type {Secret} from '../src/base/secret.ts';
import type {AuthorityId, ClusterPlan} from '../src/pki/plan.ts';
import type {WizardEvent, WizardState} from '../src/wizard/wizard-state.ts';
import type {NodesSource} from '../src/wizard/found-nodes.ts';
import type {AppEvent} from './app-state.ts';
import {appStart, reduceApp} from './app-state.ts';
import {createBackground} from './background.ts';
import type {FoundDraft, FoundDrafts} from '../src/state/drafts.ts';
import {said} from '../src/wizard/wizard-state.ts';
import type {KeyPress} from './key-press.ts';
import type {Size} from './layout.ts';
import type {AppState, Effect} from './screen.ts';
import type {IntoRoom} from './learn/learn-state.ts';
import {createLearnEffects} from './learn/learn-effects.ts';
import {createRotateEffects} from './rotate/rotate-effects.ts';
import {gather} from './gather.ts';
import {failureOf} from './run-failure.ts';
import {performBootstrap} from './set-up/bootstrap-effects.ts';
import {withOpenEdits} from './set-up/open-edits.ts';
import {toolsOf} from './remember.ts';
import type {PreviewEffect} from './set-up/preview-effects.ts';
import {performPreview} from './set-up/preview-effects.ts';
import {performReading, performSearch} from './set-up/read-effects.ts';
import type {Services, Tools} from './services.ts';

/** Longer than a page because whatever the screens do to the world, and what it leads to, stands in one place. */

/** How the screens ended: with an exit code, or with an error that is a bug. */
export type Ending =
  | {readonly kind: 'left'; readonly exitCode: 0 | 130}
  | {readonly kind: 'crashed'; readonly error: unknown};

/**
 * Holds the state, passes events to the reducer and does what it asks of the world. Outside of React, so that keys that
 * come faster than frames each see the state that the one before them left.
 */
export interface Engine {
  readonly state: () => AppState;
  readonly tools: Tools;
  /** @returns how to stop listening */
  readonly subscribe: (listener: () => void) => () => void;
  readonly press: (presses: readonly KeyPress[]) => void;
  readonly paste: (text: string) => void;
  readonly resize: (size: Size) => void;
  /** As if it had been chosen among the rooms of Learn. */
  readonly enterRoom: (into: IntoRoom) => void;
  /** Says how the terminal is handed back to the shell; until then Ctrl-Z does nothing. */
  readonly onSuspend: (suspend: () => void) => void;
  /** What Learn could not keep, a sentence each: to be said once more when the screens are gone. */
  readonly warnings: () => readonly string[];
  /** Settles when the screens are to be left, and never rejects. */
  readonly ending: Promise<Ending>;
  /** Ends what is running, without a further frame; resolves when it has cleared up. */
  readonly stop: () => Promise<void>;
}

/** A secret that a key has revealed is drawn for this long. */
const revealMilliseconds = 10_000;

/** @param found what earlier runs have left */
export function createEngine(services: Services, wizard: WizardState, size: Size, found?: FoundDrafts): Engine {
  const tools = toolsOf(services);
  let state = appStart(wizard, size, tools, found);
  const listeners = new Set<() => void>();
  const end = Promise.withResolvers<Ending>();
  let running: AbortController | undefined;
  let runEnds: Promise<void> = Promise.resolve();
  let asked: PromiseWithResolvers<Secret> | undefined;
  /** Nodes are being looked for. */
  let reading: AbortController | undefined;
  let suspend: () => void = () => undefined;
  let masking: NodeJS.Timeout | undefined;
  let trouble: string | undefined;
  const warnings = new Set<string>();
  const background = createBackground({
    services,
    tools,
    tell: (found) => dispatch({kind: 'found', found}),
    crashed: (error) => end.resolve({kind: 'crashed', error}),
  });
  const rotation = createRotateEffects({
    services: services.rotate,
    tell: (event) => dispatch({kind: 'rotate', event}),
    crashed: (error) => end.resolve({kind: 'crashed', error}),
  });
  const learning = createLearnEffects({
    services: services.learn,
    tell: (event) => dispatch({kind: 'learn', event}),
    warn: (sentence) => {
      if (warnings.has(sentence)) return;
      warnings.add(sentence);
      trouble = sentence;
      tellTrouble();
    },
    crashed: (error) => end.resolve({kind: 'crashed', error}),
  });
  services.drafts?.onTrouble((sentence) => {
    trouble = sentence;
    tellTrouble();
  });

  /** Takes all events, then paints once. */
  function dispatch(...events: readonly AppEvent[]): void {
    try {
      const before = state;
      const effects: Effect[] = [];
      for (const event of events) {
        const result = reduceApp(state, event, tools);
        state = result.state;
        effects.push(...result.effects);
      }
      if (state !== before) for (const listener of listeners) listener();
      for (const effect of effects) perform(effect);
      background.follow(state);
      if (state.wizard !== before.wizard || state.views.forms !== before.views.forms) keepDraft();
      tellTrouble();
    } catch (error) {
      end.resolve({kind: 'crashed', error});
    }
  }

  function keepDraft(): void {
    services.drafts?.keep(() => withOpenEdits(state, tools));
  }

  /** When nothing else is being said: what is said first has to be read. */
  function tellTrouble(): void {
    if (trouble === undefined || state.wizard.notice !== undefined) return;
    const notice = said('warn', trouble);
    trouble = undefined;
    dispatch({kind: 'wizard', event: {kind: 'noticed', notice}});
  }

  async function throwAway(draft: FoundDraft): Promise<void> {
    try {
      await services.drafts?.throwAway(draft);
      dispatch({kind: 'draft-thrown-away', draft});
    } catch (error) {
      if (error instanceof Failure) dispatch({kind: 'draft-not-thrown-away', message: error.message});
      else end.resolve({kind: 'crashed', error});
    }
  }

  function perform(effect: Effect): void {
    switch (effect.kind) {
      case 'leave':
        end.resolve({kind: 'left', exitCode: effect.exitCode});
        return;
      case 'suspend':
        suspend();
        return;
      case 'read-origin':
        void tell(performReading(services, effect.origin));
        return;
      case 'read-nodes':
        readNodes(effect.source);
        return;
      case 'stop-reading-nodes':
        reading?.abort();
        return;
      case 'set-up':
        runEnds = runSetUp(effect.plan, effect.directory);
        return;
      case 'stop-set-up':
      case 'stop-token':
        running?.abort();
        return;
      case 'create-token':
        runEnds = createToken(effect.directory);
        return;
      case 'give-passphrase':
        asked?.resolve(effect.passphrase);
        return;
      case 'save-plan':
        void savePlan(effect.plan, effect.path);
        return;
      case 'preview':
        void preview(effect.effect);
        return;
      case 'rotate':
        rotation.perform(effect.effect);
        return;
      case 'learn':
        learning.perform(effect.effect);
        return;
      case 'take-over-draft':
        services.drafts?.takeOver(effect.draft);
        return;
      case 'throw-away-draft':
        void throwAway(effect.draft);
        return;
      case 'mask-later':
        clearTimeout(masking);
        masking = setTimeout(() => dispatch({kind: 'reveal-ended'}), revealMilliseconds);
        return;
      default:
        effect satisfies never;
    }
  }

  /** What was read arrives as an event. */
  async function tell(read: Promise<AppEvent | undefined>): Promise<void> {
    try {
      const event = await read;
      if (event !== undefined) dispatch(event);
    } catch (error) {
      end.resolve({kind: 'crashed', error});
    }
  }

  function readNodes(source: NodesSource): void {
    reading?.abort();
    reading = new AbortController();
    void tell(performSearch(services, source, reading.signal));
  }

  async function runSetUp(plan: ClusterPlan, directory: string): Promise<void> {
    const controller = new AbortController();
    running = controller;
    const {take, flush, stop} = gather<SetUpEvent>((events) => dispatch({kind: 'progressed', events}));
    let event: WizardEvent;
    try {
      const askPassphrase = (authority: AuthorityId): Promise<Secret> => ask(authority, controller.signal);
      const told = services.setUp(plan, {directory, signal: controller.signal, askPassphrase});
      for await (const one of told) take(one);
      event = {kind: 'issue-finished'};
    } catch (error) {
      if (error instanceof Cancelled) event = {kind: 'issue-stopped'};
      else if (error instanceof Failure) event = {kind: 'issue-failed', failure: failureOf(error)};
      else {
        end.resolve({kind: 'crashed', error});
        return;
      }
    } finally {
      stop();
      running = undefined;
    }
    flush();
    dispatch({kind: 'run-ended', event});
  }

  async function createToken(directory: string): Promise<void> {
    running = new AbortController();
    try {
      await performBootstrap(directory, services, running.signal, (event) => dispatch({kind: 'bootstrap', event}));
    } catch (error) {
      end.resolve({kind: 'crashed', error});
    } finally {
      running = undefined;
    }
  }

  /** Waits until the passphrase is typed; a run that is stopped waits no longer. */
  async function ask(authority: AuthorityId, signal: AbortSignal): Promise<Secret> {
    const answer = Promise.withResolvers<Secret>();
    asked = answer;
    const giveUp = (): void => answer.reject(new Cancelled());
    signal.addEventListener('abort', giveUp, {once: true});
    if (signal.aborted) giveUp();
    dispatch({kind: 'passphrase-asked', authority});
    try {
      return await answer.promise;
    } finally {
      signal.removeEventListener('abort', giveUp);
      asked = undefined;
    }
  }

  async function preview(effect: PreviewEffect): Promise<void> {
    try {
      dispatch({kind: 'preview', event: await performPreview(effect, services)});
    } catch (error) {
      end.resolve({kind: 'crashed', error});
    }
  }

  async function savePlan(plan: ClusterPlan, path: string): Promise<void> {
    try {
      await services.savePlan(plan, path);
      dispatch({kind: 'plan-saved', path});
    } catch (error) {
      if (error instanceof Failure) dispatch({kind: 'plan-not-saved', message: error.message});
      else end.resolve({kind: 'crashed', error});
    }
  }

  background.follow(state);

  return {
    state: () => state,
    tools,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    press: (presses) => dispatch(...presses.map((press): AppEvent => ({kind: 'pressed', press}))),
    paste: (text) => dispatch({kind: 'pasted', text}),
    resize: (resized) => {
      if (resized.columns !== state.size.columns || resized.rows !== state.size.rows)
        dispatch({kind: 'resized', size: resized});
    },
    enterRoom: (into) => dispatch({kind: 'room-chosen', into}),
    onSuspend: (given) => {
      suspend = given;
    },
    warnings: () => [...warnings],
    ending: end.promise,
    stop: async () => {
      listeners.clear();
      background.stop();
      clearTimeout(masking);
      running?.abort();
      reading?.abort();
      await Promise.all([runEnds, rotation.stop(), learning.stop()]);
    },
  };
}

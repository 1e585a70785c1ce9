import type {ReadStream, WriteStream} from 'node:tty';
import {render} from 'ink';
import {Cancelled} from '../src/base/failure.ts';
import type {ClusterPlan} from '../src/pki/plan.ts';
import type {Origin, OriginAnswers, WizardState} from '../src/wizard/wizard-state.ts';
import {said, wizardStart} from '../src/wizard/wizard-state.ts';
import type {FoundDrafts} from '../src/state/drafts.ts';
import {reduceWizard, startedFrom} from '../src/wizard/wizard.ts';
import {App} from './app.tsx';
import type {Ending} from './engine.ts';
import {createEngine} from './engine.ts';
import type {Size} from './layout.ts';
import type {Services} from './services.ts';
import type {IntoRoom} from './learn/learn-state.ts';
import {summaryOf} from './summary.ts';
import {makeTheme} from './theme.ts';

/** Where the wizard begins. */
export type Beginning =
  | {readonly kind: 'home'}
  /** `setup`: at the choice of what to start from. */
  | {readonly kind: 'set-up'}
  /** `learn`: where its rooms are chosen, or in one of them. */
  | {readonly kind: 'learn'; readonly into?: IntoRoom}
  /** `setup --preset`, `setup --plan`: past that choice. */
  | {readonly kind: 'plan'; readonly origin: Origin; readonly plan: ClusterPlan; readonly given?: OriginAnswers};

export interface WizardOptions {
  readonly services: Services;
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly ascii: boolean;
  readonly color: boolean;
  /** Spinners turn; default true. */
  readonly motion?: boolean;
  readonly beginning?: Beginning;
  /** Aborted by a signal: what is running is stopped, the terminal restored, and `Cancelled` thrown. */
  readonly signal?: AbortSignal;
}

export interface WizardOutcome {
  readonly exitCode: 0 | 130;
  /** For the normal screen, once the alternate one is gone; ends with a newline, or is empty. */
  readonly summary: string;
  /** For standard error after it: what could not be kept, a sentence each. */
  readonly warnings: readonly string[];
}

/**
 * The full screen. Both streams are terminals, which the caller has made sure of. The promise settles when the terminal
 * is as it was before, also when it rejects: with `Cancelled` after `signal`, or with the error of a bug.
 */
export async function startWizard(options: WizardOptions): Promise<WizardOutcome> {
  const {services, stdin, stdout, signal} = options;
  const theme = makeTheme({ascii: options.ascii, color: options.color, motion: options.motion ?? true});
  // Ink would do so with its first frame; until then keys that come early would be echoed onto it.
  stdin.setRawMode(true);
  const found = await services.drafts?.list();
  const engine = createEngine(
    services,
    begin(options.beginning ?? {kind: 'home'}, services, found),
    sizeOf(stdout),
    found,
  );
  if (options.beginning?.kind === 'learn' && options.beginning.into !== undefined)
    engine.enterRoom(options.beginning.into);
  // The other screen begins where the cursor is, and the frame has to begin at the left edge.
  stdout.write('\r');
  const app = <App engine={engine} theme={theme} suspend={stopUntilContinued} />;
  const instance = render(app, {
    stdin,
    stdout,
    exitOnCtrlC: false,
    alternateScreen: true,
    incrementalRendering: true,
    // Ink's own answer would be "no" wherever CI is in the environment, even if it is empty.
    interactive: true,
    maxFps: 60,
    // Ink's own way of speaking repaints everything with each key: who listens instead of looking is asked line by line.
    isScreenReaderEnabled: false,
  });
  // Before Ink answers a size by painting the present tree, which is still laid out for the size before: to rerender is
  // what makes React take the state at once, and not after the listeners.
  const follow = (): void => {
    engine.resize(sizeOf(stdout));
    instance.rerender(app);
  };
  stdout.prependListener('resize', follow);
  const stopWatching = watchWindow(() => {
    // In one piece, or the blank screen between could be seen.
    stdout.cork();
    instance.clear();
    instance.rerender(app);
    stdout.uncork();
  });
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(new Cancelled());
  signal?.addEventListener('abort', abort, {once: true});
  if (signal?.aborted === true) abort();
  let ending: Ending;
  let draft: string | undefined;
  try {
    const exit = instance.waitUntilExit();
    ending = await Promise.race([engine.ending, aborted.promise, crashOf(exit)]);
    if (ending.kind === 'crashed') throw ending.error;
  } finally {
    signal?.removeEventListener('abort', abort);
    stopWatching();
    stdout.off('resize', follow);
    const stopped = engine.stop();
    instance.unmount();
    await instance.waitUntilExit().catch(() => undefined);
    stdin.setRawMode(false);
    await stopped;
    draft = await services.drafts?.close();
  }
  return {
    exitCode: ending.exitCode,
    summary: summaryOf(engine.state(), services, sizeOf(stdout).columns, draft, theme.glyphs),
    warnings: engine.warnings(),
  };
}

/** A pty that nobody has given a size says 0 by 0 until it gets one. */
function sizeOf({columns, rows}: WriteStream): Size {
  return columns > 0 && rows > 0 ? {columns, rows} : {columns: 80, rows: 24};
}

/** After the last of many changes of the window. */
const settledMilliseconds = 50;

/**
 * Sizes that follow each other fast are not all seen, and a window that was smaller for a moment has lost what was cut
 * off, while Ink writes only lines that differ from its last frame; at the same size as before it writes nothing. So
 * once the window has come to rest, everything is painted anew.
 *
 * @returns how to stop watching
 */
function watchWindow(repaint: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(repaint, settledMilliseconds);
  };
  process.on('SIGWINCH', changed);
  return () => {
    clearTimeout(timer);
    process.off('SIGWINCH', changed);
  };
}

/** Where nobody can continue it, the system does not stop it either: then it goes on by itself. */
const notStoppedMilliseconds = 300;

/** Ctrl-Z, as the shell does it where the terminal is not raw. */
async function stopUntilContinued(): Promise<void> {
  const continued = Promise.withResolvers<void>();
  process.once('SIGCONT', continued.resolve);
  process.kill(process.pid, 'SIGTSTP');
  const timer = setTimeout(continued.resolve, notStoppedMilliseconds);
  await continued.promise;
  clearTimeout(timer);
  process.off('SIGCONT', continued.resolve);
}

/** Ink ends only when we unmount it, or when a component has thrown. */
async function crashOf(exit: Promise<unknown>): Promise<{readonly kind: 'crashed'; readonly error: unknown}> {
  try {
    await exit;
    return {kind: 'crashed', error: new Error('the screen ended by itself')};
  } catch (error) {
    return {kind: 'crashed', error};
  }
}

function begin(beginning: Beginning, services: Services, found: FoundDrafts | undefined): WizardState {
  switch (beginning.kind) {
    case 'home':
      return wizardStart;
    case 'set-up':
      return reduceWizard(wizardStart, {kind: 'set-up-chosen'}, services);
    case 'learn':
      return reduceWizard(wizardStart, {kind: 'learn-chosen'}, services);
    case 'plan': {
      const started = startedFrom(beginning.origin, beginning.plan, services, beginning.given);
      const [draft] = found?.drafts ?? [];
      if (draft === undefined || started.notice !== undefined) return started;
      const text = `There is a draft of ${draft.title}: certwright alone offers to go on with it.`;
      return {...started, notice: said('plain', text)};
    }
    default:
      return beginning satisfies never;
  }
}

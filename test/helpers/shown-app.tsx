import {stripVTControlCharacters} from 'node:util';
import {render} from 'ink-testing-library';
import {App} from '../../screens/app.tsx';
import type {Engine} from '../../screens/engine.ts';
import {createEngine} from '../../screens/engine.ts';
import type {Size} from '../../screens/layout.ts';
import {widthOf} from '../../screens/parts/text.ts';
import type {Services} from '../../screens/services.ts';
import {makeTheme} from '../../screens/theme.ts';
import type {FoundDrafts} from '../../src/state/drafts.ts';
import type {WizardState} from '../../src/wizard/wizard-state.ts';
import {wizardStart} from '../../src/wizard/wizard-state.ts';

export const small: Size = {columns: 80, rows: 24};
const large: Size = {columns: 120, rows: 40};
export const sizes = [
  ['80x24', small],
  ['120x40', large],
] as const;

/** Keys by the names of the key table → what a terminal sends for them. */
const sent: Readonly<Record<string, string>> = {
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  home: '\u001b[H',
  end: '\u001b[F',
  pageup: '\u001b[5~',
  pagedown: '\u001b[6~',
  delete: '\u001b[3~',
  enter: '\r',
  tab: '\t',
  'shift-tab': '\u001b[Z',
  esc: '\u001b',
  space: ' ',
  backspace: '\u007f',
};

/** The screens, rendered by Ink into a terminal of a given size. */
export interface ShownApp {
  readonly engine: Engine;
  /** The screen as it is, without colours; lines have no trailing spaces. */
  readonly frame: () => string;
  /** Every screen that there was, the first one first. */
  readonly frames: () => readonly string[];
  /** Each key by its name, one write each, as a person types. Waits until the screen has taken them. */
  readonly press: (...keys: readonly string[]) => Promise<void>;
  /** Text in one write, as a fast connection delivers it. */
  readonly type: (text: string) => Promise<void>;
  readonly paste: (text: string) => Promise<void>;
  readonly resize: (size: Size) => Promise<void>;
  /** Resolves with the first frame that has the text, or that the predicate likes; fails with the last frame. */
  readonly waitFor: (wanted: string | RegExp | ((frame: string) => boolean)) => Promise<string>;
  /** Every byte that was written since the start. */
  readonly written: () => string;
  readonly close: () => void;
}

export interface ShowOptions {
  readonly services: Services;
  readonly size?: Size;
  readonly wizard?: WizardState;
  readonly ascii?: boolean;
  /** Default true. */
  readonly color?: boolean;
  /** What earlier runs have left. */
  readonly drafts?: FoundDrafts;
}

const patienceMilliseconds = 10_000;

/** Ink keeps a lone Esc back for 20 ms, lest it be the start of a longer key; its timer was set before ours. */
const escapeMilliseconds = 25;

export async function showApp({
  services,
  size = small,
  wizard = wizardStart,
  ascii = false,
  color = true,
  drafts,
}: ShowOptions): Promise<ShownApp> {
  const engine = createEngine(services, wizard, size, drafts);
  const theme = makeTheme({ascii, color, motion: false});
  const shown = render(<App engine={engine} theme={theme} />);
  const {stdin, stdout} = shown;
  const watchers = new Set<() => void>();
  const {write} = stdout;
  stdout.write = (frame: string) => {
    write(frame);
    for (const watcher of watchers) watcher();
  };

  const frame = (): string => plain(shown.lastFrame() ?? '');

  /** Watches frames instead of sleeping; the timer only ends what would never come. */
  const until = async (isReached: () => boolean, what: () => string): Promise<void> => {
    if (isReached()) return;
    const reached = Promise.withResolvers<void>();
    const watcher = (): void => {
      if (isReached()) reached.resolve();
    };
    watchers.add(watcher);
    const stop = engine.subscribe(watcher);
    const timer = setTimeout(
      () => reached.reject(new Error(`never shown: ${what()}\n${frame()}`)),
      patienceMilliseconds,
    );
    try {
      watcher();
      await reached.promise;
    } finally {
      clearTimeout(timer);
      watchers.delete(watcher);
      stop();
    }
  };

  const send = async (bytes: string): Promise<void> => {
    stdin.write(bytes);
    if (bytes === sent['esc']) await new Promise((resolve) => setTimeout(resolve, escapeMilliseconds));
    await new Promise(setImmediate);
  };

  const resize = async (next: Size): Promise<void> => {
    Object.defineProperty(stdout, 'columns', {value: next.columns, configurable: true});
    Object.defineProperty(stdout, 'rows', {value: next.rows, configurable: true});
    engine.resize(next);
    await new Promise(setImmediate);
  };

  await resize(size);
  while (stdin.listenerCount('readable') === 0) await new Promise(setImmediate);

  return {
    engine,
    frame,
    frames: () => shown.frames.map(plain),
    press: async (...keys) => {
      for (const key of keys) {
        const control = /^ctrl-([a-z])$/.exec(key)?.[1];
        await send(sent[key] ?? (control === undefined ? key : String.fromCodePoint(control.charCodeAt(0) - 96)));
      }
    },
    type: send,
    paste: (text) => send(`\u001b[200~${text}\u001b[201~`),
    resize,
    waitFor: async (wanted) => {
      const isThere = (): boolean => {
        const now = frame();
        if (typeof wanted === 'function') return wanted(now);
        return typeof wanted === 'string' ? now.includes(wanted) : wanted.test(now);
      };
      await until(isThere, () => (typeof wanted === 'function' ? 'what was waited for' : String(wanted)));
      return frame();
    },
    written: () => shown.frames.join(''),
    close: () => {
      void engine.stop();
      shown.unmount();
      shown.cleanup();
    },
  };
}

function plain(frame: string): string {
  return stripVTControlCharacters(frame)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** What is wrong with the shape of a frame: it must be as tall as the terminal, and no line wider. */
export function shapeFaults(frame: string, size: Size): readonly string[] {
  const lines = frame.split('\n');
  const tooWide = lines.filter((line) => widthOf(line) > size.columns).map((line) => `too wide: ${line}`);
  return lines.length === size.rows ? tooWide : [`${lines.length} lines for ${size.rows} rows`, ...tooWide];
}

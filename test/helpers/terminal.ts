import {tmpdir} from 'node:os';
import {setTimeout as wait} from 'node:timers/promises';
import {spawn, type IPty} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {onTestFinished} from 'vitest';

export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A real pty with a terminal emulator behind it: what a person would see, and what is there once the program is gone. */
export class Terminal {
  readonly #screen: InstanceType<typeof xterm.Terminal>;
  readonly #pty: IPty;
  /** How the program ended. */
  readonly ended: Promise<{readonly exitCode: number; readonly signal: number}>;
  #hasEnded = false;
  #bytes = '';
  #written: Promise<void> = Promise.resolve();

  constructor(program: string, words: readonly string[], options: TerminalOptions = {}) {
    const {columns = 80, rows = 24, cwd = tmpdir(), environment = {}} = options;
    this.#screen = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 1000});
    this.#pty = spawn(program, [...words], {
      cols: columns,
      rows,
      cwd,
      // The pty makes it TERM.
      name: environment.TERM ?? 'xterm-256color',
      env: {PATH: process.env.PATH, HOME: tmpdir(), LANG: 'C.UTF-8', ...environment},
    });
    this.#pty.onData((data) => {
      this.#bytes += data;
      this.#written = new Promise((resolve) => this.#screen.write(data, resolve));
    });
    // The emulator answers what a program asks of its terminal.
    this.#screen.onData((answer) => this.#pty.write(answer));
    this.ended = new Promise((resolve) => {
      this.#pty.onExit(({exitCode, signal}) => {
        this.#hasEnded = true;
        void this.#written.then(() => resolve({exitCode, signal: signal ?? 0}));
      });
    });
    onTestFinished(() => {
      if (!this.#hasEnded) this.#pty.kill('SIGKILL');
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** Whatever was sent to the terminal. */
  get bytes(): string {
    return this.#bytes;
  }

  /** Lines of the screen as it stands, without trailing space. */
  get lines(): string[] {
    const {active} = this.#screen.buffer;
    return Array.from(
      {length: this.#screen.rows},
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
    );
  }

  get text(): string {
    return this.lines.join('\n').trimEnd();
  }

  get isAlternate(): boolean {
    return this.#screen.buffer.active.type === 'alternate';
  }

  /** Where the cursor stands, from 0. */
  get cursor(): {readonly x: number; readonly y: number} {
    const {cursorX: x, cursorY: y} = this.#screen.buffer.active;
    return {x, y};
  }

  get showsCursor(): boolean {
    return this.#bytes.lastIndexOf('\u001B[?25h') >= this.#bytes.lastIndexOf('\u001B[?25l');
  }

  /** Keys in the order given, each as a write of its own. */
  press(...keys: readonly string[]): void {
    for (const key of keys) this.#pty.write(key);
  }

  resize(columns: number, rows: number): void {
    this.#screen.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  /** Until the screen shows this. */
  async shows(wanted: string): Promise<void> {
    await this.#until(() => this.text.includes(wanted), `it does not show ${JSON.stringify(wanted)}`);
  }

  /** Ends at once when the program has; the limit is only there so that a test ends that would not. */
  async #until(isThere: () => boolean, otherwise: string): Promise<void> {
    const end = performance.now() + 60_000;
    for (;;) {
      const wasOver = this.#hasEnded;
      await this.#written;
      if (isThere()) return;
      if (wasOver || performance.now() > end) {
        throw new Error(`${otherwise}${wasOver ? '; the program has ended' : ''}:\n${this.text}`);
      }
      await wait(15);
    }
  }
}

/**
 * Presses a key once for each of these, and waits for it before the next. What is waited for is new on the screen: a
 * screen also changes by itself, so a press that only waits for any change may run ahead of what it leads to.
 */
export async function pressThrough(terminal: Terminal, key: string, wanted: readonly string[]): Promise<void> {
  for (const next of wanted) {
    if (terminal.text.includes(next))
      throw new Error(`${JSON.stringify(next)} is there before the key:\n${terminal.text}`);
    terminal.press(key);
    await terminal.shows(next);
  }
}

export const keys = {
  enter: '\r',
  escape: '\u001B',
  tab: '\t',
  shiftTab: '\u001B[Z',
  up: '\u001B[A',
  down: '\u001B[B',
  right: '\u001B[C',
  left: '\u001B[D',
  ctrlC: '\u0003',
} as const;

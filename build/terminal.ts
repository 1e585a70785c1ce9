import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {spawn, type IPty} from '@lydell/node-pty';
import xterm from '@xterm/headless';

export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** How one key press was answered. */
export interface Answer {
  /** From the key to the last byte. */
  readonly milliseconds: number;
  /** From the key to the first byte. */
  readonly first: number;
  readonly bytes: number;
}

/** A cell of the screen, as far as this program paints them: no background, no underline. */
export interface Cell {
  /** `' '` where nothing is; `''` behind a wide character. */
  readonly text: string;
  /** Of the terminal's sixteen; undefined = the usual one. */
  readonly colour: number | undefined;
  readonly isBold: boolean;
  readonly isDim: boolean;
}

/** Longer than a program that paints at 60 frames a second is silent within one answer. */
const quietMilliseconds = 90;
/** A key that leads to nothing is answered with nothing. */
const patienceMilliseconds = 5000;

/**
 * A real pty with a terminal emulator behind it: what a person would see, and what is there once the program is gone.
 * Tests, pictures and measurements all look at the program through it.
 */
export class PtyTerminal {
  protected readonly screen: InstanceType<typeof xterm.Terminal>;
  readonly #pty: IPty;
  /** How the program ended. */
  readonly ended: Promise<{readonly exitCode: number; readonly signal: number}>;
  #hasEnded = false;
  #bytes = '';
  #written: Promise<void> = Promise.resolve();
  #lastByte = 0;

  constructor(program: string, words: readonly string[], options: TerminalOptions = {}) {
    const {columns = 80, rows = 24, cwd = tmpdir(), environment = {}} = options;
    // What one program leaves for the next is not for another test.
    const state = mkdtempSync(join(tmpdir(), 'certwright-state-'));
    this.screen = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 1000});
    this.#pty = spawn(program, [...words], {
      cols: columns,
      rows,
      cwd,
      // The pty makes it TERM.
      name: environment.TERM ?? 'xterm-256color',
      env: {PATH: process.env.PATH, HOME: tmpdir(), LANG: 'C.UTF-8', XDG_STATE_HOME: state, ...environment},
    });
    this.#pty.onData((data) => {
      this.#lastByte = performance.now();
      this.#bytes += data;
      this.#written = new Promise((resolve) => this.screen.write(data, resolve));
    });
    // The emulator answers what a program asks of its terminal.
    this.screen.onData((answer) => this.#pty.write(answer));
    this.ended = new Promise((resolve) => {
      this.#pty.onExit(({exitCode, signal}) => {
        this.#hasEnded = true;
        rmSync(state, {recursive: true, force: true});
        void this.#written.then(() => resolve({exitCode, signal: signal ?? 0}));
      });
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
    const {active} = this.screen.buffer;
    return Array.from(
      {length: this.screen.rows},
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
    );
  }

  get text(): string {
    return this.lines.join('\n').trimEnd();
  }

  /** The screen as it stands, every cell of it. */
  get cells(): readonly (readonly Cell[])[] {
    const {active} = this.screen.buffer;
    return Array.from({length: this.screen.rows}, (_, row) => {
      const line = active.getLine(active.baseY + row);
      return Array.from({length: this.screen.cols}, (_none, column): Cell => {
        const cell = line?.getCell(column);
        return {
          text: cell === undefined || (cell.getChars() === '' && cell.getWidth() > 0) ? ' ' : cell.getChars(),
          colour: cell?.isFgPalette() === true ? cell.getFgColor() : undefined,
          isBold: (cell?.isBold() ?? 0) !== 0,
          isDim: (cell?.isDim() ?? 0) !== 0,
        };
      });
    });
  }

  get isAlternate(): boolean {
    return this.screen.buffer.active.type === 'alternate';
  }

  /** Where the cursor stands, from 0. */
  get cursor(): {readonly x: number; readonly y: number} {
    const {cursorX: x, cursorY: y} = this.screen.buffer.active;
    return {x, y};
  }

  get showsCursor(): boolean {
    return this.#bytes.lastIndexOf('\u001B[?25h') >= this.#bytes.lastIndexOf('\u001B[?25l');
  }

  /** Keys in the order given, each as a write of its own. */
  press(...pressed: readonly string[]): void {
    for (const key of pressed) this.#pty.write(key);
  }

  /** Presses a key and waits until the program has said all that it says to it; undefined = it said nothing. */
  async answer(key: string): Promise<Answer | undefined> {
    const before = this.#bytes.length;
    const pressed = performance.now();
    this.#lastByte = pressed;
    let first = Number.NaN;
    this.#pty.write(key);
    for (;;) {
      await wait(1);
      const now = performance.now();
      const isAnswered = this.#bytes.length > before;
      if (isAnswered && Number.isNaN(first)) first = this.#lastByte - pressed;
      if (isAnswered && now - this.#lastByte > quietMilliseconds) break;
      if (now - pressed > patienceMilliseconds) return undefined;
    }
    const bytes = Buffer.byteLength(this.#bytes.slice(before));
    return {milliseconds: this.#lastByte - pressed, first, bytes};
  }

  resize(columns: number, rows: number): void {
    this.screen.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  /** Its window is closed: the pty goes away from under the program. */
  close(): void {
    if (!canBeClosed(this.#pty)) throw new Error('this pty cannot be closed');
    this.#pty.destroy();
  }

  /** Nothing of it is left, however it is. */
  kill(): void {
    if (!this.#hasEnded) this.#pty.kill('SIGKILL');
  }

  /** Until the screen shows this. */
  async shows(wanted: string): Promise<void> {
    await this.#until(() => this.text.includes(wanted), `it does not show ${JSON.stringify(wanted)}`);
  }

  /** Until the screen is another than this. */
  async changes(from: readonly string[]): Promise<void> {
    await this.#until(() => this.lines.join('\n') !== from.join('\n'), 'it stays as it is');
  }

  /** Until this is the last on the screen: a prompt that waits. */
  async endsWith(wanted: string): Promise<void> {
    await this.#until(() => this.text.endsWith(wanted), `it does not end with ${JSON.stringify(wanted)}`);
  }

  /** Whether no frame is half drawn: the program tells where each begins and ends (synchronised output, DEC mode 2026). */
  get #isWhole(): boolean {
    return this.#bytes.lastIndexOf('\u001B[?2026l') >= this.#bytes.lastIndexOf('\u001B[?2026h');
  }

  /** Ends at once when the program has; the limit is only there so that a wait ends that would not. */
  async #until(isThere: () => boolean, otherwise: string): Promise<void> {
    const end = performance.now() + 60_000;
    for (;;) {
      const wasOver = this.#hasEnded;
      await this.#written;
      if ((wasOver || this.#isWhole) && isThere()) return;
      if (wasOver || performance.now() > end) {
        throw new Error(`${otherwise}${wasOver ? '; the program has ended' : ''}:\n${this.text}`);
      }
      await wait(15);
    }
  }
}

/** Its types do not tell of it. */
function canBeClosed(pty: IPty): pty is IPty & {readonly destroy: () => void} {
  return 'destroy' in pty && typeof pty.destroy === 'function';
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
  pageUp: '\u001B[5~',
  pageDown: '\u001B[6~',
  ctrlC: '\u0003',
} as const;

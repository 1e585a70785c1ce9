import {createInterface, type Interface} from 'node:readline';
import {stripVTControlCharacters} from 'node:util';
import {Cancelled} from '../base/failure.ts';
import type {Input, Output} from './ask.ts';

/** Lines that come this soon after each other, in milliseconds, were pasted and not typed. */
const pasteGap = 40;

/**
 * Standard input as lines. Those that arrive before anybody asks for them wait: a paste of many lines loses none.
 *
 * @throws Cancelled, from every waiting method: after Ctrl-C, a signal, or the end of the input
 */
export class LineReader {
  readonly #input: Input;
  /** Where the line is edited while it is typed; undefined = the terminal itself echoes it, and nothing is repainted. */
  readonly #editedOn: Output | undefined;
  readonly #signal: AbortSignal;
  readonly #lines: string[] = [];
  #interface: Interface | undefined;
  #wake: (() => void) | undefined;
  #end: 'input-ended' | 'interrupted' | undefined;

  constructor(input: Input, signal: AbortSignal, editedOn?: Output) {
    this.#input = input;
    this.#editedOn = editedOn;
    this.#signal = signal;
    this.#open();
  }

  /** Shows what is asked for; with an edited line it stays in front of it. */
  prompt(text: string): void {
    this.#interface?.setPrompt(text);
    this.#interface?.prompt();
  }

  /** The next line, without its end. */
  async next(): Promise<string> {
    for (;;) {
      if (this.#signal.aborted) throw cancelledBy(this.#signal);
      const line = this.#lines.shift();
      if (line !== undefined) return line;
      if (this.#end === 'interrupted') throw new Cancelled();
      if (this.#end === 'input-ended') throw inputEnded();
      await this.#arrival();
    }
  }

  /** The next line, and those that were pasted with it. */
  async pasted(): Promise<string[]> {
    const lines = [await this.next()];
    while (this.#lines.length > 0 || (await this.#moreComes())) lines.push(...this.#lines.splice(0));
    return lines;
  }

  /**
   * A line that nobody sees. The input must be a terminal.
   *
   * @param ask shows what is asked for, once nothing is echoed any more
   */
  async hidden(ask: () => void): Promise<string> {
    const {setRawMode} = this.#input;
    if (setRawMode === undefined) throw new Error('only a terminal can be read without its echo');
    const raw = (isRaw: boolean): unknown => setRawMode.call(this.#input, isRaw);
    this.close();
    raw(true);
    try {
      ask();
      return await readHidden(this.#input, this.#signal);
    } finally {
      raw(false);
      this.#open();
    }
  }

  close(): void {
    const open = this.#interface;
    this.#interface = undefined;
    open?.close();
  }

  #open(): void {
    if (this.#input.readableEnded || this.#input.destroyed) {
      this.#end = 'input-ended';
      return;
    }
    const opened = createInterface({
      input: this.#input,
      terminal: this.#editedOn !== undefined,
      historySize: 0,
      crlfDelay: Infinity,
      ...(this.#editedOn === undefined ? {} : {output: this.#editedOn}),
    });
    this.#interface = opened;
    opened.on('line', (line) => this.#take(() => this.#lines.push(line)));
    opened.on('SIGINT', () => this.#take(() => (this.#end = 'interrupted')));
    opened.on('close', () => {
      if (this.#interface === opened) this.#take(() => (this.#end ??= 'input-ended'));
    });
  }

  #take(change: () => void): void {
    change();
    this.#wake?.();
  }

  /** Until something arrives, or for so many milliseconds. */
  async #arrival(atMost?: number): Promise<void> {
    const {promise, resolve} = Promise.withResolvers<void>();
    const timer = atMost === undefined ? undefined : setTimeout(resolve, atMost);
    this.#wake = resolve;
    const stop = (): void => resolve();
    this.#signal.addEventListener('abort', stop);
    await promise;
    this.#signal.removeEventListener('abort', stop);
    clearTimeout(timer);
  }

  async #moreComes(): Promise<boolean> {
    if (this.#end === undefined && !this.#signal.aborted) await this.#arrival(pasteGap);
    return this.#lines.length > 0;
  }
}

/** A signal's reason, as what the program ends with. */
export function cancelledBy({reason}: AbortSignal): Error {
  return reason instanceof Error && reason.name !== 'AbortError' ? reason : new Cancelled();
}

export function inputEnded(): Cancelled {
  return new Cancelled('the input ended before everything was answered');
}

/** Reads from a terminal in raw mode, where every key is ours: Ctrl-C and Backspace too. */
async function readHidden(input: Input, signal: AbortSignal): Promise<string> {
  const {promise, resolve, reject} = Promise.withResolvers<string>();
  const decoder = new TextDecoder();
  let typed: string[] = [];
  const take = (chunk: Buffer | string): void => {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, {stream: true});
    for (const letter of stripVTControlCharacters(text)) {
      if (letter === '\r' || letter === '\n') return resolve(typed.join(''));
      if (letter === '\u0003') return reject(new Cancelled());
      if (letter === '\u0004' && typed.length === 0) return reject(inputEnded());
      if (letter === '\u007f' || letter === '\b') typed = typed.slice(0, -1);
      else if (letter === '\u0015') typed = [];
      else if (letter >= ' ') typed.push(letter);
    }
  };
  const stop = (): void => reject(cancelledBy(signal));
  const end = (): void => reject(inputEnded());
  if (signal.aborted) stop();
  input.on('data', take).on('end', end);
  signal.addEventListener('abort', stop);
  input.resume();
  try {
    return await promise;
  } finally {
    input.off('data', take).off('end', end).pause();
    signal.removeEventListener('abort', stop);
  }
}

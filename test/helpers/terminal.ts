import {onTestFinished} from 'vitest';
import {PtyTerminal, type TerminalOptions} from '../../build/terminal.ts';

export {keys, type TerminalOptions} from '../../build/terminal.ts';

/** A terminal that is gone when its test is. */
export class Terminal extends PtyTerminal {
  constructor(program: string, words: readonly string[], options: TerminalOptions = {}) {
    super(program, words, options);
    onTestFinished(() => this.kill());
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

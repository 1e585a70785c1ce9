import type {ReadStream, WriteStream} from 'node:tty';
import {mayBeKey, siftReport} from './cursor-report.ts';

/**
 * Box drawing, arrows and checks are "ambiguous" in Unicode: terminals set up for Chinese, Japanese or Korean may draw
 * them two cells wide, and then no column of a screen would be where it was computed to be. Only the terminal knows.
 */

/** One of them at the left edge, a question for the cursor's position, and the line empty again: nothing is left to see. */
const question = '\r─\u001B[6n\r\u001B[K';
/** Where the cursor stands behind a character of two cells. */
const wideColumn = 3;
/** A terminal here answers in a few; one that does not answer must not keep anybody waiting. */
const patienceMilliseconds = 200;
/** As long as that a part of an answer may be on its way before it is taken for the key Esc. */
const keyMilliseconds = 50;

export interface Patience {
  /** Milliseconds to wait for an answer. */
  readonly answer: number;
  /** Milliseconds that what may be Esc, or may begin an answer, is kept back. */
  readonly key: number;
}

/**
 * Asks a terminal how wide it draws such a character, and puts it into raw mode for that. Whatever else it sends (keys
 * typed early, pastes) stays in `stdin`, in its order, for whoever reads it later; an answer that is late is taken out
 * all the same, whenever it comes.
 *
 * @returns what to call when the glyphs are needed: whether they are wide. Waits no longer than the patience, counted from
 * the question; without an answer they are not.
 */
export function askGlyphWidth(
  stdin: ReadStream,
  stdout: WriteStream,
  patience: Patience = {answer: patienceMilliseconds, key: keyMilliseconds},
): () => Promise<boolean> {
  const answered = Promise.withResolvers<void>();
  let column: number | undefined;
  takeReport(stdin, patience.key, (told) => {
    column = told;
    answered.resolve();
  });
  // Otherwise the answer would be echoed.
  stdin.setRawMode(true);
  // Makes it read though nobody listens yet: what comes is kept.
  stdin.read(0);
  stdout.write(question);
  const over = Promise.withResolvers<void>();
  // While modules were loaded an answer may have come and not been read: one look at what is there comes before the end.
  const timer = setTimeout(() => setImmediate(over.resolve), patience.answer);
  void answered.promise.then(() => clearTimeout(timer));
  return async () => {
    await Promise.race([answered.promise, over.promise]);
    return column === wideColumn;
  };
}

/**
 * Stands where bytes enter the stream, so that whoever reads it, and however, gets all but the one report; steps aside
 * when it has come.
 */
function takeReport(stdin: ReadStream, keyMilliseconds: number, told: (column: number) => void): void {
  const enter = stdin.push.bind(stdin);
  let held = '';
  let timer: NodeJS.Timeout | undefined;
  const pass = (text: string): boolean => enter(Buffer.from(text, 'latin1'));
  const stepAside = (): void => void Reflect.deleteProperty(stdin, 'push');
  stdin.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    clearTimeout(timer);
    if (!Buffer.isBuffer(chunk)) {
      // The end of the stream.
      stepAside();
      if (held !== '') pass(held);
      return enter(chunk, encoding);
    }
    const sifted = siftReport(held + chunk.toString('latin1'));
    held = sifted.held;
    if (sifted.column !== undefined) {
      stepAside();
      told(sifted.column);
    } else if (mayBeKey(held)) {
      timer = setTimeout(() => {
        pass(held);
        held = '';
      }, keyMilliseconds);
    }
    return pass(sifted.passed);
  };
}

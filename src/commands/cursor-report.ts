/** Where a terminal says its cursor is: `ESC [ row ; column R`. */
const report = /\u001B\[\d{1,5};(\d{1,5})R/;
/** The end of what has come, where the rest of a report may follow. */
const begun = /\u001B(?:\[(?:\d{1,5}(?:;\d{0,5})?)?)?$/;

/** What came from a terminal, with the report taken out. */
export interface Sifted {
  /** From 1; undefined = no report yet. */
  readonly column: number | undefined;
  /** Everything before and after the report, in its order. */
  readonly passed: string;
  /** Kept back, because the next bytes decide what it is. */
  readonly held: string;
}

/**
 * Takes the first report of the cursor's position out of what a terminal sends, wherever it is cut. Pure.
 *
 * @param text what was held before, and what has come since; a character for each byte, so that no letter of several
 * bytes is lost where it is cut
 */
export function siftReport(text: string): Sifted {
  const found = report.exec(text);
  if (found !== null) {
    const passed = text.slice(0, found.index) + text.slice(found.index + found[0].length);
    return {column: Number(found[1]), passed, held: ''};
  }
  const held = begun.exec(text)?.[0] ?? '';
  return {column: undefined, passed: text.slice(0, text.length - held.length), held};
}

/** Whether a key may be all of it: Esc, and Alt-[. Whatever is longer and has no end yet is no key. */
export function mayBeKey(held: string): boolean {
  return held === '\u001B' || held === '\u001B[';
}

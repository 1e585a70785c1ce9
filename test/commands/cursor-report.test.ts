import {describe, expect, test} from 'vitest';
import {mayBeKey, siftReport} from '../../src/commands/cursor-report.ts';

const escape = '\u001B';
const report = `${escape}[24;3R`;

/** What comes out of chunks that follow each other. */
function sifted(chunks: readonly string[]): {readonly column: number | undefined; readonly text: string} {
  let [column, text, held]: [number | undefined, string, string] = [undefined, '', ''];
  for (const chunk of chunks) {
    if (column !== undefined) {
      text += chunk;
      continue;
    }
    const step = siftReport(held + chunk);
    column = step.column;
    text += step.passed;
    held = step.held;
  }
  return {column, text: text + held};
}

describe('a report of the cursor', () => {
  test.each([
    ['alone', '', ''],
    ['between letters', 'ab', 'c'],
    ['after an arrow', `${escape}[A`, 'x'],
    ['between the keys Esc', escape, escape],
    ['between pasted lines', `${escape}[200~one\rtwo${escape}[201~`, `${escape}[200~three${escape}[201~`],
    ['behind letters of several bytes', Buffer.from('é→漢').toString('latin1'), 'z'],
  ])('%s is found, and the rest stays in its order, however it is cut', (_, before, after) => {
    const all = before + report + after;
    for (let first = 0; first <= all.length; first += 1) {
      for (let second = first; second <= all.length; second += 1) {
        const chunks = [all.slice(0, first), all.slice(first, second), all.slice(second)];
        expect(sifted(chunks), JSON.stringify(chunks)).toEqual({column: 3, text: before + after});
      }
    }
  });

  test.each([
    ['letters', 'R3;4R'],
    ['arrows and pages', `${escape}[A${escape}[5~${escape}OP`],
    ['an arrow with a modifier', `${escape}[1;5C`],
    ['numbers with another end', `${escape}[24;3H${escape}[24R`],
    ['a paste', `${escape}[200~[24;3R${escape}[201~`],
  ])('is not seen in %s, and nothing is lost', (_, text) => {
    for (let cut = 0; cut <= text.length; cut += 1) {
      expect(sifted([text.slice(0, cut), text.slice(cut)])).toEqual({column: undefined, text});
    }
  });

  test('is taken once; a second one is not ours', () => {
    expect(sifted([report + report])).toEqual({column: 3, text: report});
  });

  test.each([
    ['ab', ''],
    [`ab${escape}`, escape],
    [`ab${escape}[`, `${escape}[`],
    [`ab${escape}[24`, `${escape}[24`],
    [`ab${escape}[24;`, `${escape}[24;`],
    [`ab${escape}[24;3`, `${escape}[24;3`],
    [`ab${escape}[24;3C`, ''],
    [`ab${escape}[A`, ''],
  ])('of %j only %j is kept back', (text, held) => {
    expect(siftReport(text)).toEqual({column: undefined, passed: text.slice(0, text.length - held.length), held});
  });
});

test('only Esc and Alt-[ may be keys and the beginning of a report', () => {
  const beginnings = [escape, `${escape}[`, `${escape}[2`, `${escape}[24;`, `${escape}[24;3`];
  expect(beginnings.map(mayBeKey)).toEqual([true, true, false, false, false]);
});

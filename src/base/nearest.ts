/**
 * The known word that a mistyped one most likely meant, or undefined when none is near: at most a third of its
 * letters may be wrong, missing, too many, or swapped with their neighbour. Among equals the first wins.
 */
export function nearest(typed: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let fewest = Infinity;
  for (const word of known) {
    const edits = editsBetween(typed.toLowerCase(), word.toLowerCase());
    if (edits < fewest && edits <= Math.max(typed.length, word.length) / 3) {
      best = word;
      fewest = edits;
    }
  }
  return best;
}

/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours. */
function editsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({length: b.length + 1}, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const candidates = [at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1)];
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) candidates.push(at(beforeLast, j - 2) + 1);
      row.push(Math.min(...candidates));
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}

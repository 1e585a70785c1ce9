/**
 * The library writes a whole document in its own hand: comments move to the depth of what they follow, what stood in
 * columns no longer does, two blank lines become one. Here every line that says the same as before gets its old letters
 * back, so that a saved plan differs only where something changed.
 */
export function keepLines(before: string, after: string): string {
  const ending = before.includes('\r\n') ? '\r\n' : '\n';
  const old = before.split(/\r?\n/);
  const places = new Map<string, number[]>();
  old.forEach((line, index) => {
    const same = essence(line);
    if (same !== '') {
      places.set(same, [...(places.get(same) ?? []), index]);
    }
  });
  const kept: string[] = [];
  let last = -1;
  let blank = 0;
  for (const line of after.split('\n')) {
    if (line.trim() === '') {
      blank += 1;
      continue;
    }
    const index = places.get(essence(line))?.find((each) => each > last);
    const follows = index !== undefined && old.slice(last + 1, index).every((each) => each.trim() === '');
    kept.push(
      ...Array.from({length: follows ? index - last - 1 : blank}, () => ''),
      (index === undefined ? undefined : old[index]) ?? line,
    );
    last = index ?? last;
    blank = 0;
  }
  const end = old.slice(last + 1).every((line) => line.trim() === '') ? old.length - last - 1 : 1;
  return [...kept, ...Array.from({length: end}, () => '')].join(ending);
}

/** What a line says: a comment wherever it stands, anything else at its depth, spaces within and after not counted. */
function essence(line: string): string {
  const words = line.trim().replaceAll(/\s+/g, ' ');
  return words === '' || words.startsWith('#') ? words : `${line.search(/\S/)} ${words}`;
}

/**
 * Cuts JSON values that stand one after the other, as `kubeadm token list -o json` prints them: no array, no separator but
 * white space. Undefined when the text is anything else; empty text is an empty stream.
 */
export function readJsonStream(text: string): readonly unknown[] | undefined {
  const values: unknown[] = [];
  let at = 0;
  for (;;) {
    while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
    if (at === text.length) return values;
    const end = endOfObject(text, at);
    if (end === undefined) return undefined;
    try {
      values.push(JSON.parse(text.slice(at, end)));
    } catch {
      return undefined;
    }
    at = end;
  }
}

/** Behind the brace that closes the object which begins at `start`; undefined when none begins there, or it never ends. */
function endOfObject(text: string, start: number): number | undefined {
  if (text[start] !== '{') return undefined;
  let depth = 0;
  let isInString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (isInString) {
      if (character === '\\') at += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

/** Somebody else's words on one line, without anything that moves a cursor or hides a letter. */
export function tame(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** A line with somebody else's words in it; each letter that would move a cursor, or hide another, is a question mark. */
export function tameLine(line: string): string {
  return line.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}

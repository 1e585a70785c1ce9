/** Somebody else's words on one line, without anything that moves a cursor or hides a letter. */
export function tame(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

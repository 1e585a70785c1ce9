import {spanText} from './times.ts';

/** One thing that was checked about a join line: what is so, and what to do where it is not good. */
export function checkLines({
  isGood,
  says,
  fix,
}: {
  readonly isGood: boolean;
  readonly says: string;
  readonly fix: string | undefined;
}): string[] {
  return [`${isGood ? 'ok' : 'NOT GOOD'}: ${says}`, ...(fix === undefined ? [] : [`  ${fix}`])];
}

/** `ends at 2026-11-24T12:00:00Z`, `never ends`. */
export function endText(ends: Date | undefined): string {
  return ends === undefined ? 'never ends' : `ends at ${ends.toISOString().replace('.000Z', 'Z')}`;
}

/** How long a token is good for yet: `23h`, `for ever`, `ended`. */
export function leftText(ends: Date | undefined, now: Date): string {
  if (ends === undefined) return 'for ever';
  return ends <= now ? 'ended' : spanText(ends.getTime() - now.getTime());
}

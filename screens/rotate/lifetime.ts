/** How long a certificate still holds: in words, and as the share of its life that is left. */

export interface Lifetime {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const units = [
  ['year', 365 * 24 * 3600],
  ['month', 30 * 24 * 3600],
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** `ended 3 days ago`, `in 12 days`, `in 10 months`, `begins in 2 hours`. */
export function endWords({notBefore, notAfter}: Lifetime, now: Date): string {
  if (now < notBefore) return `begins in ${spanWords(notBefore.getTime() - now.getTime())}`;
  const left = notAfter.getTime() - now.getTime();
  return left < 0 ? `ended ${spanWords(-left)} ago` : `in ${spanWords(left)}`;
}

/** The largest unit of which there are at least two: `26 hours` says more than `1 day`. */
function spanWords(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  const [unit, length] = units.find(([, size]) => seconds >= 2 * size) ?? ['minute', 60];
  const amount = Math.floor(seconds / length);
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}

/** What is left of its life, from 0 to 1; all of it before it begins. */
export function shareLeft({notBefore, notAfter}: Lifetime, now: Date): number {
  const life = notAfter.getTime() - notBefore.getTime();
  return life <= 0 ? 0 : Math.max(0, Math.min(1, (notAfter.getTime() - now.getTime()) / life));
}

/** Lengths of time as people and Go write them (`8760h`, `365d`, `10y`, `1h30m`), kept as hours. */

const secondsPer: ReadonlyMap<string, number> = new Map([
  // kubeadm's year: 87600h is its ten years, leap days not counted.
  ['y', 365 * 24 * 3600],
  ['w', 7 * 24 * 3600],
  ['d', 24 * 3600],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
]);

/**
 * `10y`, `365d`, `8760h`, `8760h0m0s`, `1.5h` → hours, to the second; `0` needs no unit. Undefined for everything else,
 * also for a number without a unit (hours? days?), a sign, and a length that no date can hold.
 */
export function parseHours(text: string): number | undefined {
  if (/^0+$/.test(text)) {
    return 0;
  }
  if (text.length > 60 || !/^(?:\d+(?:\.\d+)?[ywdhms])+$/.test(text)) {
    return undefined;
  }
  let seconds = 0;
  for (const [, amount = '', unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)([ywdhms])/g)) {
    seconds += Number(amount) * (secondsPer.get(unit) ?? Number.NaN);
  }
  return seconds <= longestSeconds ? Math.round(seconds) / 3600 : undefined;
}

/** Certificates end in the year 9999 at the latest. */
const longestSeconds = 8000 * 365 * 24 * 3600;

/** Hours → what `parseHours` reads back, in the units that Go reads too: `8760h`, `1h30m`, `0`. */
export function formatHours(hours: number): string {
  const seconds = Math.round(hours * 3600);
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'm'],
    [seconds % 60, 's'],
  ] as const;
  const text = parts.map(([amount, unit]) => (amount === 0 ? '' : `${amount}${unit}`)).join('');
  return text === '' ? '0' : text;
}

/** Hours in words, in the largest unit that leaves no rest: `10 years`, `1 year`, `90 days`, `36 hours`. */
export function describeHours(hours: number): string {
  for (const [unit, length] of [
    ['year', 8760],
    ['day', 24],
    ['hour', 1],
  ] as const) {
    if (hours >= length && hours % length === 0) {
      const amount = hours / length;
      return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
    }
  }
  return hours === 0 ? 'no time' : formatHours(hours);
}

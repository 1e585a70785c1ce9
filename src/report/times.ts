/** Moments and spans for people, in UTC; residual times as kubeadm writes them (`364d`, `23h`, `12m`). */

/** `2027-11-23 10:00:00 UTC`. */
export function timeText(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

const units = [
  ['y', 365 * 24 * 3600],
  ['d', 24 * 3600],
  ['h', 3600],
  ['m', 60],
] as const;

/** The largest unit that fits: `9y`, `364d`, `5h`, `0m`. */
export function spanText(milliseconds: number): string {
  const seconds = Math.abs(milliseconds) / 1000;
  const [unit, length] = units.find(([, size]) => seconds >= 2 * size || (size <= 3600 && seconds >= size)) ?? [
    'm',
    60,
  ];
  return `${Math.floor(seconds / length)}${unit}`;
}

/** `364d left`, `ended 3d ago`, `begins in 2h`. */
export function lifetimeText(notBefore: Date, notAfter: Date, now: Date): string {
  if (now < notBefore) return `begins in ${spanText(notBefore.getTime() - now.getTime())}`;
  const left = notAfter.getTime() - now.getTime();
  return left < 0 ? `ended ${spanText(left)} ago` : `${spanText(left)} left`;
}

/** A serial number in hex as logs of Go programs print it: `verifying certificate SN=…`. */
export function serialInDecimal(hex: string): string {
  return BigInt(`0x${hex}`).toString();
}

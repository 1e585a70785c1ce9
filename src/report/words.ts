import type {Subject, SubjectAlternativeName, Usage} from '../pki/blueprint-types.ts';

/** How the parts of a certificate are written for people, the same everywhere. */

/** `CN=system:node:cp-1, O=system:nodes`. */
export function subjectText({commonName, organizations}: Subject): string {
  return [`CN=${commonName}`, ...organizations.map((organization) => `O=${organization}`)].join(', ');
}

/** `server`, `client`, `server, client`. */
export function usagesText(usages: readonly Usage[]): string {
  return usages.map((usage) => usage.replace(' auth', '')).join(', ');
}

/** `kubernetes, kubernetes.default, 10.96.0.1`; the empty list is a dash. */
export function sansText(sans: readonly SubjectAlternativeName[], most = Number.POSITIVE_INFINITY): string {
  if (sans.length === 0) return '-';
  const shown = sans.slice(0, most).map(({value}) => value);
  return sans.length > most ? `${shown.join(', ')} +${sans.length - most}` : shown.join(', ');
}

/** `3 certificates`, `1 file`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** `0600`. */
export function modeText(mode: number): string {
  return `0${mode.toString(8)}`;
}

import {normalizeAddress} from '../base/address.ts';
import type {InspectedCertificate} from '../x509/inspect.ts';

/**
 * Whether a serving certificate is for the host that is dialled, as Go decides it (`crypto/x509`, `VerifyHostname`):
 * an address is looked for among addresses only, a name among names only, a wildcard stands for the whole first label,
 * and the common name never counts. Node's own check takes the common name when there is no SAN, and a `*` inside a
 * label.
 */
export type NameFault =
  /** No SAN at all; the common name would fit. */
  {readonly kind: 'no-names'; readonly words: string} | {readonly kind: 'wrong-name'; readonly words: string};

/** @param host as dialled, no brackets; undefined comes back when the certificate is for it */
export function nameFault(certificate: InspectedCertificate, host: string): NameFault | undefined {
  const address = normalizeAddress(host);
  const addresses = valuesOf(certificate, 'ip');
  const names = valuesOf(certificate, 'dns');
  if (address === undefined ? names.some((name) => namesFit(name, host)) : addresses.includes(address)) {
    return undefined;
  }
  const hasNoNames = certificate.sans.length === 0 && certificate.otherNames.length === 0;
  if (hasNoNames && labelsFit(certificate.subject.commonName, host)) {
    return {kind: 'no-names', words: 'x509: certificate relies on legacy Common Name field, use SANs instead'};
  }
  return {kind: 'wrong-name', words: wordsFor(host, address === undefined ? names : addresses, address !== undefined)};
}

function wordsFor(wanted: string, valid: readonly string[], isAddress: boolean): string {
  if (isAddress && valid.length === 0) {
    return `x509: cannot validate certificate for ${wanted} because it doesn't contain any IP SANs`;
  }
  return valid.length === 0
    ? `x509: certificate is not valid for any names, but wanted to match ${wanted}`
    : `x509: certificate is valid for ${valid.join(', ')}, not ${wanted}`;
}

function valuesOf({sans}: InspectedCertificate, type: 'dns' | 'ip'): readonly string[] {
  return sans.flatMap((san) => (san.type === type ? [san.value] : []));
}

/** What is no host name is compared letter by letter, without wildcard and without regard for a last dot. */
function namesFit(pattern: string, host: string): boolean {
  return isHostName(host.replace(/\.$/, ''), false) && isHostName(pattern, true)
    ? labelsFit(pattern, host)
    : pattern !== '' && pattern !== '.' && lower(pattern) === lower(host);
}

function labelsFit(pattern: string, host: string): boolean {
  const wanted = lower(pattern).split('.');
  const dialled = lower(host.replace(/\.$/, '')).split('.');
  return (
    pattern !== '' &&
    host !== '' &&
    wanted.length === dialled.length &&
    wanted.every((label, index) => (index === 0 && label === '*') || label === dialled[index])
  );
}

function isHostName(text: string, isPattern: boolean): boolean {
  return (
    text !== '*' &&
    text
      .split('.')
      .every((label, index) => (isPattern && index === 0 && label === '*') || /^[a-z0-9_][a-z0-9_-]*$/i.test(label))
  );
}

/** ASCII letters only: in names of hosts no others are equal to one another. */
function lower(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

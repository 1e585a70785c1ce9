import {isAddress, isSubnet, normalizeAddress} from './address.ts';

/**
 * Names as RFC 1123 has them and as kubeadm checks them (k8s.io/apimachinery/pkg/util/validation), with a reason for
 * each refusal. Stricter than kubeadm in two places: a part of a name has at most 63 letters, and `10.0.0.256` is not
 * a name but an address gone wrong.
 */

/** What is wrong with a name, and how it could be right. */
export interface NameFault {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

const longestName = 253;
const longestLabel = 63;

/** A lower-case RFC 1123 name: labels of letters, digits and hyphens between dots. */
export function nameFault(text: string): NameFault | undefined {
  if (text === '') {
    return fault('name-missing', 'the name is empty', 'give a name such as cp-1');
  }
  if (text.length > longestName) {
    return fault('name-too-long', `the name has ${text.length} characters, ${longestName} are allowed`, 'shorten it');
  }
  const shown = JSON.stringify(text);
  const suggestion = toName(text);
  const fix = suggestion === undefined ? 'use letters, digits, hyphens and dots' : `write ${suggestion}`;
  if (text.endsWith('.') && nameFault(text.slice(0, -1)) === undefined) {
    return fault('name-ends-with-dot', `${shown} ends with a dot, which certificates do not have`, fix);
  }
  if (/\s/.test(text)) {
    return fault('not-a-name', `${shown} has a space in it`, fix);
  }
  if (text.includes('_') && /^[A-Za-z0-9_.-]+$/.test(text)) {
    return fault('name-has-underscore', `${shown} has an underscore, which host names cannot have`, fix);
  }
  if (/[A-Z]/.test(text) && nameFault(text.toLowerCase()) === undefined) {
    return fault('name-has-upper-case', `${shown} has upper-case letters; Kubernetes names are lower case`, fix);
  }
  if (!/^[a-z0-9.-]+$/.test(text)) {
    return fault('not-a-name', `${shown} has characters that host names cannot have`, fix);
  }
  for (const label of text.split('.')) {
    if (label === '') {
      return fault('not-a-name', `${shown} has nothing before, after or between its dots`, fix);
    }
    if (label.startsWith('-') || label.endsWith('-')) {
      return fault('not-a-name', `${shown} has a part that begins or ends with a hyphen`, fix);
    }
    if (label.length > longestLabel) {
      return fault(
        'label-too-long',
        `${shown} has a part of ${label.length} characters, ${longestLabel} are allowed between dots`,
        'shorten that part',
      );
    }
  }
  if (text.includes('.') && endsInNumber(text) && !isAddress(text)) {
    return fault('looks-like-address', `${shown} looks like an address but is none`, 'correct the address');
  }
  return undefined;
}

/** One label: no dots. Ids of authorities, for they become file names. */
export function labelFault(text: string): NameFault | undefined {
  if (text.includes('.') && nameFault(text) === undefined) {
    return fault('name-has-dot', `${JSON.stringify(text)} has a dot`, `write ${text.replaceAll('.', '-')}`);
  }
  return nameFault(text);
}

/** A name or address that a certificate can carry as a SAN; `*` is allowed as the whole first label. */
export function sanFault(text: string): NameFault | undefined {
  if (isAddress(text) || text.length > longestName) {
    return hostFault(text);
  }
  if (text.startsWith('*.') && text.length > 2) {
    const rest = text.slice(2);
    return nameFault(rest) === undefined && !isAddress(rest)
      ? undefined
      : fault('bad-wildcard', `${JSON.stringify(text)} is not a name after its wildcard`, 'write *.example.test');
  }
  if (text.includes('*')) {
    return fault(
      'bad-wildcard',
      `${JSON.stringify(text)} has a wildcard where none can be: it stands for one whole label, the first`,
      'write *.example.test',
    );
  }
  return hostFault(text);
}

/** A name or address that somebody dials: no wildcard. */
export function hostFault(text: string): NameFault | undefined {
  if (isAddress(text)) {
    return undefined;
  }
  // Longer than any URL worth explaining; what follows repeats the text.
  if (text.length > 2 * longestName) {
    return nameFault(text);
  }
  const shown = JSON.stringify(text);
  const host = hostInside(text);
  const fix = host === undefined ? 'write only the host name or address' : `write ${host}`;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    return fault('name-is-url', `${shown} is a URL`, fix);
  }
  if (isSubnet(text)) {
    return fault('name-is-subnet', `${shown} is a subnet; a certificate carries single addresses`, 'list each address');
  }
  if (/^\[.*\]$/.test(text)) {
    return fault('name-has-brackets', `${shown} has brackets, which belong into URLs only`, fix);
  }
  if (/^(?:\[.*\]|[^:]+):[^:/]*$/.test(text)) {
    return fault('name-has-port', `${shown} has a port; certificates know names and addresses only`, fix);
  }
  if (text.includes('/')) {
    return fault('not-a-name', `${shown} has a slash in it`, fix);
  }
  if (/^[^%]+%/.test(text) && isAddress(text.slice(0, text.indexOf('%')))) {
    return fault(
      'address-has-zone',
      `${shown} has a zone, which means something on one machine only`,
      'give an address without one',
    );
  }
  if (text.includes(':')) {
    return fault('not-an-address', `${shown} is neither a name nor an address`, 'correct the address');
  }
  if (/^[\d.]+$/.test(text) && endsInNumber(text)) {
    return fault('looks-like-address', `${shown} looks like an address but is none`, 'correct the address');
  }
  return nameFault(text);
}

export type ReadEndpoint =
  | {readonly ok: true; readonly host: string; readonly port: number | undefined}
  | {readonly ok: false; readonly fault: NameFault};

/** `host`, `host:port`, `v6`, `[v6]` or `[v6]:port`, as kubeadm's controlPlaneEndpoint. */
export function readEndpoint(text: string): ReadEndpoint {
  const match = isAddress(text) ? null : (/^\[([^\]]*)\](?::(.*))?$/.exec(text) ?? /^([^:/]*):([^:/]*)$/.exec(text));
  const host = match?.[1] ?? text;
  const port = match?.[2];
  if (text.startsWith('[') && match !== null && !(isAddress(host) && host.includes(':'))) {
    return {
      ok: false,
      fault: fault('not-an-address', `${JSON.stringify(host)} is not an IPv6 address`, 'write [fd00::1]:6443'),
    };
  }
  const wrong = hostFault(host);
  if (wrong !== undefined) {
    return {ok: false, fault: wrong};
  }
  if (port === undefined) {
    return {ok: true, host: normalizeAddress(host) ?? host, port: undefined};
  }
  if (!/^[1-9]\d{0,4}$/.test(port) || Number(port) > 65_535) {
    return {
      ok: false,
      fault: fault('bad-port', `${JSON.stringify(port)} is not a port`, 'give a number from 1 to 65535, mostly 6443'),
    };
  }
  return {ok: true, host: normalizeAddress(host) ?? host, port: Number(port)};
}

/** The nearest right name, or undefined when nothing is left of it: `CP_1` → `cp-1`, `bücher.test` → `xn--bcher-kva.test`. */
export function toName(text: string): string | undefined {
  const ascii = /[^\x00-\x7f]/.test(text) ? (URL.parse(`http://${text.trim()}`)?.hostname ?? text) : text;
  const labels = ascii
    .toLowerCase()
    .split('.')
    .map((label) =>
      label
        .replace(/[^a-z0-9-]+/g, '-')
        .slice(0, longestLabel)
        .replace(/^-+|-+$/g, ''),
    )
    .filter((label) => label !== '');
  const name = labels
    .join('.')
    .slice(0, longestName)
    .replace(/[.-]+$/, '');
  return name === '' || (name.includes('.') && endsInNumber(name) && !isAddress(name)) ? undefined : name;
}

/** The host in something that has more than a host: a URL, a port, brackets, a path. */
function hostInside(text: string): string | undefined {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text.replace(/:[^:/\]]*$/, '')}`;
  const hostname = URL.parse(url)?.hostname;
  if (hostname === undefined || hostname === '') {
    return undefined;
  }
  const bare = hostname.replace(/^\[|\]$/g, '');
  return normalizeAddress(bare) ?? toName(bare);
}

function endsInNumber(text: string): boolean {
  return /(?:^|\.)\d+$/.test(text);
}

function fault(code: string, message: string, fix: string): NameFault {
  return {code, message, fix};
}

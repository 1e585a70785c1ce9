import ipaddr from 'ipaddr.js';

/**
 * IP addresses and subnets, strictly: what Go's `net.ParseIP` and `net.ParseCIDR` take, in one normal form.
 * The loose spellings of C libraries (`127.1`, `0x7f.1`, `010.0.0.1`) are refused, and so are zones (`fe80::1%eth0`).
 */

export type AddressFamily = 'IPv4' | 'IPv6';

/** What an address is for, as far as a cluster cares. `global` is everything that another machine can dial. */
export type AddressScope = 'global' | 'loopback' | 'unspecified' | 'multicast' | 'link-local' | 'broadcast';

export interface Address {
  readonly family: AddressFamily;
  /** Normal form: dotted decimal, or RFC 5952 without brackets. Two equal addresses have equal texts. */
  readonly text: string;
  /** 4 or 16 bytes, network order. */
  readonly bytes: readonly number[];
  readonly scope: AddressScope;
}

export interface Subnet {
  readonly family: AddressFamily;
  /** Normal form with host bits cleared: `10.96.0.0/12`, `fd00:10:96::/112`. */
  readonly text: string;
  /** The first address of the range. */
  readonly base: Address;
  readonly prefixLength: number;
  /** How many bits are left for hosts: 20 for a `/12` of IPv4. */
  readonly hostBits: number;
}

/**
 * Reads an address; undefined when it is none. An IPv4-mapped IPv6 address is the IPv4 address, as in Go. The same few
 * texts are asked for again and again, by every check of every node, so they are remembered.
 */
export function parseAddress(text: string): Address | undefined {
  if (text.length > longestAddress) return undefined;
  if (known.has(text)) return known.get(text);
  const read = readAddress(text);
  if (known.size >= mostKnown) known.clear();
  known.set(text, read);
  return read;
}

const longestAddress = 'ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255'.length;
const known = new Map<string, Address | undefined>();
const mostKnown = 20_000;

function readAddress(text: string): Address | undefined {
  // The library throws and catches an error for each text that is none: a thousand of them are a tenth of a second.
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) {
    return ipaddr.IPv4.isValidFourPartDecimal(text) ? fromBytes(ipaddr.IPv4.parse(text).toByteArray()) : undefined;
  }
  if (!text.includes(':') || !/^[0-9a-f:.]+$/i.test(text) || !ipaddr.IPv6.isValid(text)) {
    return undefined;
  }
  const dotted = text.includes('.') ? text.slice(text.lastIndexOf(':') + 1) : undefined;
  if (dotted !== undefined && !ipaddr.IPv4.isValidFourPartDecimal(dotted)) {
    return undefined;
  }
  const parsed = ipaddr.IPv6.parse(text);
  return fromBytes((parsed.isIPv4MappedAddress() ? parsed.toIPv4Address() : parsed).toByteArray());
}

export function isAddress(text: string): boolean {
  return parseAddress(text) !== undefined;
}

/** The normal form, or undefined when the text is no address. */
export function normalizeAddress(text: string): string | undefined {
  return parseAddress(text)?.text;
}

/** Whether two texts are the same address, however they are spelled; false when one is none. */
export function sameAddress(one: string, other: string): boolean {
  const normal = normalizeAddress(one);
  return normal !== undefined && normal === normalizeAddress(other);
}

/**
 * Reads a subnet. Host bits are cleared as Go does (`10.96.1.7/12` is `10.96.0.0/12`); undefined when it is none,
 * also for a prefix with leading zeros or one longer than the address.
 */
export function parseSubnet(text: string): Subnet | undefined {
  const [host = '', prefix, ...more] = text.split('/');
  if (prefix === undefined || more.length > 0 || !/^(0|[1-9][0-9]{0,2})$/.test(prefix)) {
    return undefined;
  }
  const address = parseAddress(host);
  // A mapped address has a prefix counted in the other family: Go takes it, nobody means it.
  if (address === undefined || (address.family === 'IPv4' && host.includes(':'))) {
    return undefined;
  }
  const prefixLength = Number(prefix);
  const hostBits = address.bytes.length * 8 - prefixLength;
  if (hostBits < 0) {
    return undefined;
  }
  const base = fromBytes(
    address.bytes.map((byte, index) => {
      const kept = Math.min(8, Math.max(0, prefixLength - index * 8));
      return byte & (0xff << (8 - kept)) & 0xff;
    }),
  );
  return {family: address.family, text: `${base.text}/${prefixLength}`, base, prefixLength, hostBits};
}

export function isSubnet(text: string): boolean {
  return parseSubnet(text) !== undefined;
}

/**
 * The address at `offset` from the subnet's first one; undefined when the subnet is smaller than that.
 * `addressIn(services, 1)` is the API server's Service address, `addressIn(services, 10)` the cluster DNS.
 */
export function addressIn(subnet: Subnet, offset: number): Address | undefined {
  if (!Number.isSafeInteger(offset) || offset < 0 || (subnet.hostBits < 53 && offset >= 2 ** subnet.hostBits)) {
    return undefined;
  }
  const bytes = [...subnet.base.bytes];
  let rest = offset;
  for (let index = bytes.length - 1; index >= 0 && rest > 0; index -= 1) {
    const sum = (bytes[index] ?? 0) + (rest % 256);
    bytes[index] = sum % 256;
    rest = Math.floor(rest / 256) + Math.floor(sum / 256);
  }
  return fromBytes(bytes);
}

export function subnetContains(subnet: Subnet, address: Address): boolean {
  return subnet.family === address.family && sharesPrefix(subnet.base.bytes, address.bytes, subnet.prefixLength);
}

/** Whether two subnets have an address in common: then one contains the other. */
export function subnetsOverlap(one: Subnet, other: Subnet): boolean {
  const shorter = Math.min(one.prefixLength, other.prefixLength);
  return one.family === other.family && sharesPrefix(one.base.bytes, other.base.bytes, shorter);
}

/** A host as it stands in a URL: brackets around IPv6, everything else as it is. */
export function urlHost(host: string): string {
  const address = parseAddress(host);
  return address === undefined ? host : address.family === 'IPv6' ? `[${address.text}]` : address.text;
}

/** Where a URL leads: `https://[::1]:2379` is `{scheme: 'https', host: '::1', port: 2379}`. */
export interface UrlEnd {
  readonly scheme: 'https' | 'http';
  /** In lower case, no brackets. */
  readonly host: string;
  readonly port: number;
}

/** undefined = it is no URL of HTTP; a port that is left out is the scheme's. */
export function endOfUrl(text: string): UrlEnd | undefined {
  if (!URL.canParse(text)) return undefined;
  const {protocol, hostname, port} = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  const isSecure = protocol === 'https:';
  return {
    scheme: isSecure ? 'https' : 'http',
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? (isSecure ? 443 : 80) : Number(port),
  };
}

function fromBytes(bytes: readonly number[]): Address {
  const parsed = ipaddr.fromByteArray([...bytes]);
  if (parsed instanceof ipaddr.IPv6) {
    return {family: 'IPv6', text: parsed.toRFC5952String(), bytes, scope: scopeOf(parsed.range())};
  }
  return {family: 'IPv4', text: parsed.toString(), bytes, scope: scopeOf(parsed.range())};
}

function scopeOf(range: string): AddressScope {
  switch (range) {
    case 'loopback':
    case 'unspecified':
    case 'multicast':
    case 'broadcast':
      return range;
    case 'linkLocal':
      return 'link-local';
    default:
      return 'global';
  }
}

function sharesPrefix(one: readonly number[], other: readonly number[], length: number): boolean {
  return one.every((byte, index) => {
    const kept = Math.min(8, Math.max(0, length - index * 8));
    const mask = (0xff << (8 - kept)) & 0xff;
    return (byte & mask) === ((other[index] ?? 0) & mask);
  });
}

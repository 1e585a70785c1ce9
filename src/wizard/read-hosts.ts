import {parseAddress, type Address} from '../base/address.ts';
import {problem} from '../base/problem.ts';
import {nothingFound, type FoundNode, type FoundNodes, type SkippedEntry} from './found-nodes.ts';
import {shown} from './read-value.ts';

/**
 * Machines in a file like /etc/hosts (hosts(5)): an address, then names, `#` begins a comment. A machine is what its
 * lines have a name of in common, so that one with two addresses is one. Roles stand in no such file.
 */
export function readHosts(text: string): FoundNodes {
  const entries: Entry[] = [];
  const skipped: SkippedEntry[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    const at = `line ${index + 1}`;
    const [first, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (first === undefined || first === '') return;
    const address = parseAddress(first.replace(/%.*$/, ''));
    const why = address === undefined ? `${shown(first)} is no address` : reasonToSkip(address, names);
    if (address === undefined || why !== undefined) {
      skipped.push({at, what: line.trim().slice(0, 80), why: why ?? ''});
    } else {
      entries.push({at, address: address.text, names: names.map((name) => name.toLowerCase().replace(/\.$/, ''))});
    }
  });
  if (entries.length === 0 && skipped.length === 0) {
    return nothingFound(problem('no-nodes', '', 'there is no line in the file', 'check that it is the right file'));
  }
  return {nodes: machines(entries), skipped, problems: []};
}

interface Entry {
  readonly at: string;
  readonly address: string;
  readonly names: readonly string[];
}

const scopes: Readonly<Record<Exclude<Address['scope'], 'global'>, string>> = {
  loopback: 'it is this machine to itself',
  unspecified: 'it is no machine: the name is blocked',
  multicast: 'it is a group of machines',
  'link-local': 'it is good on one link only',
  broadcast: 'it is every machine of a network',
};

function reasonToSkip({scope}: Address, names: readonly string[]): string | undefined {
  if (scope !== 'global') return scopes[scope];
  if (names.length === 0) return 'there is no name beside the address';
  return names.some((name) => /^(localhost|ip6-|broadcasthost$)/i.test(name))
    ? 'the name is not of one machine'
    : undefined;
}

/** Lines that share a name are one machine. */
function machines(entries: readonly Entry[]): FoundNode[] {
  const groups: Entry[][] = [];
  const groupOf = new Map<string, Entry[]>();
  for (const entry of entries) {
    const group = entry.names.map((name) => groupOf.get(name)).find((each) => each !== undefined) ?? [];
    if (group.length === 0) groups.push(group);
    group.push(entry);
    for (const name of entry.names) if (!groupOf.has(name)) groupOf.set(name, group);
  }
  return groups.map((group): FoundNode => {
    const names = [...new Set(group.flatMap((entry) => entry.names))];
    const name = ownName(names);
    return {
      name,
      addresses: [...new Set(group.map(({address}) => address))],
      roles: undefined,
      sans: names.filter((each) => each !== name),
      at: group.map(({at}) => at).join(', '),
    };
  });
}

/** Machines call themselves by the short one of `cp-1.demo.test cp-1`, and so does the kubelet. */
function ownName(names: readonly string[]): string {
  return names.find((name) => names.some((other) => other.startsWith(`${name}.`))) ?? names[0] ?? '';
}

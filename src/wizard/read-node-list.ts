import {normalizeAddress} from '../base/address.ts';
import {sanFault} from '../base/names.ts';
import {problem, type Problem} from '../base/problem.ts';
import {nodeRoles, type NodeRole} from '../pki/plan.ts';
import {nothingFound, type FoundNode, type FoundNodes, type SkippedEntry} from './found-nodes.ts';
import {shown} from './read-value.ts';

/** The Nodes of a running cluster, as `kubectl get nodes -o json` prints them (v1 NodeList). */
export function readNodeList(text: string): FoundNodes {
  const parsed = parseJson(text);
  if ('problem' in parsed) return nothingFound(parsed.problem);
  const items = itemsIn(parsed.value);
  if (items === undefined) {
    return nothingFound(
      problem('not-nodes', '', 'this is JSON, but no list of Nodes', 'save what kubectl get nodes -o json prints'),
    );
  }
  const skipped: SkippedEntry[] = [];
  const nodes = items.flatMap((item, index): FoundNode[] => {
    const at = `items[${index}]`;
    const kind = field(item, 'kind');
    const name = field(field(item, 'metadata'), 'name');
    if ((kind !== undefined && kind !== 'Node') || typeof name !== 'string') {
      skipped.push({at, what: typeof kind === 'string' ? kind.slice(0, 80) : 'an entry', why: 'it is no Node'});
      return [];
    }
    return [nodeOf(item, name, at)];
  });
  return nodes.length > 0
    ? {nodes, skipped, problems: []}
    : nothingFound(problem('no-nodes', '', 'there is no Node in the list', 'ask a cluster that has nodes'));
}

/** Addresses by how much others need them: the kubelet's own first, names of clouds become extra names. */
const addressTypes = ['InternalIP', 'ExternalIP'] as const;
const nameTypes = ['Hostname', 'InternalDNS', 'ExternalDNS'] as const;

function nodeOf(item: unknown, name: string, at: string): FoundNode {
  const listed = field(field(item, 'status'), 'addresses');
  const all = isArray(listed) ? listed.map((each) => ({type: field(each, 'type'), text: field(each, 'address')})) : [];
  const texts = (type: string): string[] =>
    all.flatMap((each) => (each.type === type && typeof each.text === 'string' ? [each.text] : []));
  const addresses = addressTypes.flatMap(texts).flatMap((text) => normalizeAddress(text) ?? []);
  // A kubelet without a name of its own gives its address as Hostname.
  const names = nameTypes
    .flatMap(texts)
    .filter((text) => text !== name && normalizeAddress(text) === undefined && sanFault(text) === undefined);
  return {name, addresses: [...new Set(addresses)], roles: rolesOf(item), sans: [...new Set(names)], at};
}

const roleLabel = 'node-role.kubernetes.io/';

/** Roles are labels by name; `master` is what control-plane was called until 1.24. A node without any is a worker. */
function rolesOf(item: unknown): readonly NodeRole[] | undefined {
  const labels = field(field(item, 'metadata'), 'labels');
  const keys = typeof labels === 'object' && labels !== null ? Object.keys(labels) : [];
  const words = keys.flatMap((key) => (key.startsWith(roleLabel) ? [key.slice(roleLabel.length)] : []));
  const known = words.map((word) => (word === 'master' || word === 'controlplane' ? 'control-plane' : word));
  const roles = nodeRoles.filter((role) => known.includes(role));
  return roles.length === 0 ? undefined : roles;
}

function itemsIn(value: unknown): readonly unknown[] | undefined {
  const items: unknown = field(value, 'items');
  if (isArray(items)) return items;
  return field(value, 'kind') === 'Node' ? [value] : undefined;
}

function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

function parseJson(text: string): {readonly value: unknown} | {readonly problem: Problem} {
  try {
    return {value: JSON.parse(text.replace(/^\uFEFF/, ''))};
  } catch {
    const [beginning = ''] = text.trimStart().split(/\r?\n/);
    const isOther = /^(apiVersion:|NAME\s+STATUS)/.test(beginning);
    const message = isOther
      ? `this is what kubectl prints without -o json: ${shown(beginning)}`
      : 'this is no JSON, or its end is missing';
    return {problem: problem('not-json', '', message, 'save what kubectl get nodes -o json prints')};
  }
}

import {normalizeAddress, parseAddress} from '../base/address.ts';
import type {Problem} from '../base/problem.ts';
import type {ClusterPlan, NodeRole} from '../pki/plan.ts';
import type {FoundNode, FoundNodes} from './found-nodes.ts';
import type {Parsed, PlanValue, RecordColumn, Step} from './step.ts';
import {isList, isMap, joinRecord} from './text-form.ts';

/**
 * What an import makes of a table of nodes, before it is taken: which rows are new, which change, which are there
 * already, and what would be wrong. Nodes are the same by name; a row keeps what it has, gets what it lacks, and moves
 * where the source has it at another address.
 */
export interface NodesImport {
  readonly entries: readonly ImportEntry[];
  /** The whole table with it. */
  readonly text: string;
  /** Of the table as a whole, such as a missing control plane: they are still to be mended once it is taken. */
  readonly problems: readonly Problem[];
  /** Whether nothing is wrong in a row of it, and it changes something. */
  readonly isGood: boolean;
}

export interface ImportEntry {
  readonly kind: 'added' | 'changed' | 'same' | 'left-out';
  readonly name: string;
  /** Where in the source: `line 3`. */
  readonly at: string;
  /** The row as a line, before; undefined for a new one. */
  readonly before: string | undefined;
  /** The row as a line, after. */
  readonly after: string;
  readonly problems: readonly Problem[];
}

/** Which roles nodes get whose source does not say: one for all of them, or what their names sound like. */
export const newRoles = ['by-name', 'worker', 'control-plane', 'etcd'] as const;
export type NewRoles = (typeof newRoles)[number];

export const newRolesWords: Readonly<Record<NewRoles, string>> = {
  'by-name': 'as their names say',
  worker: 'worker',
  'control-plane': 'control-plane',
  etcd: 'etcd',
};

type Columns = readonly [RecordColumn, ...RecordColumn[]];
type Accept = (step: Step, raw: string, plan: ClusterPlan) => Parsed;

export function importNodes(
  {nodes}: FoundNodes,
  rows: readonly PlanValue[],
  choice: {readonly roles: NewRoles; readonly leftOut: ReadonlySet<string>},
  into: {readonly step: Step; readonly columns: Columns; readonly plan: ClusterPlan; readonly accept: Accept},
): NodesImport {
  const {step, columns, plan, accept} = into;
  const lines = rows.map((row) => joinRecord(columns, row));
  const places = new Map(rows.map((row, index) => [nameIn(row).toLowerCase(), index] as const));
  const placed = nodes.map((node) => {
    const known = [node.name, ...node.sans]
      .map((name) => places.get(name.toLowerCase()))
      .find((at) => at !== undefined);
    const before = known === undefined ? undefined : lines[known];
    const row = known === undefined ? newRow(node, choice.roles) : merged(rows[known] ?? {}, node);
    const after = joinRecord(columns, row);
    if (choice.leftOut.has(node.name)) return {node, before, after, kind: 'left-out', place: undefined} as const;
    const kind = before === undefined ? 'added' : before === after ? 'same' : 'changed';
    const place = known ?? lines.length;
    if (known === undefined) places.set(node.name.toLowerCase(), place);
    lines[place] = after;
    if (known !== undefined) return {node, before, after, kind, place} as const;
    return {node, before, after, kind, place} as const;
  });
  const text = lines.join('\n');
  const parsed = accept(step, text, plan);
  const errors = parsed.ok ? [] : parsed.problems.filter(({severity}) => severity === 'error');
  const isAbout = (place: number | undefined, {at: {path}}: Problem): boolean =>
    place !== undefined && (path === `${step.id}[${place}]` || path.startsWith(`${step.id}[${place}].`));
  const entries = placed.map(({node, before, after, kind, place}): ImportEntry => ({
    kind,
    name: node.name,
    at: node.at,
    before,
    after,
    problems: errors.filter((each) => isAbout(place, each)),
  }));
  return {
    entries,
    text,
    problems: errors.filter((each) => !placed.some(({place}) => isAbout(place, each))),
    isGood:
      entries.every(({problems}) => problems.length === 0) &&
      entries.some(({kind}) => kind === 'added' || kind === 'changed'),
  };
}

function newRow({name, addresses, roles, sans}: FoundNode, choice: NewRoles): PlanValue {
  return {name, addresses, roles: roles ?? rolesFor(name, choice), sans};
}

/** What the source knows is added; its roles count where it has any. An etcd role is the plan's own affair. */
function merged(row: PlanValue, {addresses, roles, sans}: FoundNode): PlanValue {
  const record = isMap(row) ? row : {};
  const own = textsIn(record['roles']);
  return {
    ...record,
    addresses: mergedAddresses(textsIn(record['addresses']), addresses),
    roles:
      roles === undefined
        ? own
        : union(
            roles,
            own.filter((role) => role === 'etcd'),
          ),
    sans: union(
      textsIn(record['sans']),
      sans.filter((name) => name !== record['name']),
    ),
  };
}

/**
 * A machine may have addresses that the source does not know, so they stay beside those that it knows too. But where
 * they agree in none of a family, the row's are of an example or of yesterday, and the source's take their place.
 */
function mergedAddresses(own: readonly string[], found: readonly string[]): readonly string[] {
  const familyOf = (text: string) => parseAddress(text)?.family;
  const known = new Set(own.map((text) => normalizeAddress(text) ?? text));
  const replaced = new Set(
    (['IPv4', 'IPv6'] as const).filter((family) => {
      const of = found.filter((text) => familyOf(text) === family);
      return of.length > 0 && !of.some((text) => known.has(text));
    }),
  );
  const fresh = found.filter((text) => !known.has(text));
  const places = own.flatMap((text) => {
    const family = familyOf(text);
    if (family === undefined || !replaced.has(family)) return [text];
    // The new ones stand where the first of the old ones stood: the first address is advertised.
    const isFirst = own.find((each) => familyOf(each) === family) === text;
    return isFirst ? fresh.filter((each) => familyOf(each) === family) : [];
  });
  return union(places, fresh);
}

/** Names that people give to machines by what runs on them. */
const soundsLike: readonly (readonly [pattern: RegExp, role: NodeRole])[] = [
  [/(^|[-.])etcd/, 'etcd'],
  [
    /^(cp|control|controlplane|master|apiserver|k8s-?cp|kube-?cp)[-.\d]|(^|[-.])(master|control-?plane|cp)([-.\d]|$)/,
    'control-plane',
  ],
];

function rolesFor(name: string, choice: NewRoles): readonly NodeRole[] {
  if (choice !== 'by-name') return [choice];
  return [soundsLike.find(([pattern]) => pattern.test(name))?.[1] ?? 'worker'];
}

function nameIn(row: PlanValue): string {
  const name = isMap(row) ? row['name'] : undefined;
  return typeof name === 'string' ? name : '';
}

function textsIn(value: PlanValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return isList(value) ? value.filter((each) => typeof each === 'string') : [];
}

function union(own: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...own, ...more])];
}

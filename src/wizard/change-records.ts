import {addressIn, normalizeAddress, parseAddress, parseSubnet} from '../base/address.ts';
import {readEndpoint} from '../base/names.ts';
import {emptyPlan, type ClusterPlan} from '../pki/plan.ts';
import type {PlanValue, RecordColumn, Step} from './step.ts';
import {isList, isMap} from './text-form.ts';

/** Changes of a table that a key makes, as values; what comes of them goes through the table's step like typed text. */

type Row = {readonly [key: string]: PlanValue};

/** Rows of a list have an order and may be alike; those of a map are known by their first cell. */
export function hasOrder(step: Step): boolean {
  return isList(step.write(emptyPlan));
}

/** Addresses of the cluster that are no node's. */
export function reservedAddresses({cluster, sans}: ClusterPlan): readonly string[] {
  const endpoint = readEndpoint(cluster.controlPlaneEndpoint ?? '');
  return [...sans.apiserver, ...(endpoint.ok ? [endpoint.host] : [])];
}

export interface DuplicatedRow {
  readonly row: PlanValue;
  readonly name: string;
  /** Addresses that the next free ones of their kind took the place of. */
  readonly addresses: readonly string[];
  /** Addresses beside which no free one was found: the row is without them. */
  readonly without: readonly string[];
}

/**
 * A row like another one, under the next free name: `worker-3` → `worker-4`, each address the next free one of its
 * network. Nothing that belongs to one machine alone is there twice.
 *
 * @param reserved addresses that are taken by something else than a row
 */
export function duplicateRow(
  columns: readonly [RecordColumn, ...RecordColumn[]],
  rows: readonly PlanValue[],
  index: number,
  reserved: readonly string[],
): DuplicatedRow {
  const original = rowAt(rows, index);
  const [naming] = columns;
  const oldName = textIn(original[naming.id]);
  const names = new Set(rows.map((row) => textIn(isMap(row) ? row[naming.id] : undefined).toLowerCase()));
  const name = nextName(oldName, names);
  const taken = new Set(
    [...rows.flatMap((row) => (isMap(row) ? Object.values(row).flatMap(textsIn) : [])), ...reserved].flatMap(
      (text) => normalizeAddress(text) ?? [],
    ),
  );
  const addresses: string[] = [];
  const without: string[] = [];
  const entries = columns.flatMap(({id}): [string, PlanValue][] => {
    const value = original[id];
    if (id === naming.id) return [[id, name]];
    if (value === undefined) return [];
    if (id !== 'addresses' && id !== 'sans') return [[id, value]];
    const items = textsIn(value).flatMap((text): string[] => {
      if (parseAddress(text) === undefined) return id === 'sans' ? renamed(text, oldName, name) : [];
      const free = nextAddress(text, taken);
      if (free === undefined) {
        without.push(text);
        return [];
      }
      taken.add(free);
      if (id === 'addresses') addresses.push(free);
      return [free];
    });
    return [[id, items]];
  });
  return {row: Object.fromEntries(entries), name, addresses, without};
}

/** One row to another place; the others close up. */
export function moveRow<Item>(rows: readonly Item[], from: number, to: number): readonly Item[] {
  const moved = rows[from];
  return moved === undefined || to < 0 || to >= rows.length ? rows : rows.toSpliced(from, 1).toSpliced(to, 0, moved);
}

/** A word of a column of words, on or off; the words keep the order in which the column has them. */
export function toggleWord(column: RecordColumn, row: PlanValue, word: string): PlanValue {
  const record: Row = isMap(row) ? row : {};
  const chosen = textsIn(record[column.id]);
  const wanted = chosen.includes(word) ? chosen.filter((each) => each !== word) : [...chosen, word];
  const known = (column.options ?? []).map(({value}) => value);
  const unknown = wanted.filter((each) => !known.includes(each));
  return {...record, [column.id]: [...known.filter((each) => wanted.includes(each)), ...unknown]};
}

/** Counts up the last number of the name's first part, digits kept: `node-09.rack` → `node-10.rack`; without one it begins at 2. */
export function nextName(name: string, taken: ReadonlySet<string>): string {
  const dot = name.indexOf('.');
  const [label, rest] = dot === -1 ? [name, ''] : [name.slice(0, dot), name.slice(dot)];
  const match = /^(.*?)(\d{1,15})(\D*)$/.exec(label);
  const [before, digits, after] =
    match === null ? [`${label}-`, '1', ''] : [match[1] ?? '', match[2] ?? '', match[3] ?? ''];
  for (let number = Number(digits) + 1; ; number += 1) {
    const next = `${before}${String(number).padStart(digits.length, '0')}${after}${rest}`;
    if (!taken.has(next.toLowerCase())) return next;
  }
}

/** IPv4 stays in its /24, IPv6 in its /112: beyond that it would be a guess. The last one of IPv4 is for broadcasts. */
const near = {IPv4: {prefix: 24, most: 254}, IPv6: {prefix: 112, most: 65_535}} as const;

/** The next address above this one that nobody has, or below it where there is none above. */
export function nextAddress(text: string, taken: ReadonlySet<string>): string | undefined {
  const address = parseAddress(text);
  if (address === undefined) return undefined;
  const {prefix, most} = near[address.family];
  const network = parseSubnet(`${address.text}/${prefix}`);
  if (network === undefined) return undefined;
  const [high = 0, low = 0] = address.bytes.slice(-2);
  const here = address.family === 'IPv4' ? low : high * 256 + low;
  const isFree = (offset: number): string | undefined => {
    const next = addressIn(network, offset)?.text;
    return next === undefined || taken.has(next) ? undefined : next;
  };
  for (let offset = here + 1; offset <= most; offset += 1) {
    const free = isFree(offset);
    if (free !== undefined) return free;
  }
  for (let offset = here - 1; offset >= 1; offset -= 1) {
    const free = isFree(offset);
    if (free !== undefined) return free;
  }
  return undefined;
}

/** A name made of the row's own follows it; any other is somebody else's, and is not there twice. */
function renamed(text: string, oldName: string, name: string): string[] {
  if (text === oldName) return [name];
  return text.startsWith(`${oldName}.`) ? [`${name}${text.slice(oldName.length)}`] : [];
}

function rowAt(rows: readonly PlanValue[], index: number): Row {
  const row = rows[index];
  return isMap(row) ? row : {};
}

function textIn(value: PlanValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function textsIn(value: PlanValue | undefined): string[] {
  if (typeof value === 'string') return [value];
  return isList(value) ? value.filter((each) => typeof each === 'string') : [];
}

import {normalizeAddress} from '../base/address.ts';
import {type Problem, warning} from '../base/problem.ts';
import type {NameOfSubject} from '../x509/extensions.ts';
import type {Held} from './held.ts';
import type {NodeFound} from './inventory.ts';
import {covers, wantedNames} from './wanted-names.ts';

/** Which names a certificate is to have when it is issued again. */
export interface NamesWish {
  /**
   * `keep`: those it has. `needed`: with them, what somebody dials and it lacks. `plan`: those that a plan has for it,
   * and what somebody dials. A certificate that serves nobody keeps its own in any case.
   */
  readonly sans: 'keep' | 'needed' | 'plan';
  readonly addSans: readonly NameOfSubject[];
  readonly removeSans: readonly NameOfSubject[];
  /** What a plan has for a certificate of this node; undefined = there is no plan, or no such certificate in it. */
  readonly planned?: ((held: Held) => readonly NameOfSubject[] | undefined) | undefined;
}

/** One name by where it comes from. */
export interface NameRow {
  readonly name: string;
  /** The name of the certificate that covers it today: itself, or a wildcard. */
  readonly has: string | undefined;
  /** Who dials it; a flag, a kubeconfig's path. */
  readonly neededBy: readonly string[];
  /** The same of the plan; left out where there is none. */
  readonly planned?: string | undefined;
  /** The same of the certificate to come. */
  readonly after: string | undefined;
}

export interface WishedNames {
  readonly sans: readonly NameOfSubject[];
  /** Every name that it has, that is planned, dialled or to come. */
  readonly rows: readonly NameRow[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly isChanged: boolean;
  /** Whether somebody dials what shows it. */
  readonly isServing: boolean;
}

/** @param after instead of what is wished: the names of a certificate that is there already */
export function wishedNames(
  found: NodeFound,
  held: Held,
  wish: NamesWish,
  after?: readonly NameOfSubject[],
): WishedNames {
  const {sans: has, usages} = held.certificate;
  const isServing = usages.includes('server auth');
  const wanted = isServing ? byHost(found, held) : new Map<string, readonly string[]>();
  const planned = isServing ? wish.planned?.(held) : undefined;
  const sans = after ?? namesAfter(has, [...wanted.keys()], planned, {...wish, sans: isServing ? wish.sans : 'keep'});
  const all = unique([...has, ...sans, ...(planned ?? []), ...[...wanted.keys()].map(nameOf)]);
  const [added, removed] = [without(sans, has), without(has, sans)];
  return {
    sans,
    isServing,
    rows: all.map(({value: name}) => ({
      name,
      has: coverOf(has, name),
      neededBy: wanted.get(name) ?? [],
      ...(planned === undefined ? {} : {planned: coverOf(planned, name)}),
      after: coverOf(sans, name),
    })),
    added,
    removed,
    isChanged: added.length + removed.length > 0,
  };
}

/** Whether they change, or would have to by what is dialled or planned. */
export function areNamesOfInterest({rows, isChanged}: WishedNames): boolean {
  return (
    isChanged ||
    rows.some(
      (row) =>
        (row.neededBy.length > 0 && row.after === undefined) ||
        ('planned' in row && (row.planned === undefined) !== (row.after === undefined)),
    )
  );
}

/**
 * What somebody should know of the names before they are made so. `name` and `path` are the certificate's.
 *
 * @param keepsToPlan the names of a plan were wished
 */
export function nameWarnings(
  {name, path, keepsToPlan}: {readonly name: string; readonly path: string; readonly keepsToPlan: boolean},
  {rows, isServing}: WishedNames,
): readonly Problem[] {
  const isPlanned = rows.some((row) => 'planned' in row);
  return [
    ...(keepsToPlan && isServing && !isPlanned
      ? [warning('not-in-plan', path, `the plan has no ${name} for this node, so its names stay`)]
      : []),
    ...rows.flatMap((row) => {
      const {name: host, has, neededBy, planned, after} = row;
      if (neededBy.length === 0) return [];
      const who = neededBy.join(', ');
      if (after !== undefined) {
        return keepsToPlan && isPlanned && planned === undefined
          ? [
              warning(
                'name-not-planned',
                path,
                `the plan has no ${host}, and ${name} gets it all the same: it is dialled by ${who}`,
                'add it to the plan, or change who dials it',
              ),
            ]
          : [];
      }
      return has === undefined
        ? [
            warning(
              'name-missing',
              path,
              `${name} still lacks ${host}, which is dialled by ${who}`,
              'add it: --sans needed, or --add-san',
            ),
          ]
        : [
            warning(
              'name-taken-away',
              path,
              `${name} loses ${host}, which is dialled by ${who}: they will refuse it`,
              'keep the name, or first change who dials it',
            ),
          ];
    }),
  ];
}

function byHost(found: NodeFound, held: Held): ReadonlyMap<string, readonly string[]> {
  const wanted = wantedNames(found, held);
  return new Map(
    [...Map.groupBy(wanted, ({host}) => nameOf(host).value)].map(([host, all]) => [
      host,
      [...new Set(all.map(({by}) => by))],
    ]),
  );
}

/** What it has stays in its order; what comes is behind it. */
function namesAfter(
  has: readonly NameOfSubject[],
  wanted: readonly string[],
  planned: readonly NameOfSubject[] | undefined,
  {sans, addSans, removeSans}: NamesWish,
): readonly NameOfSubject[] {
  const base = sans === 'plan' && planned !== undefined ? planned : has;
  const dialled =
    sans === 'keep'
      ? []
      : wanted
          .filter(
            (host) =>
              !covers(
                base.map(({value}) => value),
                host,
              ),
          )
          .map(nameOf);
  const target = unique(
    [...base, ...dialled].filter((name) => !removeSans.some((other) => isSame(name, other))).concat(addSans),
  );
  const kept = has.filter((name) => target.some((other) => isSame(name, other)));
  return [...kept, ...target.filter((name) => !kept.some((other) => isSame(name, other)))];
}

function coverOf(sans: readonly NameOfSubject[], host: string): string | undefined {
  const same = sans.find((name) => isSame(name, nameOf(host)));
  return (same ?? sans.find(({value}) => covers([value], host)))?.value;
}

function without(names: readonly NameOfSubject[], others: readonly NameOfSubject[]): readonly string[] {
  return names.filter((name) => !others.some((other) => isSame(name, other))).map(({value}) => value);
}

function unique(names: readonly NameOfSubject[]): readonly NameOfSubject[] {
  return names.filter((name, index) => names.findIndex((other) => isSame(name, other)) === index);
}

/** Addresses by their bytes, DNS names whatever their letters' case. */
function isSame(one: NameOfSubject, other: NameOfSubject): boolean {
  return one.type === other.type && plain(one) === plain(other);
}

function plain({value}: NameOfSubject): string {
  return normalizeAddress(value) ?? value.toLowerCase();
}

function nameOf(host: string): NameOfSubject {
  const address = normalizeAddress(host);
  return address === undefined ? {type: 'dns', value: host.toLowerCase()} : {type: 'ip', value: address};
}

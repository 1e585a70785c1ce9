import type {Problem} from '../../src/base/problem.ts';
import type {NodeView, ShownItem} from '../../src/journeys/rotate-services.ts';
import type {HeldCertificate} from '../../src/pki/inventory.ts';

/** A row of the inventory. Whatever is wrong with it, errors first, is with it. */
export type NodeRow = {
  /** Unique on this node. */
  readonly id: string;
  readonly isHeading: false;
  readonly findings: readonly Problem[];
} & (
  | {readonly kind: 'leaf'; readonly item: ShownItem; readonly held: HeldCertificate}
  | {readonly kind: 'authority'; readonly name: string; readonly held: HeldCertificate; readonly copies: number}
  /** Something wrong that belongs to no certificate: a mode, a missing file, a setting. */
  | {readonly kind: 'problem'; readonly path: string}
);

export type LeafRow = NodeRow & {readonly kind: 'leaf'};

export interface Heading {
  readonly id: string;
  readonly isHeading: true;
  readonly title: string;
}

export type TableRow = NodeRow | Heading;

/** Everything that a person sees of a node, problems first, in one list. */
export interface NodeTable {
  readonly rows: readonly NodeRow[];
  /** How many files this user may not read. */
  readonly unreadable: number;
}

export function tableOf({diagnosis, items}: NodeView): NodeTable {
  const {inventory, findings} = diagnosis;
  const left = new Map<string, Problem[]>();
  for (const finding of findings) {
    const known = left.get(finding.at.path);
    if (known === undefined) left.set(finding.at.path, [finding]);
    else known.push(finding);
  }
  /** What is said about a file is told once. */
  const take = (path: string): readonly Problem[] => {
    const paths = [...new Set([path, keyBeside(path)])];
    const found = paths.flatMap((one) => left.get(one) ?? []);
    for (const one of paths) left.delete(one);
    return worstFirst(found);
  };
  const heldAt = new Map(inventory.certificates.map((held) => [`${held.at.path} ${held.fingerprint}`, held] as const));
  const leaves = items.flatMap((item): readonly LeafRow[] => {
    const held = heldAt.get(`${item.path} ${item.fingerprint}`);
    if (held === undefined) return [];
    const id = `leaf ${item.path} ${item.fingerprint}`;
    const found = take(item.path).map((finding) =>
      item.blocked === undefined && isOfDates(finding) && finding.code !== 'not-yet-valid'
        ? {...finding, fix: renewHere}
        : finding,
    );
    return [{kind: 'leaf', id, isHeading: false, item, held, findings: found}];
  });
  const authorities = [
    ...Map.groupBy(
      inventory.certificates.filter(({isAuthority}) => isAuthority),
      ({fingerprint}) => fingerprint,
    ).values(),
  ].flatMap((same): readonly NodeRow[] => {
    const held = same.find(({at}) => at.entry === undefined) ?? same[0];
    if (held === undefined) return [];
    return [
      {
        kind: 'authority',
        id: `authority ${held.fingerprint}`,
        isHeading: false,
        name: held.id ?? held.subject.text,
        held,
        copies: same.length - 1,
        findings: take(held.at.path),
      },
    ];
  });
  const others = [...left].map(([path, found]): NodeRow => ({
    kind: 'problem',
    id: `problem ${path}`,
    isHeading: false,
    path,
    findings: worstFirst(found),
  }));
  return {
    rows: [...others.toSorted(byWorst), ...leaves.toSorted(byWorst), ...authorities.toSorted(byWorst)],
    unreadable: inventory.files.filter(({state}) => state === 'not permitted').length,
  };
}

/** Whoever stands before it here needs no other tool for it. */
const renewHere = 'renew it here: what is chosen gets new dates';

/** Words that a filter looks for, all of which have to be there. */
export function shownRows({rows}: NodeTable, filter: string): readonly TableRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const meant = words.length === 0 ? rows : rows.filter((row) => holdsAll(textOf(row), words));
  return groups.flatMap(([kind, title]): readonly TableRow[] => {
    const group = meant.filter((row) => row.kind === kind);
    return group.length === 0 ? [] : [{id: kind, isHeading: true, title: title(group.length)}, ...group];
  });
}

const groups = [
  ['problem', (amount: number) => `Problems beside the certificates ${amount}`],
  ['leaf', (amount: number) => `Certificates ${amount}`],
  ['authority', (amount: number) => `Authorities ${amount}`],
] as const;

export function nameOfRow(row: NodeRow): string {
  switch (row.kind) {
    case 'leaf':
      return row.item.name;
    case 'authority':
      return row.name;
    case 'problem':
      return row.path;
    default:
      return row satisfies never;
  }
}

/** What the dates themselves say already. */
export function isOfDates({code}: Problem): boolean {
  return code === 'expired' || code === 'expiring' || code === 'not-yet-valid';
}

/** The code of a finding in words: `key does not match`. */
export function shortFinding({code}: Problem): string {
  return code.replaceAll('-', ' ');
}

/** Whether it can take names: somebody calls it by them. */
export function takesNames({held, item}: LeafRow): boolean {
  return item.blocked === undefined && held.usages.includes('server auth');
}

function holdsAll(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}

function textOf(row: NodeRow): string {
  const found = row.findings.map((finding) => `${shortFinding(finding)} ${finding.message}`);
  if (row.kind === 'problem') return [row.path, ...found].join('\n');
  const {at, subject, issuer, serial, sans, users} = row.held;
  const by = users.map(({component}) => component);
  return [nameOfRow(row), at.path, subject.text, issuer, serial, ...sans, ...by, ...found].join('\n');
}

function worstFirst(findings: readonly Problem[]): readonly Problem[] {
  return findings.toSorted((one, other) => weight(one) - weight(other));
}

function weight({severity}: Problem): number {
  return severity === 'error' ? 0 : 1;
}

/** Errors, then warnings, then what is well; among equals the one that ends first. */
function byWorst(one: NodeRow, other: NodeRow): number {
  const worst = ({findings: [first]}: NodeRow): number => (first === undefined ? 2 : weight(first));
  return worst(one) - worst(other) || endOf(one) - endOf(other);
}

function endOf(row: NodeRow): number {
  return row.kind === 'problem' ? 0 : row.held.notAfter.getTime();
}

/** A key beside its certificate: what is wrong with one concerns both. */
function keyBeside(path: string): string {
  return path.replace(/\.(?:crt|pem)$/, '.key');
}

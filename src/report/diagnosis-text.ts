import {widthOf} from '../base/cells.ts';
import {tameLine} from '../base/tame.ts';
import type {Problem} from '../base/problem.ts';
import type {ComponentId} from '../pki/blueprint-types.ts';
import {startingOrder} from '../pki/components.ts';
import type {Diagnosis, HeldAt} from '../pki/inventory.ts';
import {type Shown, shownCertificates} from './shown-certificates.ts';
import {type Column, tableLines} from './table.ts';
import {lifetimeText, timeText} from './times.ts';
import {count} from './words.ts';

/**
 * `certwright check` for people: what is wrong first, then leaves with the one that ends first on top, then authorities.
 *
 * @param width of the terminal; a wider table becomes a list
 */
export function diagnosisLines({inventory, findings, state}: Diagnosis, now: Date, width?: number): string[] {
  const {leaves, authorities} = shownCertificates(inventory);
  const ids = new Map(authorities.map(({at, id, subject}) => [placeKey(at), id ?? subject.text]));
  return [
    ...findings.flatMap((finding) => [...findingLines(finding), '']),
    ...fittingTable(leafColumns(now, ids), leaves, width),
    ...(leaves.length === 0 ? [] : ['']),
    ...fittingTable(authorityColumns(now, ids), authorities, width),
    ...(authorities.length === 0 ? [] : ['']),
    ...summaryLines({inventory, findings, state}, now),
  ].map(tameLine);
}

/** `error: what is wrong`, then what mends it; the file first where the sentence does not name it. */
function findingLines({severity, message, at, fix}: Problem): string[] {
  const place = at.path === '' || message.includes(at.path) ? '' : `${at.path}: `;
  return [`${severity}: ${place}${message}`, ...(fix === undefined ? [] : [`  ${fix}`])];
}

/** Who uses it is the first to go where there is little room; then the table becomes a list, with everything again. */
function fittingTable(columns: readonly Column<Shown>[], rows: readonly Shown[], width?: number): string[] {
  const narrower = tableLines(
    columns.filter(({heading}) => heading !== usedBy),
    rows,
  );
  const isWide = width === undefined || tableLines(columns, rows).every((line) => widthOf(line) <= width);
  const fits = width === undefined || narrower.every((line) => widthOf(line) <= width);
  return !isWide && fits ? narrower : tableLines(columns, rows, width);
}

const usedBy = 'USED BY';

function leafColumns(now: Date, ids: AuthorityIds): readonly Column<Shown>[] {
  return [
    {heading: 'CERTIFICATE', cell: (row) => row.id ?? row.subject.text},
    {heading: 'ENDS', cell: ({notAfter}) => timeText(notAfter).slice(0, 10)},
    {heading: 'STATE', cell: ({notBefore, notAfter}) => lifetimeText(notBefore, notAfter, now)},
    {heading: 'SIGNED BY', cell: (row) => signerText(row, ids)},
    {heading: usedBy, cell: ({users}) => [...new Set(users.map(({component}) => component))].join(', ') || '-'},
    {heading: 'WHERE', cell: ({at, copies}) => whereText(at, copies)},
  ];
}

function authorityColumns(now: Date, ids: AuthorityIds): readonly Column<Shown>[] {
  return [
    {heading: 'AUTHORITY', cell: (row) => row.id ?? row.subject.text},
    {heading: 'ENDS', cell: ({notAfter}) => timeText(notAfter).slice(0, 10)},
    {heading: 'STATE', cell: ({notBefore, notAfter}) => lifetimeText(notBefore, notAfter, now)},
    {heading: 'SIGNED BY', cell: (row) => signerText(row, ids)},
    {heading: 'WHERE', cell: ({at, copies}) => whereText(at, copies)},
  ];
}

function placeKey({path, place, entry}: HeldAt): string {
  return `${path} ${place} ${entry?.name ?? ''}`;
}

/** What an authority is called, by where it lies. */
type AuthorityIds = ReadonlyMap<string, string>;

function signerText({signedBy, at, issuer}: Shown, ids: AuthorityIds): string {
  if (signedBy === undefined) return `${issuer}, not here`;
  return signedBy === at ? 'itself' : (ids.get(placeKey(signedBy)) ?? signedBy.path);
}

function whereText({path, entry}: HeldAt, copies: readonly HeldAt[]): string {
  const where = entry?.kind === 'cluster' ? `${path} (cluster ${entry.name})` : path;
  return copies.length === 0 ? where : `${where} and ${count(copies.length, 'copy', 'copies')}`;
}

function summaryLines({inventory, findings, state}: Diagnosis, now: Date): string[] {
  const {leaves, authorities} = shownCertificates(inventory);
  const [first] = leaves;
  const errors = findings.filter(({severity}) => severity === 'error').length;
  const {served} = inventory;
  const components = namesOf(inventory);
  return [
    `${count(leaves.length, 'certificate')}, ${count(authorities.length, 'authority', 'authorities')}; components: ${components.join(', ') || 'none'}.`,
    ...lackLines(components),
    ...(first === undefined
      ? []
      : [
          `The first to end: ${first.id ?? first.subject.text}, ${timeText(first.notAfter)} (${lifetimeText(first.notBefore, first.notAfter, now)}).`,
        ]),
    ...(served === undefined
      ? []
      : [`Ports that answered: ${served.map(({component, port}) => `${component} ${port}`).join(', ') || 'none'}.`]),
    ...(first === undefined ? [] : ['Serial number, names and usages of one: certwright inspect FILE']),
    {
      ok: `${wellWords(inventory)}.`,
      warning: `Nothing is broken; ${count(findings.length, 'warning')} above.`,
      unknown: 'Not all of it could be looked at: run it again with sudo.',
      critical: `${count(errors, 'problem')} above${findings.length > errors ? `, and ${count(findings.length - errors, 'warning')}` : ''}.`,
    }[state],
  ];
}

/** A machine of a cluster has one of these; what has neither is a part that stands alone, or not all of it was found. */
const usual: readonly ComponentId[] = ['kube-apiserver', 'kubelet'];

function isPart(components: readonly ComponentId[]): boolean {
  return !components.some((each) => usual.includes(each));
}

/** What was looked for and is not there, where that may surprise. */
function lackLines(components: readonly ComponentId[]): string[] {
  if (!isPart(components)) return [];
  const lacking = startingOrder.filter((each) => !components.includes(each)).join(', ');
  if (components.length === 0) {
    return [`Looked for in units and static pods, and not found: ${lacking}. Who reads these files is not known.`];
  }
  const isHostOfEtcd = components.every((each) => each === 'etcd');
  return [`Looked for, and not found: ${lacking}.${isHostOfEtcd ? ' That is right for a host of etcd alone.' : ''}`];
}

/** What can be said of a node of which nothing is wrong: no more than of what was found. */
export function wellWords(inventory: Pick<Diagnosis['inventory'], 'components'>): string {
  const components = namesOf(inventory);
  if (components.length === 0) return 'Nothing is wrong with the files themselves';
  return isPart(components) ? `All is well with ${components.join(', ')}` : 'All is well';
}

function namesOf({components}: Pick<Diagnosis['inventory'], 'components'>): readonly ComponentId[] {
  return [...new Set(components.map(({component}) => component))];
}

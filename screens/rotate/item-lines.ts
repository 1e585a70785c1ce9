import {certificateRows} from '../../src/pki/certificates.ts';
import type {HeldAt, HeldCertificate} from '../../src/pki/inventory.ts';
import {serialInDecimal, timeText} from '../../src/report/times.ts';
import {count, usagesText} from '../../src/report/words.ts';
import type {Layout} from '../layout.ts';
import type {Fact} from '../parts/facts.ts';
import {factLines} from '../parts/facts.ts';
import {placeInList} from '../parts/list-state.ts';
import type {Line} from '../parts/text.ts';
import {blank, line, paragraph, sentence, shorten, span} from '../parts/text.ts';
import {visibleText} from '../parts/visible-text.ts';
import type {Glyphs} from '../theme.ts';
import {findingLines} from './finding-lines.ts';
import type {Painted} from '../parts/page.tsx';
import {endWords} from './lifetime.ts';
import {nameOfRow, takesNames, type LeafRow, type NodeRow} from './node-rows.ts';
import type {RotatePlace, RotateState} from './rotate-state.ts';
import {lifeBar} from './row-lines.ts';
import {chosenNames, wishedNames, type WishedName} from './wish.ts';

/** All about a row of the inventory: what is wrong first, then what it is, and why it is there. */
export function itemLines(
  rotate: RotateState,
  row: NodeRow,
  width: number,
  now: Date,
  glyphs: Glyphs,
): readonly Line[] {
  const wrong = row.findings.length === 0 ? [] : [blank, ...findingLines(row.findings, width, glyphs)];
  if (row.kind === 'problem') return [...paragraph(row.path, width, 'title'), ...wrong];
  const {held} = row;
  return [
    [span(nameOfRow(row), 'title'), span('  '), ...lifeBar(held, 12, now, glyphs), span(`  ${endWords(held, now)}`)],
    ...paragraph(sentence(whyOf(row)), width, 'quiet'),
    ...(row.kind === 'leaf' ? fateLines(rotate, row, width, glyphs) : []),
    ...wrong,
    blank,
    ...factLines([...placeFacts(row), ...foremostFacts(held, now), ...certificateFacts(held)], width),
  ];
}

/** Whether it is renewed, and with which other names. */
function fateLines({node, choice}: RotateState, row: LeafRow, width: number, glyphs: Glyphs): readonly Line[] {
  const {blocked, name} = row.item;
  if (blocked !== undefined) {
    return [
      blank,
      ...paragraph(sentence(`not renewed here: ${blocked.why}`), width),
      ...paragraph(sentence(blocked.wayOn), width, 'plain', 2),
    ];
  }
  const isChosen = node !== undefined && chosenNames(node.view, choice).has(name);
  const others = wishedNames(row.held.sans, choice, name).filter(({state}) => state !== 'stays');
  return [
    blank,
    [
      span(`${isChosen ? glyphs.on : glyphs.off} `, isChosen ? 'accent' : 'quiet'),
      span(isChosen ? 'Chosen: it is renewed.' : 'Not chosen: it stays as it is.', isChosen ? 'accent' : 'plain'),
    ],
    ...others.map((one): Line => [
      span(`  ${signOf(one)} ${one.value}`),
      span(isChosen ? '' : '  (once it is chosen)', 'quiet'),
    ]),
  ];
}

function whyOf(row: NodeRow & {readonly kind: 'leaf' | 'authority'}): string {
  if (row.kind === 'authority')
    return 'an authority: whoever trusts it accepts what it has signed; it is not renewed here';
  const known = certificateRows.find(({id}) => id === row.held.id);
  return known?.why ?? 'a certificate that no part of Kubernetes is known to need';
}

function placeFacts(row: NodeRow & {readonly kind: 'leaf' | 'authority'}): readonly Fact[] {
  const {at, signedBy, issuer} = row.held;
  const isOwn = signedBy !== undefined && signedBy.path === at.path && signedBy.place === at.place;
  return [
    {label: 'File', text: placeWords(at)},
    ...(row.kind === 'authority' && row.copies > 0
      ? [{label: 'Copies', text: `${count(row.copies, 'more place', 'more places')} of this node`}]
      : []),
    {
      label: 'Signed by',
      text: signedBy === undefined ? `${issuer}, which is not on this node` : isOwn ? 'itself' : placeWords(signedBy),
    },
  ];
}

/** What one looks for first. */
function foremostFacts(held: HeldCertificate, now: Date): readonly Fact[] {
  const isServing = held.usages.includes('server auth');
  return [
    {label: 'Ends', text: `${timeText(held.notAfter)} (${endWords(held, now)})`},
    ...(held.sans.length > 0 || isServing
      ? [{label: 'Names', text: held.sans.length === 0 ? 'none' : held.sans.join(', ')}]
      : []),
    ...userFacts(held),
  ];
}

function certificateFacts(held: HeldCertificate): readonly Fact[] {
  return [
    {label: 'Subject', text: held.subject.text},
    {label: 'Issuer', text: held.issuer},
    {label: 'For', text: held.usages.length === 0 ? 'signing' : usagesText(held.usages)},
    {label: 'Key', text: held.key},
    {label: 'Begins', text: timeText(held.notBefore)},
    {label: 'Serial', text: held.serial},
    {label: 'in decimal', text: serialInDecimal(held.serial)},
  ];
}

/** By component, with the flags that name the file. */
function userFacts({users}: HeldCertificate): readonly Fact[] {
  const byComponent = [...Map.groupBy(users, ({component}) => component)];
  if (byComponent.length === 0) return [{label: 'Used by', text: 'no component of this node'}];
  return byComponent.map(([component, uses], index) => ({
    label: index === 0 ? 'Used by' : '',
    text: `${component}: ${[...new Set(uses.map(({flag}) => flag))].join(', ')}`,
  }));
}

function placeWords({path, place, entry}: HeldAt): string {
  const part = place === 0 ? '' : `, certificate ${place + 1} of the file`;
  return entry === undefined ? `${path}${part}` : `${path} (${entry.kind} ${entry.name}${part})`;
}

export function canTakeNames(row: NodeRow): row is LeafRow {
  return row.kind === 'leaf' && takesNames(row);
}

/** The names, each with what becomes of it, and the field for one more in the last row. */
export function namesLines(
  rotate: RotateState,
  place: RotatePlace & {readonly at: 'names'},
  layout: Layout,
  glyphs: Glyphs,
): Painted {
  const {width} = layout;
  const {row, list, field, fault} = place;
  const names = wishedNames(row.held.sans, rotate.choice, row.item.name);
  const height = namesListHeight(layout, row);
  const window = placeInList(list, list.cursor, names.length + 1, height);
  const isTyping = list.cursor === names.length;
  const shown = visibleText(field, width - label.length - 3, glyphs);
  const rows = [...names, undefined].slice(window.top, window.top + height).map((name, index): Line => {
    const isHere = window.top + index === window.cursor;
    if (name === undefined)
      return [
        span(`${isHere ? glyphs.bar : ' '} `, 'accent'),
        span(label, isHere ? 'accent' : 'plain'),
        span(shown.text),
      ];
    return [
      span(isHere ? `${glyphs.pointer} ` : '  ', 'accent'),
      span(`${signOf(name)} `),
      span(shorten(name.value, width - 16, glyphs), isHere ? 'accent' : 'plain'),
      span(name.state === 'stays' ? '' : `  ${name.state}`, 'quiet'),
    ];
  });
  const told = fault === undefined ? [] : paragraph(`${glyphs.wrong} ${sentence(fault)}`, width, 'bad', 2);
  const head = namesHead(row, width);
  return {
    lines: [...head, ...rows, ...told],
    caret: isTyping
      ? {row: head.length + window.cursor - window.top, column: 2 + label.length + shown.column}
      : undefined,
  };
}

const label = 'One more  ';
/** Rows for why a name cannot be taken. */
const faultRows = 3;

function namesHead(row: LeafRow, width: number): readonly Line[] {
  return [
    line(`Names of ${row.item.name}`, 'title'),
    ...paragraph('Whoever dials a name that is not here refuses it. A renewal changes them.', width, 'quiet'),
    blank,
  ];
}

export function namesListHeight({height, width}: Layout, row: LeafRow): number {
  return Math.max(3, height - namesHead(row, width).length - faultRows);
}

function signOf({state}: WishedName): string {
  switch (state) {
    case 'stays':
      return ' ';
    case 'added':
      return '+';
    case 'removed':
      return '-';
    default:
      return state satisfies never;
  }
}

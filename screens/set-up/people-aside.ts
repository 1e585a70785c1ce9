import {knownGroups, meaningOfGroup} from '../../src/pki/groups.ts';
import type {ClusterPlan} from '../../src/pki/plan.ts';
import {dayAfter} from '../../src/report/compared-options.ts';
import type {Line} from '../parts/text.ts';
import {blank, line, pad, paragraph, span, wrap} from '../parts/text.ts';
import type {Tools} from '../services.ts';
import type {AsideTopic} from './asides.ts';

/** What people and tokens may do: nobody who sees `system:masters` for the first time can guess it. */
export function peopleLines(
  {step, row, editor}: AsideTopic,
  plan: ClusterPlan,
  tools: Tools,
  width: number,
): readonly Line[] {
  if (step === undefined) return [];
  if (step.id !== 'users') return tokenLines(plan, tools.now(), width);
  const user =
    editor === undefined
      ? plan.users[row ?? -1]
      : {name: textOf(editor.cells[0]?.text), groups: itemsOf(editor.cells[1]?.text)};
  if (user === undefined || (user.name === '' && user.groups.length === 0)) return knownLines(width);
  const who = user.name === '' ? 'Whoever this is' : user.name;
  if (user.groups.length === 0) {
    return [
      line(`What ${who} may do`, 'title'),
      ...paragraph(
        `Nothing yet: ${who} is known to RBAC by name alone, and no binding names it. Bind it, or give it groups.`,
        width,
      ),
      blank,
      ...knownLines(width),
    ];
  }
  return [
    line(`What ${who} may do, by group`, 'title'),
    ...user.groups.flatMap((group) => groupLines(group, width)),
    ...paragraph('system:authenticated is added to everybody who logs in.', width, 'quiet'),
  ];
}

function textOf(cell: string | undefined): string {
  return cell?.trim() ?? '';
}

function itemsOf(cell: string | undefined): readonly string[] {
  return textOf(cell)
    .split(/[\s,;]+/)
    .filter((item) => item !== '');
}

function knownLines(width: number): readonly Line[] {
  return [
    line('Groups that mean something by themselves', 'title'),
    ...knownGroups.flatMap((group) => groupLines(group, width)),
    ...paragraph(
      'Any other name is a group of your own, such as read-only: a binding says what it may do.',
      width,
      'quiet',
    ),
  ];
}

const nameWidth = 24;

function groupLines(group: string, width: number): readonly Line[] {
  const {kind, text} = meaningOfGroup(group);
  const as = kind === 'everything' || kind === 'reserved' ? 'warn' : 'plain';
  const isLong = group.length >= nameWidth;
  const reasons = wrap(text, Math.max(16, width - nameWidth));
  const beside = reasons.map((reason, index): Line => [
    span(pad(index === 0 && !isLong ? group : '', nameWidth), as),
    span(reason, 'quiet'),
  ]);
  return isLong ? [line(group, as), ...beside] : beside;
}

function tokenLines({bootstrap: {token}}: ClusterPlan, now: Date, width: number): readonly Line[] {
  const end =
    token.ttl === 0
      ? 'It never ends, until somebody deletes it;'
      : `Made today, it ends on ${dayAfter(now, token.ttl)} and the cluster deletes it;`;
  return [
    line('What the token opens', 'title'),
    ...paragraph('Whoever has it can join a node: it may ask for the client certificate of any kubelet.', width),
    ...paragraph(`${end} nodes that have joined keep their certificates.`, width, 'quiet'),
  ];
}

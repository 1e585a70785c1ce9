import type {ConnectionEnd, PlannedIntrusion} from '../pki/blueprint-types.ts';
import type {JudgedConnection, JudgedIntrusion, Proof, Verdict} from '../pki/verdict.ts';
import type {TextGlyphs} from './text-glyphs.ts';
import {describeProblem} from './failures.ts';
import {connectionDetails} from './proof-details.ts';
import {someOf, tableLines, type Column} from './table.ts';
import {hostAndPort} from './thing-words.ts';
import {count, subjectText} from './words.ts';

/**
 * `certwright verify`: what is wrong with files, what failed and why, then every other connection and every door with a
 * reason a row.
 *
 * @param proved what was proved, in the words that `certwright verify` is told it with: `demo`, or `--root` and a folder
 */
export function proofLines(proof: Proof, glyphs: TextGlyphs, proved: readonly string[]): string[] {
  const others = connectionLines(groupsOf(proof.connections.filter(({verdict}) => verdict.kind !== 'failed')), glyphs);
  return [
    ...proof.findings.flatMap((finding) => describeProblem(finding).split('\n')),
    ...(proof.findings.length === 0 ? [] : ['']),
    ...failureLines(proof.connections, glyphs, proved),
    ...others,
    ...(others.length === 0 ? [] : ['']),
    ...intrusionLines(proof.intrusions, glyphs),
    ...(proof.intrusions.length === 0 ? [] : ['']),
    ...proofSummary(proof),
  ];
}

/** What failed, and the numbers; what `issue` prints at its end. */
export function proofDigest(proof: Proof, glyphs: TextGlyphs, proved: readonly string[]): string[] {
  const wrong: Proof = {
    ...proof,
    connections: proof.connections.filter(({verdict}) => verdict.kind === 'failed'),
    intrusions: proof.intrusions.filter(
      ({intrusion, outcome}) => outcome !== 'refused' || intrusion.expected !== 'refused',
    ),
  };
  const lines = proofLines(wrong, glyphs, proved).slice(0, -proofSummary(wrong).length);
  return [...lines.filter((line, index) => line !== '' || index > 0), ...proofSummary(proof)];
}

/** `45 connections: 40 proved (38 mutual, 2 server + token), 5 unverified by design`, and the doors. */
function proofSummary({findings, connections, intrusions, state}: Proof): string[] {
  const errors = findings.filter(({severity}) => severity === 'error').length;
  const refused = intrusions.filter(({outcome}) => outcome === 'refused').length;
  const letIn = intrusions.filter(({outcome}) => outcome === 'let-in').length;
  return [
    `Files: ${errors === 0 ? 'nothing is wrong' : count(errors, 'error')}${warningsOf(findings.length - errors)}.`,
    `Connections: ${tally(connections.map(({verdict}) => tallyWord(verdict)))}.`,
    ...(intrusions.length === 0
      ? []
      : [`Doors: ${refused} shut${letIn === 0 ? '' : `, ${letIn} that let someone in`}.`]),
    {
      ok: 'All is well.',
      warning: 'All works; see the warnings.',
      critical: 'Something does not work.',
      unknown: 'Not all of it could be looked at: run it again with sudo.',
    }[state],
  ];
}

function warningsOf(warnings: number): string {
  return warnings === 0 ? '' : `, ${count(warnings, 'warning')}`;
}

/** The best first. */
const tallyOrder = [
  'proved (mutual)',
  'proved (server + token)',
  'proved (server only)',
  'unverified by design',
  'not provable from files',
  'failed',
] as const;

function tally(words: readonly string[]): string {
  const counted = tallyOrder.map((word) => ({word, times: words.filter((one) => one === word).length}));
  const parts = counted.filter(({times}) => times > 0).map(({word, times}) => `${times} ${word}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

function tallyWord(verdict: Verdict): (typeof tallyOrder)[number] {
  switch (verdict.kind) {
    case 'proved':
      return `proved (${verdict.how})`;
    case 'unverified-by-design':
      return 'unverified by design';
    case 'not-provable':
      return 'not provable from files';
    case 'failed':
      return 'failed';
    default:
      return verdict satisfies never;
  }
}

interface ConnectionGroup {
  readonly id: string;
  readonly verdict: Verdict;
  readonly all: readonly JudgedConnection[];
}

/** Connections of one kind with one verdict for one reason share a row, however many nodes there are. */
function groupsOf(connections: readonly JudgedConnection[]): readonly ConnectionGroup[] {
  const alike = ({connection, verdict}: JudgedConnection): string =>
    [connection.id, verdictWord(verdict), verdict.why, verdict.kind === 'failed' ? verdict.said : ''].join('\n');
  return [...Map.groupBy(connections, alike).values()].flatMap((all): ConnectionGroup[] => {
    const [first] = all;
    return first === undefined ? [] : [{id: first.connection.id, verdict: first.verdict, all}];
  });
}

/** So many connections that failed alike are named one by one. */
const mostAlike = 8;

/**
 * What failed is told in full: both sides' words, the likely cause, what to do, and the files to look at. What failed
 * for one reason is told once, with everybody whom it hit.
 */
function failureLines(
  connections: readonly JudgedConnection[],
  glyphs: TextGlyphs,
  proved: readonly string[],
): string[] {
  const alike = ({verdict}: JudgedConnection): string =>
    verdict.kind === 'failed' ? [verdictWord(verdict), verdict.why, wordsOf(verdict.said)].join('\n') : '';
  const failed = Map.groupBy(
    connections.filter(({verdict}) => verdict.kind === 'failed'),
    alike,
  );
  return [...failed.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    const groups = unique(groupsOf(all).map(({all: group}) => `  - ${endsText(group, glyphs)}`));
    const {facts} = connectionDetails(first.connection, first.verdict, proved);
    return [
      `${verdictWord(first.verdict)}: ${endsText([first], glyphs)}`,
      // The heading has said it.
      ...facts
        .filter(({label}) => label !== 'Verdict')
        .map(({label, text}) => `  ${`${label}:`.padEnd(labelWidth)}${text}`),
      ...(all.length === 1
        ? []
        : [
            `  For the same reason, ${all.length} in all:`,
            ...groups.slice(0, mostAlike),
            ...(groups.length > mostAlike ? [`  - and ${groups.length - mostAlike} kinds more`] : []),
          ]),
      '',
    ];
  });
}

/** What was said, without who said it. */
function wordsOf(said: string): string {
  return said.replaceAll(/\b(caller|provider) \S+: /g, '$1: ');
}

/** Cells of the longest label with its colon, and a space. */
const labelWidth = 14;

function connectionLines(groups: readonly ConnectionGroup[], glyphs: TextGlyphs): string[] {
  const columns: readonly Column<ConnectionGroup>[] = [
    {heading: 'VERDICT', cell: ({verdict}) => verdictWord(verdict)},
    {
      heading: 'CONNECTION',
      cell: ({all}) => endsText(all, glyphs),
    },
    {
      heading: 'AT',
      cell: ({all}) => someOf(unique(all.map(({connection}) => hostAndPort(connection))), glyphs.ellipsis, 1),
    },
    {heading: 'WHY', cell: ({verdict}) => verdict.why},
  ];
  return tableLines(columns, groups, glyphs.width);
}

/** `kube-apiserver on cp-1 … cp-3 (3) → etcd on cp-1 … cp-3 (3)`. */
function endsText(all: readonly JudgedConnection[], {ellipsis, arrow}: TextGlyphs): string {
  const [callers, providers] = [
    all.map(({connection}) => connection.caller),
    all.map(({connection}) => connection.provider),
  ];
  return `${someEnds(callers, ellipsis)} ${arrow} ${someEnds(providers, ellipsis)}`;
}

function intrusionLines(intrusions: readonly JudgedIntrusion[], {ellipsis, width}: TextGlyphs): string[] {
  const alike = (judged: JudgedIntrusion): string =>
    [judged.intrusion.id, outcomeWord(judged), judged.intrusion.why].join('\n');
  const groups = [...Map.groupBy(intrusions, alike).values()].flatMap((all) => {
    const [first] = all;
    return first === undefined ? [] : [{first, all}];
  });
  return tableLines(
    [
      {heading: 'DOOR', cell: ({first}) => outcomeWord(first)},
      {
        heading: 'WHO TRIES',
        cell: ({all}) => someOf(unique(all.map(({intrusion}) => intruder(intrusion))), ellipsis, 1),
      },
      {
        heading: 'AT',
        cell: ({all}) =>
          someEnds(
            all.map(({intrusion}) => intrusion.provider),
            ellipsis,
          ),
      },
      {heading: 'WHY', cell: ({first}) => first.intrusion.why},
    ],
    groups,
    width,
  );
}

/** `kubelet on cp-1`, `kubelet on worker-1 … worker-9 (9)`. */
function someEnds(ends: readonly ConnectionEnd[], ellipsis: string): string {
  const components = unique(ends.map(({component}) => component)).join(', ');
  const nodes = unique(ends.flatMap(({node}) => node ?? []));
  return nodes.length === 0 ? components : `${components} on ${someOf(nodes, ellipsis, 2)}`;
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}

/** What became of a connection, in the words that every output uses. */
function verdictWord(verdict: Verdict): string {
  return verdict.kind === 'failed' ? `FAILED: the ${verdict.side} refuses` : tallyWord(verdict);
}

function outcomeWord({intrusion, outcome}: JudgedIntrusion): string {
  const isExpected = outcome === intrusion.expected;
  switch (outcome) {
    case 'refused':
      return isExpected ? 'refused' : 'refused, though let in was expected';
    case 'let-in':
      return isExpected ? 'let in: this topology allows it' : 'LET IN, though it must be refused';
    case 'not-tried':
      return 'not tried';
    default:
      return outcome satisfies never;
  }
}

function intruder({shows}: PlannedIntrusion): string {
  if ('certificate' in shows) return shows.withChain ? `${shows.certificate} with its chain` : shows.certificate;
  return 'stranger' in shows ? `a stranger as ${subjectText(shows.stranger)}` : 'nobody (no certificate)';
}

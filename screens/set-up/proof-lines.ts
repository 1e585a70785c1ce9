import type {Blueprint, PlannedIntrusion} from '../../src/pki/blueprint-types.ts';
import type {JudgedIntrusion, Verdict} from '../../src/pki/verdict.ts';
import {subjectText} from '../../src/report/words.ts';
import type {Layout} from '../layout.ts';
import type {Fact} from '../parts/facts.ts';
import {factLines} from '../parts/facts.ts';
import type {Line} from '../parts/text.ts';
import {cell, line, paragraph, sentence, shorten, span, widthOf} from '../parts/text.ts';
import type {GlyphName, Glyphs, Role} from '../theme.ts';
import {connectionTitle, endWord, hostAndPort} from '../../src/report/thing-words.ts';
import type {Run} from './run-state.ts';
import {connectionKey, tallyOf} from './run-state.ts';

/** Rows above and below the list: summary, tabs, rule and the details of the row under the cursor. */
const aboveList = 4;
const detailRows = 5;

export function proofListHeight({height}: Layout): number {
  return Math.max(3, height - aboveList - 1 - detailRows);
}

export function proofDetailHeight(layout: Layout): number {
  return Math.max(1, layout.height - aboveList - 1 - proofListHeight(layout));
}

/** What became of a connection, in the words that every output of Certwright uses. */
function verdictWord(verdict: Verdict | undefined): {
  readonly word: string;
  readonly as: Role;
  readonly glyph: GlyphName;
} {
  switch (verdict?.kind) {
    case undefined:
      return {word: 'waiting', as: 'quiet', glyph: 'todo'};
    case 'proved':
      return {word: `proved (${verdict.how})`, as: 'good', glyph: 'done'};
    case 'unverified-by-design':
      return {word: 'unverified by design', as: 'warn', glyph: 'separator'};
    case 'not-provable':
      return {word: 'not provable from files', as: 'quiet', glyph: 'separator'};
    case 'failed':
      return {word: `failed at the ${verdict.side}`, as: 'bad', glyph: 'wrong'};
    default:
      return verdict satisfies never;
  }
}

/** What became of an attempt that should have been refused, or was known to succeed. */
function doorWord(
  planned: PlannedIntrusion,
  judged: JudgedIntrusion | undefined,
): {readonly word: string; readonly as: Role; readonly glyph: GlyphName} {
  if (judged === undefined) return {word: 'waiting', as: 'quiet', glyph: 'todo'};
  if (judged.outcome === 'not-tried') return {word: 'not tried', as: 'warn', glyph: 'warning'};
  const isExpected = judged.outcome === planned.expected;
  if (judged.outcome === 'refused') {
    return isExpected
      ? {word: 'refused', as: 'good', glyph: 'done'}
      : {word: 'refused, unexpectedly', as: 'warn', glyph: 'warning'};
  }
  return isExpected
    ? {word: 'let in, as planned', as: 'warn', glyph: 'warning'}
    : {word: 'let in, must be refused', as: 'bad', glyph: 'wrong'};
}

/** Who tries: `cp-1/kubelet-client`, `a stranger (CN=…)`, `no certificate`. */
function intruder({shows}: PlannedIntrusion): string {
  if ('certificate' in shows) return shows.certificate;
  return 'stranger' in shows ? `a stranger as ${subjectText(shows.stranger)}` : 'nobody, without a certificate';
}

/** What a row says before its verdict, and how wide the parts of all rows are. */
export interface ProofRows {
  readonly rows: readonly (readonly [what: string, where: string])[];
  readonly widths: readonly number[];
}

/** Cells of the longest verdict that is usual; the rare longer ones are cut, and told in full in the details. */
const verdictWidth = 24;

export function proofRows(blueprint: Blueprint | undefined, shown: 'connections' | 'doors', width: number): ProofRows {
  const rows =
    shown === 'connections'
      ? (blueprint?.connections ?? []).map((one) => [connectionTitle(one), hostAndPort(one)] as const)
      : (blueprint?.intrusions ?? []).map((one) => [intruder(one), `${one.provider.component}:${one.port}`] as const);
  const widest = (part: 0 | 1): number => rows.reduce((most, row) => Math.max(most, widthOf(row[part])), 0);
  const room = width - 4 - verdictWidth;
  // Names of connections say more than their ports; doors are told apart by theirs. In a narrow terminal only the
  // details say where.
  const least = room < 40 ? 0 : shown === 'connections' ? 17 : 21;
  const what = Math.min(widest(0) + 2, room - Math.min(widest(1) + 2, least));
  const where = least === 0 ? 0 : Math.min(widest(1) + 2, room - what);
  return {rows, widths: [what, where, width - 4 - what - where]};
}

export function proofRowLine(
  run: Run,
  {rows, widths}: ProofRows,
  shown: 'connections' | 'doors',
  index: number,
  isUnderCursor: boolean,
  glyphs: Glyphs,
): Line {
  const [what, where] = rows[index] ?? ['', ''];
  const {word, as, glyph} = outcomeAt(run, shown, index);
  const [whatWidth = 0, whereWidth = 0, wordWidth = 0] = widths;
  return [
    span(isUnderCursor ? `${glyphs.pointer} ` : '  ', 'accent'),
    span(`${glyphs[glyph]} `, as),
    span(`${cell(what, whatWidth - 1, glyphs)} `, isUnderCursor ? 'accent' : 'plain'),
    span(whereWidth === 0 ? '' : `${cell(where, whereWidth - 1, glyphs)} `, 'quiet'),
    span(shorten(word, wordWidth, glyphs), as),
  ];
}

function outcomeAt(run: Run, shown: 'connections' | 'doors', index: number): ReturnType<typeof verdictWord> {
  const connection = run.blueprint?.connections[index];
  const planned = run.blueprint?.intrusions[index];
  if (shown === 'doors')
    return planned === undefined ? verdictWord(undefined) : doorWord(planned, judgedDoor(run, planned));
  return verdictWord(connection === undefined ? undefined : run.verdicts.get(connectionKey(connection)));
}

/** `12 proved · 5 unverified by design · 8 not provable · 0 failed`, each with the colour of its rows. */
export function tallyLine(run: Run, glyphs: Glyphs): Line {
  const tally = tallyOf(run);
  const parts: readonly (readonly [number, string, Role])[] = [
    [tally.proved, 'proved', 'good'],
    [tally.byDesign, 'unverified by design', 'warn'],
    [tally.notProvable, 'not provable', 'quiet'],
    [tally.failed, 'failed', tally.failed === 0 ? 'quiet' : 'bad'],
  ];
  return parts.flatMap(([count, word, as], index) => [
    ...(index === 0 ? [] : [span(`  ${glyphs.separator}  `, 'quiet')]),
    span(`${count} ${word}`, count === 0 ? 'quiet' : as),
  ]);
}

/** Why the row under the cursor ended as it did; a failure in both sides' own words. */
export function proofDetails(run: Run, shown: 'connections' | 'doors', cursor: number, width: number): readonly Line[] {
  if (shown === 'doors') {
    const planned = run.blueprint?.intrusions[cursor];
    if (planned === undefined) return [line('This plan has no door to try.', 'quiet')];
    const judged = judgedDoor(run, planned);
    const withChain = 'withChain' in planned.shows && planned.shows.withChain ? ', with its chain,' : '';
    const said: readonly Fact[] =
      judged === undefined || judged.said === '' ? [] : [{label: 'It said', text: judged.said}];
    return [
      ...paragraph(`${intruder(planned)}${withChain} at ${endWord(planned.provider)}`, width, 'title'),
      ...factLines(
        [
          {label: planned.expected === 'refused' ? 'Must be' : 'Will be', text: `${planned.expected}: ${planned.why}`},
          ...said,
        ],
        width,
      ),
    ];
  }
  const connection = run.blueprint?.connections[cursor];
  if (connection === undefined) return [];
  const verdict = run.verdicts.get(connectionKey(connection));
  const facts: readonly Fact[] =
    verdict === undefined
      ? [{label: 'Waiting', text: sentence(connection.why)}]
      : [
          ...(verdict.kind === 'failed' ? [{label: 'They said', text: verdict.said, as: 'bad' as const}] : []),
          {label: 'Because', text: sentence(verdict.why)},
          ...(verdict.kind === 'failed' ? [] : [{label: 'What for', text: sentence(connection.why)}]),
        ];
  return [
    ...paragraph(`${endWord(connection.caller)} → ${endWord(connection.provider)}`, width, 'title'),
    ...factLines(facts, width),
  ];
}

function judgedDoor(run: Run, {id}: PlannedIntrusion): JudgedIntrusion | undefined {
  return run.intrusions.find(({intrusion}) => intrusion.id === id);
}

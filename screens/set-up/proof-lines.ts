import type {PlannedIntrusion} from '../../src/pki/blueprint-types.ts';
import type {JudgedIntrusion, Verdict} from '../../src/pki/verdict.ts';
import type {ProofDetails, ProofFact} from '../../src/report/proof-details.ts';
import {connectionDetails, doorDetails, findingDetails, intruder} from '../../src/report/proof-details.ts';
import {connectionTitle, hostAndPort} from '../../src/report/thing-words.ts';
import type {Layout} from '../layout.ts';
import type {Fact} from '../parts/facts.ts';
import {factLines} from '../parts/facts.ts';
import type {Line} from '../parts/text.ts';
import {blank, cell, line, paragraph, sentence, shorten, span, widthOf} from '../parts/text.ts';
import type {GlyphName, Glyphs, Role} from '../theme.ts';
import type {ProofTab, Run} from './run-state.ts';
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
function verdictWord(verdict: Verdict | undefined): Outcome {
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
function doorWord(planned: PlannedIntrusion, judged: JudgedIntrusion | undefined): Outcome {
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

/** What a row says before its verdict, and how wide the parts of all rows are. */
export interface ProofRows {
  readonly rows: readonly (readonly [what: string, where: string])[];
  readonly widths: readonly number[];
}

/** Cells of the longest verdict that is usual; the rare longer ones are cut, and told in full in the details. */
const verdictWidth = 24;

export function proofRows(run: Pick<Run, 'blueprint' | 'proof'>, shown: ProofTab, width: number): ProofRows {
  const rows = rowsOf(run, shown);
  const widest = (part: 0 | 1): number => rows.reduce((most, row) => Math.max(most, widthOf(row[part])), 0);
  if (shown === 'files') {
    const path = Math.min(widest(0) + 2, Math.floor((width - 4) * 0.6));
    return {rows, widths: [path, 0, width - 4 - path]};
  }
  const room = width - 4 - verdictWidth;
  // Names of connections say more than their ports; doors are told apart by theirs. In a narrow terminal only the
  // details say where.
  const least = room < 40 ? 0 : shown === 'connections' ? 17 : 21;
  const what = Math.min(widest(0) + 2, room - Math.min(widest(1) + 2, least));
  const where = least === 0 ? 0 : Math.min(widest(1) + 2, room - what);
  return {rows, widths: [what, where, width - 4 - what - where]};
}

function rowsOf({blueprint, proof}: Pick<Run, 'blueprint' | 'proof'>, shown: ProofTab): ProofRows['rows'] {
  switch (shown) {
    case 'connections':
      return (blueprint?.connections ?? []).map((one) => [connectionTitle(one), hostAndPort(one)] as const);
    case 'doors':
      return (blueprint?.intrusions ?? []).map(
        (one) => [intruder(one), `${one.provider.component}:${one.port}`] as const,
      );
    case 'files':
      return (proof?.findings ?? []).map(({at}) => [at.path, ''] as const);
    default:
      return shown satisfies never;
  }
}

export function proofRowLine(
  run: Run,
  {rows, widths}: ProofRows,
  shown: ProofTab,
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

/** What became of a row: the word for it, its colour and its glyph. */
interface Outcome {
  readonly word: string;
  readonly as: Role;
  readonly glyph: GlyphName;
}

function outcomeAt(run: Run, shown: ProofTab, index: number): Outcome {
  switch (shown) {
    case 'connections': {
      const connection = run.blueprint?.connections[index];
      return verdictWord(connection === undefined ? undefined : run.verdicts.get(connectionKey(connection)));
    }
    case 'doors': {
      const door = run.blueprint?.intrusions[index];
      return door === undefined ? verdictWord(undefined) : doorWord(door, judgedDoor(run, door));
    }
    case 'files': {
      const finding = run.proof?.findings[index];
      return finding?.severity === 'warning'
        ? {word: finding.message, as: 'warn', glyph: 'warning'}
        : {word: finding?.message ?? '', as: 'bad', glyph: 'wrong'};
    }
    default:
      return shown satisfies never;
  }
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

/** Why the row under the cursor ended as it did, as far as there is room under the table: the cause first. */
export function proofDetails(run: Run, shown: ProofTab, cursor: number, width: number): readonly Line[] {
  const details = detailsAt(run, shown, cursor);
  if (details === undefined) return [line(nothingWords[shown], 'quiet')];
  const brief = briefOrder.flatMap((label) => details.facts.filter((fact) => fact.label === label));
  return [...paragraph(details.title, width, 'title'), ...factLines(brief.map(factOf), width)];
}

/** Labels of what the few lines under the table have room for. */
const briefOrder = [
  'Likely cause',
  'Because',
  'Server says',
  'Caller says',
  'Must be',
  'Will be',
  'It said',
  'Remedy',
  'What for',
];

const nothingWords: Readonly<Record<ProofTab, string>> = {
  connections: 'This plan has no connection.',
  doors: 'This plan has no door to try.',
  files: 'Nothing is wrong with any file, as far as they were looked at.',
};

/** The row that is opened, in full: both sides' own words, the likely cause, what to do, and which files they use. */
export function openedLines(run: Run, shown: ProofTab, cursor: number, width: number): readonly Line[] {
  const details = detailsAt(run, shown, cursor);
  if (details === undefined) return [];
  return [...paragraph(details.title, width, 'title'), blank, ...factLines(details.facts.map(factOf), width)];
}

function factOf({label, text, isBad}: ProofFact): Fact {
  return {label, text: reasons.has(label) ? sentence(text) : text, as: isBad === true ? 'bad' : 'plain'};
}

/** Labels of whole thoughts; what a program said, a path and a name stay as they are. */
const reasons: ReadonlySet<string> = new Set([
  'Likely cause',
  'What to do',
  'Because',
  'What for',
  'Must be',
  'Will be',
  'Remedy',
]);

function detailsAt(run: Run, shown: ProofTab, cursor: number): ProofDetails | undefined {
  switch (shown) {
    case 'connections': {
      const connection = run.blueprint?.connections[cursor];
      return connection && connectionDetails(connection, run.verdicts.get(connectionKey(connection)), [run.directory]);
    }
    case 'doors': {
      const door = run.blueprint?.intrusions[cursor];
      return door && doorDetails(door, judgedDoor(run, door));
    }
    case 'files': {
      const finding = run.proof?.findings[cursor];
      return finding && findingDetails(finding);
    }
    default:
      return shown satisfies never;
  }
}

function judgedDoor(run: Run, {id}: PlannedIntrusion): JudgedIntrusion | undefined {
  return run.intrusions.find(({intrusion}) => intrusion.id === id);
}

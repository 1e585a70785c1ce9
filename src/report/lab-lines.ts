import {widthOf, wrap} from '../base/cells.ts';
import {paragraphOf} from '../lessons/explanation.ts';
import type {FaultLesson} from '../lessons/faults.ts';
import {findingText, type LabWords} from '../lessons/lab-words.ts';
import type {Attempt, Broken, EndWord, Mended, Outcome, RealWords, Trial} from '../pki/experiment.ts';
import type {ConnectionEnd} from '../pki/blueprint-types.ts';
import {countsOf, outcomeText} from './lab-outcomes.ts';
import type {TextGlyphs} from './text-glyphs.ts';
import {hostAndPort} from './thing-words.ts';

/** What the lab tells, piece by piece: a screen shows one after the other, `lab-text.ts` all at once. */

/** A line before it is broken at a terminal's width. */
export interface LabLine {
  readonly text: string;
  readonly as: 'plain' | 'title' | 'quiet' | 'good' | 'bad';
  /** Cells before it, and before what goes on in the next line. */
  readonly indent: number;
  readonly hang: number;
}

/** Broken at this width; each line with the cells before it. */
export function brokenAt({text, indent, hang}: LabLine, width: number): readonly {indent: number; text: string}[] {
  const [first = ''] = wrap(text, width - indent);
  const rest = text.slice(first.length).trimStart();
  return [
    {indent, text: first},
    ...(rest === '' ? [] : wrap(rest, width - hang).map((one) => ({indent: hang, text: one}))),
  ];
}

export type LabGlyphs = Pick<TextGlyphs, 'arrow' | 'ellipsis'>;

function labLine(text: string, indent = 0, hang = indent, as: LabLine['as'] = 'plain'): LabLine {
  return {text, as, indent, hang};
}

function title(text: string): LabLine {
  return labLine(text, 0, 0, 'title');
}

function item(text: string, as: LabLine['as'] = 'plain'): LabLine {
  return labLine(`- ${text}`, 2, 4, as);
}

const mostFiles = 4;

/** What has been done, and the files that it changed. */
export function brokenLines(
  {broken}: FaultLesson,
  {changed}: Pick<Broken, 'changed'>,
  words: LabWords,
  {ellipsis}: LabGlyphs,
): readonly LabLine[] {
  const shown = changed.length > mostFiles ? changed.slice(0, mostFiles - 1) : changed;
  const indent = 3 + widthOf(words.changed);
  return [
    labLine(broken, 2),
    ...shown.map((file, index) =>
      index === 0 ? labLine(`${words.changed} ${file}`, 2, indent) : labLine(file, indent),
    ),
    ...(shown.length < changed.length ? [labLine(`${ellipsis} ${words.filesInAll(changed.length)}`, indent)] : []),
  ];
}

/** What a person is asked before anything is tried. */
export function questionOf(trial: Attempt, words: LabWords): string {
  const {kind} = trial;
  const caller = callerText(trial, words);
  const provider = endText(trial.provider, words);
  const at = dialled(trial) ?? provider;
  switch (kind) {
    case 'connection':
      return words.asksConnection(caller, provider, at);
    case 'door':
      return words.asksDoor(caller, provider, at);
    case 'token':
      return words.asksToken(caller, provider, at);
    case 'start':
      return words.asksStart(caller);
    default:
      return kind satisfies never;
  }
}

/** Whether the person was right; without a guess, what the catalogue says. */
export function answerLine(asked: Trial, guess: Outcome | undefined, words: LabWords): LabLine {
  const said = (outcome: Outcome): string => outcomeText(outcome, asked, words);
  if (guess === undefined) return labLine(words.byCatalogue(said(asked.predicted)), 2);
  return guess === asked.happened
    ? labLine(words.guessedRight(said(guess)), 2, 2, 'good')
    : labLine(words.guessedWrong(said(guess), said(asked.happened)), 2, 2, 'bad');
}

/** What went alike is told once, whoever it went so for. */
export function groupsOf(trials: readonly Trial[]): readonly (readonly Trial[])[] {
  const alike = ({happened, predicted, said}: Trial): string =>
    JSON.stringify([happened, predicted, refusalKey(said.caller), refusalKey(said.provider)]);
  return [...Map.groupBy(trials, alike).values()];
}

/** Go tells the time to the second, which passes between two connections. */
function refusalKey(word: EndWord): string {
  return word.kind === 'refuses' || word.kind === 'does-not-start'
    ? JSON.stringify(word).replaceAll(/current time \S+/g, '')
    : '';
}

/** Who it went so for, what both ends said, and what the real components print for it. */
export function groupLines(group: readonly Trial[], words: LabWords, glyphs: LabGlyphs): readonly LabLine[] {
  const [first] = group;
  if (first === undefined) return [];
  return [
    title(words.wentSo(outcomeText(first.happened, first, words))),
    ...group.map((trial) => item(callText(trial, words, glyphs))),
    ...saidLines(first, words),
    ...componentLines(group, words, glyphs),
    ...mistakeLines(first, words),
  ];
}

/** The same of one trial, where it is known who calls whom and who refuses. */
export function trialLines(trial: Trial, words: LabWords, glyphs: LabGlyphs): readonly LabLine[] {
  return [...saidLines(trial, words), ...componentLines([trial], words, glyphs), ...mistakeLines(trial, words)];
}

function mistakeLines(trial: Trial, words: LabWords): readonly LabLine[] {
  const {predicted, happened} = trial;
  return predicted === happened ? [] : [labLine(words.notPredicted(outcomeText(predicted, trial, words)), 2, 2, 'bad')];
}

function saidLines({kind, said}: Trial, words: LabWords): readonly LabLine[] {
  return kind === 'start'
    ? endLines('caller', words.itFinds, said.caller, words)
    : [
        ...endLines('caller', words.callerSays, said.caller, words),
        ...endLines('provider', words.providerSays, said.provider, words),
      ];
}
export function callText(trial: Attempt, words: LabWords, {arrow}: Pick<LabGlyphs, 'arrow'>): string {
  const at = trial.kind === 'start' ? undefined : dialled(trial);
  const caller = callerText(trial, words);
  return at === undefined ? caller : `${caller} ${arrow} ${endText(trial.provider, words)}, ${at}`;
}

function dialled({host, port}: Attempt): string | undefined {
  return host === undefined || port === undefined ? undefined : hostAndPort({host, port});
}

/** Several people call with kubectl from one node: what they show tells them apart. */
function callerText({caller, shows}: Attempt, words: LabWords): string {
  return caller.component === 'kubectl' && shows !== undefined ? words.kubectlAs(shows) : endText(caller, words);
}

function endText({component, node}: ConnectionEnd, {onNode}: LabWords): string {
  return node === undefined ? component : onNode(component, node);
}

function endLines(
  side: 'caller' | 'provider',
  says: (what: string) => string,
  word: EndWord,
  words: LabWords,
): readonly LabLine[] {
  const said = (text: string, as: LabLine['as'] = 'plain'): LabLine => labLine(text, 2, 4, as);
  switch (word.kind) {
    case 'accepts':
      return [said(says(words.nothingAgainst))];
    case 'not-asked':
      return [said(side === 'caller' ? words.callerVerifiesNobody : words.providerShownNothing)];
    case 'not-reached':
      return [said(side === 'caller' ? words.callerFindsNobody : words.providerNotCalled)];
    case 'is-told':
      return [said(says(words.byOpenssl(word.openssl)))];
    case 'refuses':
    case 'does-not-start':
      return [
        ...(word.checked === undefined ? [] : [said(says(findingText(word.checked, words)), 'bad')]),
        ...(word.openssl === undefined ? [] : [said(says(words.byOpenssl(word.openssl)), 'bad')]),
        ...(word.go === undefined ? [] : [said(says(words.byGo(word.go)), 'bad')]),
      ];
    default:
      return word satisfies never;
  }
}

/** The same words of several components in one line. */
function componentLines(group: readonly Trial[], words: LabWords, {ellipsis}: LabGlyphs): readonly LabLine[] {
  const all = Map.groupBy(
    group.flatMap(({components}) => components),
    (one) => one.words,
  );
  if (all.size === 0) return [];
  return [
    labLine(words.realOnesPrint, 2),
    ...[...all].map(([text, who]) => {
      const components = [...new Set(who.map(({component}) => component))].join(', ');
      return item(`${components}: ${text.replaceAll('…', ellipsis)}`);
    }),
  ];
}

/** What real components printed that were started with the broken files. */
export function realLines(
  real: readonly RealWords[],
  words: LabWords,
  {ellipsis}: Pick<LabGlyphs, 'ellipsis'>,
): readonly LabLine[] {
  return [
    title(words.realOnesPrinted),
    ...real.map(({component, words: expected, line}) =>
      line === undefined
        ? item(`${component}: ${words.nothingLike(expected.replaceAll('…', ellipsis))}`)
        : item(`${component}: ${line.trim()}`),
    ),
  ];
}

export function whyLines({why, remedy}: FaultLesson, words: LabWords): readonly LabLine[] {
  return [title(words.why), labLine(why, 2), labLine(''), ...remedyLines({remedy}, words)];
}

export function remedyLines({remedy}: Pick<FaultLesson, 'remedy'>, words: LabWords): readonly LabLine[] {
  return [title(words.howMended), labLine(remedy, 2)];
}

export function mendedLines(
  {trials, proof, isWhole}: Mended,
  words: LabWords,
  {arrow}: Pick<LabGlyphs, 'arrow'>,
): readonly LabLine[] {
  const [first] = trials;
  if (isWhole) {
    const whole = words.mended(countsOf(proof));
    return [labLine(first?.kind === 'door' ? paragraphOf([whole, words.refusedNow]) : whole, 0, 0, 'good')];
  }
  return [
    labLine(words.notWhole, 0, 0, 'bad'),
    ...trials
      .filter(({predicted, happened}) => predicted !== happened)
      .map((trial) => item(`${callText(trial, words, {arrow})}: ${outcomeText(trial.happened, trial, words)}`)),
  ];
}

import type {FaultId, FaultLesson} from '../lessons/faults.ts';
import type {LabWords} from '../lessons/lab-words.ts';
import type {Experiment, Mended, Outcome, RealWords} from '../pki/experiment.ts';
import {
  answerLine,
  brokenAt,
  brokenLines,
  groupLines,
  groupsOf,
  type LabLine,
  mendedLines,
  questionOf,
  realLines,
  whyLines,
} from './lab-lines.ts';
import {tableLines} from './table.ts';
import type {TextGlyphs} from './text-glyphs.ts';

/** `certwright learn lab`: what can be broken. */
export function faultLines(
  ids: readonly FaultId[],
  faults: Readonly<Record<FaultId, FaultLesson>>,
  {faultHeading, wrongHeading}: LabWords,
  {width}: TextGlyphs,
): string[] {
  return tableLines(
    [
      {heading: faultHeading, cell: (id) => id},
      {heading: wrongHeading, cell: (id) => faults[id].title},
    ],
    ids,
    width,
  );
}

export interface ToTell {
  /** What the person thinks; undefined = nobody was asked. */
  readonly guess: Outcome | undefined;
  /** undefined = nothing real was started. */
  readonly real: readonly RealWords[] | undefined;
  readonly words: LabWords;
  readonly glyphs: TextGlyphs;
}

/**
 * One fault from beginning to end: what is broken, who was thought to refuse, what both ends said, what the real
 * components say, why, the remedy, and that all is whole again.
 */
export function experimentLines(
  fault: FaultLesson,
  experiment: Experiment,
  mended: Mended,
  {guess, real, words, glyphs}: ToTell,
): string[] {
  const {trials} = experiment;
  const [asked] = trials;
  const blank = plain('');
  const lines: readonly LabLine[] = [
    plain(words.fault(fault.title)),
    ...brokenLines(fault, experiment, words, glyphs),
    blank,
    ...(asked === undefined ? [] : [plain(questionOf(asked, words)), answerLine(asked, guess, words), blank]),
    plain(asked?.kind === 'start' ? words.happenedAtStart : words.happened),
    ...groupsOf(trials).flatMap((group) => [blank, ...groupLines(group, words, glyphs)]),
    ...(real === undefined ? [] : [blank, ...realLines(real, words, glyphs)]),
    blank,
    ...whyLines(fault, words),
    blank,
    ...mendedLines(mended, words, glyphs),
  ];
  return lines.flatMap((line) => folded(line, glyphs.width));
}

function plain(text: string): LabLine {
  return {text, as: 'plain', indent: 0, hang: 0};
}

function folded(line: LabLine, width = Number.POSITIVE_INFINITY): readonly string[] {
  return brokenAt(line, width).map(({indent, text}) => `${' '.repeat(indent)}${text}`.trimEnd());
}

import {styleText} from 'node:util';
import {wrap} from '../base/cells.ts';
import {redact} from '../base/redact.ts';
import type {Explained} from '../lessons/explain.ts';
import {type Explanation, paragraphOf, type Section} from '../lessons/explanation.ts';
import type {Lessons, Words} from '../lessons/lessons.ts';
import type {topics} from '../lessons/topics.ts';

/** How explanations are laid out in a terminal, or where there is none. */
export interface ExplanationLook {
  /** Cells in a line. */
  readonly width: number;
  readonly colour: boolean;
  readonly glyphs: 'unicode' | 'ascii';
}

/**
 * Labels at the margin, what is said two cells in:
 *
 *     What it is
 *       The API server shows it to everyone who calls it. Signed by kubernetes-ca.
 *
 * Commands are never broken, so that they can be copied.
 */
export function explanationLines(
  explanations: readonly Explanation[],
  lessons: Lessons,
  look: ExplanationLook,
): readonly string[] {
  return paintedRows(explanationRows(explanations, lessons, look.width), look);
}

/** Rows as a terminal gets them. */
export function paintedRows(rows: readonly ExplanationRow[], look: ExplanationLook): readonly string[] {
  const lines = rows.map(({text, isHeading}) => (isHeading ? heading(text, look) : text));
  return look.glyphs === 'ascii' ? lines.map(inAscii) : lines;
}

/** The same before it is painted. */
export function explanationRows(
  explanations: readonly Explanation[],
  {labels, kinds}: Lessons,
  width: number,
): readonly ExplanationRow[] {
  return explanations.flatMap(({kind, id, sections}, index) => [
    ...(index === 0 ? [] : [plain('')]),
    title(`${id} (${kinds[kind]})`),
    ...sections.flatMap((section) => [
      plain(''),
      title(labels[section.label]),
      ...sectionLines(section, width).map(plain),
    ]),
  ]);
}

/** Parts of an explanation without space between them. */
export function sectionRows(
  sections: readonly Section[],
  {labels}: Pick<Lessons, 'labels'>,
  width: number,
): readonly ExplanationRow[] {
  return sections.flatMap((section) => [title(labels[section.label]), ...sectionLines(section, width).map(plain)]);
}

const title = (text: string): ExplanationRow => ({text, isHeading: true});
const plain = (text: string): ExplanationRow => ({text, isHeading: false});

export interface ExplanationRow {
  readonly text: string;
  readonly isHeading: boolean;
}

/** Why nothing can be said, and what else can be asked. */
export function notKnownText(
  text: string,
  {near, isName}: Extract<Explained, {readonly isKnown: false}>,
  words: Words,
): {readonly message: string; readonly nextSteps: readonly [string, ...string[]]} {
  const asked = redact(text.trim()).replaceAll(/\p{Cc}/gu, ' ');
  const [first, ...others] = [
    ...(near.length === 0 ? [] : [words.didYouMean(near.join(', '))]),
    ...(isName && asked.includes('/') ? [words.inspectFile(asked)] : []),
    ...(isName ? [] : [words.wholeLog]),
    words.listTopics,
  ];
  return {
    message: isName ? words.notKnown(JSON.stringify(asked)) : words.notKnownError,
    nextSteps: [first ?? words.listTopics, ...others],
  };
}

/** What can be asked, kind by kind. */
export function topicLines(all: ReturnType<typeof topics>, lessons: Lessons, look: ExplanationLook): readonly string[] {
  return topicRows(all, lessons, look.width).map(({text, isHeading}) => (isHeading ? heading(text, look) : text));
}

/** The same before it is painted. */
export function topicRows(
  all: ReturnType<typeof topics>,
  {kinds, words}: Lessons,
  width: number,
): readonly ExplanationRow[] {
  return [
    ...wrap(words.ask, width).map(plain),
    ...all.flatMap(({kind, names}) => [plain(''), title(kinds[kind]), ...indented(names.join(', '), width).map(plain)]),
    plain(''),
    ...wrap(words.askMore, width).map(plain),
  ];
}

function sectionLines({form, lines}: Section, width: number): readonly string[] {
  switch (form) {
    case 'text':
      return indented(paragraphOf(lines), width);
    case 'list':
      return lines.flatMap((line) =>
        wrap(line, width - 4).map((part, index) => `${index === 0 ? '  - ' : '    '}${part}`),
      );
    case 'names':
      return indented(lines.join(', '), width);
    case 'commands':
      return lines.map((line) => `  $ ${line}`);
    case 'quote':
      return lines.flatMap((line) => wrap(line, width - 4).map((part) => `  > ${part}`));
    default:
      return form satisfies never;
  }
}

function indented(text: string, width: number): readonly string[] {
  return wrap(text, width - 2).map((line) => `  ${line}`);
}

function heading(text: string, {colour}: ExplanationLook): string {
  return colour ? styleText('bold', text, {validateStream: false}) : text;
}

const twins: Readonly<Record<string, string>> = {'→': '->', '…': '...', '’': "'"};

function inAscii(line: string): string {
  return line.replaceAll(/[→…’]/gu, (glyph) => twins[glyph] ?? glyph);
}

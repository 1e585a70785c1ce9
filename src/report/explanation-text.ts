import {styleText} from 'node:util';
import {wrap} from '../base/cells.ts';
import {type Explanation, paragraphOf, type Section} from '../lessons/explanation.ts';
import type {Lessons} from '../lessons/lessons.ts';
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
  {labels, kinds}: Lessons,
  look: ExplanationLook,
): readonly string[] {
  const lines = explanations.flatMap(({kind, id, sections}, index) => [
    ...(index === 0 ? [] : ['']),
    heading(`${id} (${kinds[kind]})`, look),
    ...sections.flatMap((section) => ['', heading(labels[section.label], look), ...sectionLines(section, look)]),
  ]);
  return look.glyphs === 'ascii' ? lines.map(inAscii) : lines;
}

/** What can be asked, kind by kind. */
export function topicLines(
  all: ReturnType<typeof topics>,
  {kinds, words}: Lessons,
  look: ExplanationLook,
): readonly string[] {
  return [
    ...wrap(words.ask, look.width),
    ...all.flatMap(({kind, names}) => ['', heading(kinds[kind], look), ...indented(names.join(', '), look.width)]),
    '',
    ...wrap(words.askMore, look.width),
  ];
}

function sectionLines({form, lines}: Section, {width}: ExplanationLook): readonly string[] {
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

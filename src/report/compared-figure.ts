import type {Difference} from './compared-options.ts';
import {emptyLine, piece, wordLines, type FigureGlyphs, type FigureLine} from './figure-lines.ts';

const topicWidth = 32;
/** Topics stand in a column of their own where that leaves so much to every other one. */
const leastColumn = 32;
const gap = 2;

/** Options side by side. The heading names the columns; it stays where the rest is scrolled. */
export interface ComparedFigure {
  readonly heading: readonly FigureLine[];
  readonly rows: readonly FigureLine[];
}

/** A column each, and only what differs. */
export function comparedFigure(
  labels: readonly string[],
  differences: readonly Difference[],
  width: number,
  glyphs: FigureGlyphs,
): ComparedFigure {
  const beside = width - topicWidth >= (leastColumn + gap) * labels.length ? topicWidth : 0;
  // In a narrow terminal the topic stands above, and what it says is set in.
  const indent = beside === 0 ? '  ' : '';
  const room = Math.max(
    8,
    Math.floor((width - beside - indent.length - gap * (labels.length - 1)) / Math.max(1, labels.length)),
  );
  const cells = (columns: readonly (readonly string[])[], looks: readonly FigureLook[], lead: readonly string[]) =>
    Array.from({length: Math.max(lead.length, ...columns.map(({length}) => length))}, (_, row): FigureLine => [
      piece(beside === 0 ? indent : (lead[row] ?? '').padEnd(beside), 'quiet'),
      ...columns.map((lines, column) =>
        piece((lines[row] ?? '').padEnd(column < columns.length - 1 ? room + gap : 0), looks[column] ?? 'plain'),
      ),
    ]);
  const heading = cells(
    labels.map((label) => wordLines(label, room)),
    labels.map(() => 'accent' as const),
    [],
  );
  if (differences.length === 0) return {heading, rows: [emptyLine, [piece('They come to the same for this plan.')]]};
  const rows = differences.flatMap(({topic, values, isBad}): readonly FigureLine[] => [
    ...(beside === 0 ? wordLines(topic, width).map((text): FigureLine => [piece(text, 'quiet')]) : []),
    ...cells(
      values.map((items, index) => cellLines(items, isBad[index] === true, room, glyphs)),
      values.map((_, index) => (isBad[index] === true ? ('warn' as const) : ('plain' as const))),
      beside === 0 ? [] : wordLines(topic, beside - gap),
    ),
  ]);
  return {heading, rows};
}

type FigureLook = 'plain' | 'warn' | 'accent';

/** Short items share a line; sentences have their own, and what is bad has a mark beside its colour. */
function cellLines(
  items: readonly string[],
  isBad: boolean,
  width: number,
  {warning}: FigureGlyphs,
): readonly string[] {
  if (items.length === 0) return ['none'];
  const texts = hasSentences(items) ? items : [items.join(', ')];
  if (!isBad) return texts.flatMap((text) => wordLines(text, width));
  return texts.flatMap((text) =>
    wordLines(text, width - 2).map((part, index) => (index === 0 ? `${warning} ${part}` : `  ${part}`)),
  );
}

/** Ids and numbers are short; what is longer is told. */
function hasSentences(items: readonly string[]): boolean {
  return items.some((item) => item.length > 48);
}

/** The same as lines to be read one after the other. */
export function comparedSentences(labels: readonly string[], differences: readonly Difference[]): readonly string[] {
  if (differences.length === 0) return ['They come to the same for this plan.'];
  return differences.flatMap(({topic, values}) => [
    `${topic}:`,
    ...values.map(
      (items, index) =>
        `- ${labels[index] ?? ''}: ${items.length === 0 ? 'none' : items.join(hasSentences(items) ? '; ' : ', ')}`,
    ),
  ]);
}

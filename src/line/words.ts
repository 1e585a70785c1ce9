import type {Problem} from '../base/problem.ts';
import {textGlyphs} from '../report/text-glyphs.ts';
import type {Output} from './ask.ts';

/** How line mode writes: what may be printed at all, how long lines are broken, how problems are told. */

/** More problems than this at once are more than anybody reads. */
const mostProblems = 10;

/** Wider text than this is hard to read, however wide the terminal is. */
const widest = 100;

/**
 * Text of unknown origin (a plan file, another program's words) without control characters: whatever it says, it
 * moves no cursor. Line breaks stay.
 */
export function printable(text: string, glyphs: 'unicode' | 'ascii'): string {
  const tame = text.replaceAll('\t', ' ').replaceAll(/[^\P{Cc}\n]/gu, '?');
  if (glyphs === 'unicode') return tame;
  const twins = (['ellipsis', 'arrow', 'dot'] as const).map(
    (id) => [textGlyphs.unicode[id], textGlyphs.ascii[id]] as const,
  );
  return twins.reduce((known, [glyph, twin]) => known.replaceAll(glyph, twin), tame);
}

/** Columns of the terminal. Some (`docker exec -t` at its start) say 0 while they do not know. */
export function widthOf({columns = 0}: Output): number {
  return columns > 0 ? columns : 80;
}

/** Lines of text, no wider than is easy to read. */
export function wrappedText(lines: readonly string[], columns: number): string[] {
  return lines.flatMap((line) => line.split('\n')).flatMap((line) => wrapped(line, Math.min(columns, widest)));
}

/** Breaks a line between words; what goes on stands under its beginning, list marks (`1) `, `- `) left free. */
export function wrapped(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  const indent = /^ *(?:\d+\) |- )?/.exec(line)?.[0].length ?? 0;
  const lines: string[] = [];
  let current = line.slice(0, indent);
  let isFresh = true;
  for (const word of line.slice(indent).split(' ')) {
    if (!isFresh && current.length + 1 + word.length > width) {
      lines.push(current);
      current = ' '.repeat(indent) + word;
    } else {
      current += isFresh ? word : ` ${word}`;
    }
    isFresh = false;
  }
  return [...lines, current];
}

/** What is wrong, and under it what to do. */
export function problemLines(problems: readonly Problem[]): string[] {
  const lines = problems
    .slice(0, mostProblems)
    .flatMap(({severity, message, fix}) => [
      `${severity === 'warning' ? 'Warning' : 'Not taken'}: ${message}`,
      ...(fix === undefined ? [] : [`  ${fix}`]),
    ]);
  const more = problems.length - mostProblems;
  return more > 0 ? [...lines, `... and ${more} more of the kind`] : lines;
}

export function errorsOf(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({severity}) => severity === 'error');
}

export function warningsOf(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({severity}) => severity === 'warning');
}

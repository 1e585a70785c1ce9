import {textGlyphs, type TextGlyphs} from '../report/text-glyphs.ts';
import {describeProblem} from '../report/failures.ts';
import type {Problem} from '../base/problem.ts';
import type {Context} from './context.ts';

/** Lines for standard output. */
export function printLines({stdout}: Pick<Context, 'stdout'>, lines: readonly string[]): void {
  stdout.write(lines.map((line) => `${line}\n`).join(''));
}

/** Glyphs for text, and in a terminal its width: a table that is wider becomes a list. */
export function glyphsFor({stdout, glyphs}: Pick<Context, 'stdout' | 'glyphs'>): TextGlyphs {
  return {...textGlyphs[glyphs], ...(stdout.isTTY ? {width: stdout.columns} : {})};
}

/** The one document that a `--output json` prints. */
export function printJson({stdout}: Pick<Context, 'stdout'>, document: unknown): void {
  stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
}

/** For people, whatever standard output holds. */
export function tell({stderr}: Pick<Context, 'stderr'>, ...lines: readonly string[]): void {
  stderr.write(lines.map((line) => `${line}\n`).join(''));
}

/** Warnings of a plan: it goes on, but somebody should know. */
export function tellWarnings(context: Pick<Context, 'stderr'>, problems: readonly Problem[]): void {
  for (const problem of problems) if (problem.severity === 'warning') tell(context, describeProblem(problem));
}

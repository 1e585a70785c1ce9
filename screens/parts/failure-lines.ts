import type {RunFailure} from '../../src/wizard/wizard-state.ts';
import type {Glyphs} from '../theme.ts';
import {problemLines} from './problem-lines.ts';
import type {Line} from './text.ts';
import {paragraph, sentence} from './text.ts';

/** What went wrong, with what to do: each problem, where there are many. */
export function failureLines(
  {message, nextSteps, problems}: RunFailure,
  width: number,
  glyphs: Glyphs,
): readonly Line[] {
  return [
    ...paragraph(`${glyphs.wrong} ${sentence(message)}`, width, 'bad'),
    ...problemLines(problems, width, 2, glyphs),
    ...nextSteps.flatMap((step) => paragraph(sentence(step), width, 'plain', 2)),
  ];
}

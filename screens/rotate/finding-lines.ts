import type {Problem} from '../../src/base/problem.ts';
import type {Line} from '../parts/text.ts';
import {sentence, span, wrap} from '../parts/text.ts';
import type {Glyphs, Role} from '../theme.ts';

/** What is wrong, and what mends it: often a command, so it stays as it is written. */
export function findingLines(findings: readonly Problem[], width: number, glyphs: Glyphs): readonly Line[] {
  return findings.flatMap(({severity, message, fix}) => {
    const [mark, as]: readonly [string, Role] = severity === 'error' ? [glyphs.wrong, 'bad'] : [glyphs.warning, 'warn'];
    const said = wrap(sentence(message), width - 2).map((text, index): Line => [
      span(index === 0 ? `${mark} ` : '  ', as),
      span(text, as),
    ]);
    if (fix === undefined) return said;
    const lead = `${glyphs.arrow} `;
    const remedy = wrap(fix, width - 2 - lead.length).map((text, index): Line => [
      span('  '),
      span(index === 0 ? lead : ' '.repeat(lead.length), 'key'),
      span(text),
    ]);
    return [...said, ...remedy];
  });
}

import type {Problem} from '../../src/base/problem.ts';
import type {Line} from './text.ts';
import {sentence, span, wrap} from './text.ts';
import type {Glyphs, Role} from '../theme.ts';

/** What is wrong or dangerous, each with its remedy. */
export function problemLines(
  problems: readonly Problem[],
  width: number,
  indent: number,
  glyphs: Glyphs,
): readonly Line[] {
  return problems.flatMap(({severity, message, fix}) => {
    const [mark, as]: readonly [string, Role] = severity === 'error' ? [glyphs.wrong, 'bad'] : [glyphs.warning, 'warn'];
    const room = width - indent - 2;
    const said = wrap(sentence(message), room).map((text, index): Line => [
      span(' '.repeat(indent)),
      span(index === 0 ? `${mark} ` : '  ', as),
      span(text, as),
    ]);
    return fix === undefined
      ? said
      : [...said, ...wrap(sentence(fix), room).map((text): Line => [span(' '.repeat(indent + 2)), span(text)])];
  });
}

import {parseHours} from '../../src/base/duration.ts';
import type {Layout} from '../layout.ts';
import type {Line} from '../parts/text.ts';
import {blank, line, paragraph, sentence, span} from '../parts/text.ts';
import {visibleText} from '../parts/visible-text.ts';
import type {Glyphs} from '../theme.ts';
import type {Painted} from '../parts/page.tsx';
import {lengthWords} from './inventory-lines.ts';
import type {RotatePlace, RotateState} from './rotate-state.ts';

const label = 'Valid for  ';

/** Why the text is no validity; undefined = it is one. */
export function validityFault(text: string): string | undefined {
  const hours = parseHours(text.trim());
  if (hours === undefined) return `${JSON.stringify(text)} is no length of time: write 8760h, 365d or 1y`;
  return hours === 0 ? 'it would end at once: write 8760h, 365d or 1y' : undefined;
}

/** How long the new certificates hold, and whether their keys are new. */
export function optionsLines(
  {choice}: RotateState,
  {focus, field, fault}: RotatePlace & {readonly at: 'options'},
  {width}: Layout,
  glyphs: Glyphs,
): Painted {
  const isTyping = focus === 'validity';
  const shown = visibleText(field, width - label.length - 3, glyphs);
  const head: readonly Line[] = [
    line('How they are renewed', 'title'),
    ...paragraph('Names, usages and authority stay as they are.', width, 'quiet'),
    blank,
  ];
  const told =
    fault === undefined
      ? paragraph(
          validityFault(field.text) === undefined ? `${lengthWords(field.text.trim())} from now on` : '',
          width,
          'quiet',
          2 + label.length,
        )
      : paragraph(`${glyphs.wrong} ${sentence(fault)}`, width, 'bad', 2 + label.length);
  return {
    lines: [
      ...head,
      [span(`${isTyping ? glyphs.bar : ' '} `, 'accent'), span(label, isTyping ? 'accent' : 'plain'), span(shown.text)],
      ...told,
      blank,
      [span(`${isTyping ? ' ' : glyphs.bar} `, 'accent'), span('Key', isTyping ? 'plain' : 'accent')],
      ...keyLines(choice.keepsKeys, isTyping, width, glyphs),
    ],
    caret: isTyping ? {row: head.length, column: 2 + label.length + shown.column} : undefined,
  };
}

function keyLines(keepsKeys: boolean, isTyping: boolean, width: number, glyphs: Glyphs): readonly Line[] {
  const options = [
    [false, 'new', 'a key that was copied ends with the old certificate'],
    [true, 'the same', 'for what pins the key, or where key and certificate are handed on apart'],
  ] as const;
  return options.flatMap(([isKept, name, why]): readonly Line[] => {
    const isChosen = isKept === keepsKeys;
    const [first = blank, ...rest] = paragraph(why, width - 18, 'quiet');
    return [
      [
        span(`    ${isChosen ? glyphs.chosen : glyphs.free} `, isChosen ? 'accent' : 'quiet'),
        span(name.padEnd(12), isChosen && !isTyping ? 'accent' : 'plain'),
        ...first,
      ],
      ...rest.map((one): Line => [span(' '.repeat(18)), ...one]),
    ];
  });
}

import {count} from '../../src/report/words.ts';
import type {OriginAnswers} from '../../src/wizard/wizard-state.ts';
import type {Line} from '../parts/text.ts';
import {blank, line, paragraph, sentence, span, wrap} from '../parts/text.ts';
import type {AppState} from '../screen.ts';

/** What a file says and a plan cannot, where it is shown before the first question. */
export function lossesOf({wizard: {place}}: AppState): OriginAnswers['losses'] {
  return place.at === 'start' && place.choice.kind === 'with-losses' ? place.choice.given.losses : undefined;
}

const lineColumn = 10;

/** Each with its line in the file, and what to do about it. Their number does not depend on the theme. */
export function lossLines(state: AppState, width: number): readonly Line[] {
  const losses = lossesOf(state) ?? [];
  const source = losses[0]?.at.source ?? 'the file';
  return [
    line(
      `${count(losses.length, 'thing')} in ${source} ${losses.length === 1 ? 'is' : 'are'} not in the plan`,
      'title',
    ),
    ...paragraph('Enter goes on without; the file itself stays as it is.', width, 'quiet'),
    blank,
    ...losses.flatMap(({at, message, fix}): readonly Line[] => [
      ...wrap(sentence(message), width - lineColumn).map((text, index): Line => [
        span((index === 0 && at.line !== undefined ? `line ${at.line}` : '').padEnd(lineColumn), 'accent'),
        span(text, 'warn'),
      ]),
      ...(fix === undefined
        ? []
        : wrap(sentence(fix), width - lineColumn).map((text): Line => [span(' '.repeat(lineColumn)), span(text)])),
    ]),
  ];
}

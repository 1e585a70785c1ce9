import {draftLines} from '../src/wizard/draft.ts';
import {draftCautions, draftPlace} from '../src/state/draft-words.ts';
import type {FoundDraft} from '../src/state/drafts.ts';
import type {Line} from './parts/text.ts';
import {blank, line, paragraph, span, wrap} from './parts/text.ts';
import type {Tools} from './services.ts';

/** A draft in full: every answer that is not the default, and what was typed and is not one yet. */
export function draftDetails(draft: FoundDraft, width: number, tools: Tools): readonly Line[] {
  const told = draftLines(draft.draft, tools);
  return [
    line(`The draft of ${draft.title}`, 'title'),
    ...paragraph(`It was left at: ${draftPlace(draft.draft)}. What is not named here has its default.`, width, 'quiet'),
    ...draftCautions(draft).flatMap((caution) => paragraph(caution, width, 'warn')),
    ...told.flatMap(({ask, value, isUnfinished}): readonly Line[] => [
      blank,
      [span(ask, 'accent'), ...(isUnfinished ? [span('  not finished', 'warn')] : [])],
      ...value
        .split('\n')
        .flatMap((one) => wrap(one, width - 2))
        .map((one): Line => [span('  '), span(one)]),
    ]),
  ];
}

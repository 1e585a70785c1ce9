import type {Glyphs} from '../theme.ts';
import type {Line} from './text.ts';
import {span} from './text.ts';

/** `████████░░░░`, with the share in figures beside it by whoever draws it. */
export function progressBar(done: number, total: number, width: number, glyphs: Glyphs): Line {
  const share = total === 0 ? 0 : Math.min(1, done / total);
  const full = Math.round(share * width);
  return [
    span(glyphs.full.repeat(full), done >= total && total > 0 ? 'good' : 'accent'),
    span(glyphs.empty.repeat(width - full), 'quiet'),
  ];
}

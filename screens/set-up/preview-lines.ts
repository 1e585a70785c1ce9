import type {ComponentForm} from '../../src/report/component-forms.ts';
import type {Details} from '../../src/report/preview-details.ts';
import {factLines, pairLines} from '../parts/facts.ts';
import type {Line} from '../parts/text.ts';
import {blank, cut, line, pad, paragraph, sentence, shorten, span} from '../parts/text.ts';
import type {Glyphs} from '../theme.ts';

/** Lines, and which of them are links. */
export interface LinkedLines {
  readonly lines: readonly Line[];
  /** By link, in their order: the row it is on. */
  readonly linkRows: readonly number[];
}

const labelWidth = 18;

/**
 * Everything there is to know about a thing, with the reason for it.
 *
 * @param here the link under the cursor
 */
export function detailLines(details: Details, width: number, glyphs: Glyphs, here = -1): LinkedLines {
  const {title, why, facts, names, links} = details;
  const lines: Line[] = [
    ...(title === ''
      ? paragraph(sentence(why), width, 'warn')
      : [line(title, 'title'), ...paragraph(sentence(why), width)]),
    blank,
    ...factLines(facts, width),
  ];
  if (names !== undefined) {
    lines.push(
      ...(names.length === 0
        ? factLines([{label: 'Names', text: 'none: it is shown by clients only', as: 'quiet'}], width)
        : pairLines(
            'Names',
            names.map((one) => [one.value, one.why] as const),
            width,
          )),
    );
  }
  const linkRows: number[] = [];
  if (links.length > 0) lines.push(blank);
  for (const {label, links: group, more} of links) {
    group.forEach(({text}, place) => {
      const isHere = linkRows.length === here;
      linkRows.push(lines.length);
      lines.push([
        span(pad(place === 0 ? label : '', labelWidth - 2), 'quiet'),
        span(isHere ? `${glyphs.pointer} ` : '  ', 'accent'),
        span(shorten(text, width - labelWidth, glyphs), isHere ? 'accent' : 'key'),
      ]);
    });
    if (more > 0) lines.push([span(`${' '.repeat(labelWidth)}and ${more} more: filter the lists for them`, 'quiet')]);
  }
  return {lines, linkRows};
}

/** A component in one of its forms: where it goes, what it is for, and the text as it is. */
export function formLines({title, path, lies, why, text}: ComponentForm, of: string, width: number): readonly Line[] {
  const place = lies === 'bundle' ? `${sentence(why)} The bundle will hold it as it stands here.` : sentence(why);
  return [
    [span(`${of} as ${title}  `, 'title'), span(path, 'quiet')],
    ...paragraph(place, width, 'quiet'),
    blank,
    // A line that is too long goes on under itself; what is copied has no such break.
    ...text
      .trimEnd()
      .split('\n')
      .flatMap((one) => broken(one, width).map((part) => line(part))),
  ];
}

/** Cut to the width as it stands, spaces and all; what goes on is set in by two. */
function broken(text: string, width: number): readonly string[] {
  const head = cut(text, width);
  if (head === text || head.length <= 2) return [head];
  return [head, ...broken(`  ${text.slice(head.length)}`, width)];
}

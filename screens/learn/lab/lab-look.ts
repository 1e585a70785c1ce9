import type {Language} from '../../../src/base/language.ts';
import {lessonsIn} from '../../../src/lessons/languages.ts';
import {brokenAt, type LabLine} from '../../../src/report/lab-lines.ts';
import type {Layout} from '../../layout.ts';
import type {Line} from '../../parts/text.ts';
import {blank, paragraph, span, widthOf, wrap} from '../../parts/text.ts';
import type {Glyphs} from '../../theme.ts';
import type {BrokenStage} from './lab-state.ts';

/** What the pages of the lab are painted with. */

export interface LabLook {
  readonly language: Language;
  readonly layout: Layout;
  readonly glyphs: Glyphs;
}

export function titleLines(id: BrokenStage['fault']['id'], {language, layout}: LabLook): readonly Line[] {
  const {faults, lab} = lessonsIn(language);
  return paragraph(lab.fault(faults[id].title), layout.width, 'title');
}

/** The map below what is said, where there is room for it. */
export function withMap(
  lines: readonly Line[],
  map: (height: number) => readonly Line[],
  {height}: Layout,
): readonly Line[] {
  const figure = map(height - lines.length - 1);
  return figure.length === 0 ? lines : [...lines, blank, ...figure];
}

export function lined(lines: readonly LabLine[], {layout}: LabLook): readonly Line[] {
  return lines.flatMap((one) =>
    brokenAt(one, layout.width).map(({indent, text}): Line => [span(' '.repeat(indent)), span(text, one.as)]),
  );
}

export function hung(lead: string, text: string, width: number, as: LabLine['as']): readonly Line[] {
  const indent = widthOf(lead);
  return wrap(text, width - indent).map((one, index): Line => [
    span(index === 0 ? lead : ' '.repeat(indent), as),
    span(one, as),
  ]);
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

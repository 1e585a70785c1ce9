import type {OfferedFault} from '../../../src/journeys/lab-services.ts';
import {lessonsIn} from '../../../src/lessons/languages.ts';
import type {LabWords} from '../../../src/lessons/lab-words.ts';
import {brokenLines, questionOf} from '../../../src/report/lab-lines.ts';
import {outcomeText} from '../../../src/report/lab-outcomes.ts';
import {failureLines} from '../../parts/failure-lines.ts';
import type {Painted} from '../../parts/page.tsx';
import {listWindow, scrolledLines} from '../../parts/scroll.ts';
import type {Line} from '../../parts/text.ts';
import {blank, line, paragraph, shorten, span} from '../../parts/text.ts';
import type {Glyphs} from '../../theme.ts';
import {capital, type LabLook, lined, titleLines, withMap} from './lab-look.ts';
import {mapLines} from './lab-map.ts';
import {answersOf, type BrokenStage, type LabView, type PlaceAt} from './lab-state.ts';
import {mendedPage, paintTold} from './told-lines.ts';

/** What the lab paints; the same lines count how far one can scroll. */

export function paintLab(view: LabView, look: LabLook): Painted {
  const {place} = view;
  const {lab: words} = lessonsIn(look.language);
  switch (place.at) {
    case 'list':
      return view.offered === undefined ? notOffered(place, look) : {lines: listLines(view.offered, view, place, look)};
    case 'breaking':
      return {busy: line(words.breaking), lines: titleLines(place.fault.id, look)};
    case 'question':
      return {lines: questionLines(place, look)};
    case 'trying':
      return {busy: line(words.trying), lines: stageLines(place.stage, look)};
    case 'told':
      return paintTold(place, look);
    case 'mending':
      return {busy: line(words.mending), lines: titleLines(place.told.fault.id, look)};
    case 'mended':
      return {lines: mendedPage(place, look)};
    default:
      return place satisfies never;
  }
}

/** It is still being found out what can be broken, or it cannot be. */
function notOffered({failure}: PlaceAt<'list'>, {layout, glyphs}: LabLook): Painted {
  return failure === undefined
    ? {busy: line('reading ...'), lines: []}
    : {lines: failureLines(failure, layout.width, glyphs)};
}

/** The list, with the window that its cursor asks for, and below it what stands under the cursor. */
function listLines(
  offered: readonly OfferedFault[],
  {cursor, mended}: LabView,
  {failure}: PlaceAt<'list'>,
  {language, layout, glyphs}: LabLook,
): readonly Line[] {
  const {width, height} = layout;
  const {faults, lab: words} = lessonsIn(language);
  const head = [
    ...paragraph(words.chooseFault, width, 'title'),
    line(words.mendedSoFar(offered.filter(({id}) => mended.has(id)).length, offered.length), 'quiet'),
    ...(failure === undefined ? [] : failureLines(failure, width, glyphs)),
    blank,
  ];
  const foot = footOf(offered[cursor], words, {width, glyphs});
  const rows = Math.max(1, height - head.length - foot.length);
  const list = offered.map(({id}, index): Line => {
    const isHere = index === cursor;
    const isMended = mended.has(id);
    return [
      span(isHere ? `${glyphs.pointer} ` : '  ', 'accent'),
      span(`${isMended ? glyphs.done : glyphs.todo} `, isMended ? 'good' : 'quiet'),
      span(shorten(faults[id].title, width - 4, glyphs), isHere ? 'accent' : 'plain'),
    ];
  });
  return [...head, ...listWindow(list, cursor, rows, glyphs), ...foot];
}

function footOf(
  offered: {readonly id: string; readonly preset: string} | undefined,
  words: LabWords,
  {width, glyphs}: {readonly width: number; readonly glyphs: Glyphs},
): readonly Line[] {
  if (offered === undefined) return [];
  const text = `${offered.id} ${glyphs.separator} ${words.inPreset(offered.preset)}`;
  return [line(glyphs.rule.repeat(width), 'quiet'), line(shorten(text, width, glyphs), 'quiet')];
}

function stageLines({fault, broken}: BrokenStage, look: LabLook): readonly Line[] {
  const {faults, lab: words} = lessonsIn(look.language);
  return [...titleLines(fault.id, look), ...lined(brokenLines(faults[fault.id], broken, words, look.glyphs), look)];
}

/** What was broken may be scrolled; the question and its answers are always seen. */
function questionLines({stage, choice, top}: PlaceAt<'question'>, look: LabLook): readonly Line[] {
  const {layout, glyphs} = look;
  const asked = answersLines(stage, choice, look);
  const room = Math.max(1, layout.height - asked.length);
  const lines = [...scrolledLines(stageLines(stage, look), top, room, glyphs), ...asked];
  const {kind, id} = stage.broken.asked;
  const light = kind === 'connection' || kind === 'token' ? [id] : [];
  return withMap(
    lines,
    (height) => mapLines(stage.map, {marks: new Map(), light}, {...layout, height, glyphs}),
    layout,
  );
}

/** Rows that what was broken has above the question, and how many there are of it. */
export function questionRoom(
  {stage, choice}: PlaceAt<'question'>,
  look: LabLook,
): {readonly count: number; readonly room: number} {
  const room = Math.max(1, look.layout.height - answersLines(stage, choice, look).length);
  return {count: stageLines(stage, look).length, room};
}

function answersLines(stage: BrokenStage, choice: number, {language, layout, glyphs}: LabLook): readonly Line[] {
  const {lab: words} = lessonsIn(language);
  return [
    ...(layout.height < 14 ? [] : [blank]),
    ...paragraph(questionOf(stage.broken.asked, words), layout.width, 'title'),
    ...answersOf(stage).map((guess, index): Line => {
      const isHere = index === choice;
      return [
        span(isHere ? `${glyphs.pointer} ` : '  ', 'accent'),
        span(`${index + 1}  `, 'quiet'),
        span(
          guess === undefined ? words.showMe : capital(outcomeText(guess, stage.broken.asked, words)),
          isHere ? 'accent' : 'plain',
        ),
      ];
    }),
  ];
}

import {lessonsIn} from '../../../src/lessons/languages.ts';
import type {LabWords} from '../../../src/lessons/lab-words.ts';
import type {Outcome, Trial} from '../../../src/pki/experiment.ts';
import {
  answerLine,
  callText,
  groupLines,
  mendedLines,
  questionOf,
  realLines,
  remedyLines,
  trialLines,
  whyLines,
} from '../../../src/report/lab-lines.ts';
import {outcomeText} from '../../../src/report/lab-outcomes.ts';
import {failureLines} from '../../parts/failure-lines.ts';
import type {Painted} from '../../parts/page.tsx';
import {listWindow, scrolledLines} from '../../parts/scroll.ts';
import type {Line} from '../../parts/text.ts';
import {blank, line, paragraph, shorten, span, wrap} from '../../parts/text.ts';
import {capital, hung, type LabLook, lined, titleLines, withMap} from './lab-look.ts';
import {mapLines, type MapRoom, marksOfProof, marksOfTrials} from './lab-map.ts';
import type {PlaceAt, Told} from './lab-state.ts';
import {unmarkedBy} from './unmarked.ts';

/** What came of it, page by page; the same lines count how far one can scroll. */

export function paintTold({told, real, pane, top}: PlaceAt<'told'>, look: LabLook): Painted {
  const {language, layout, glyphs} = look;
  const {lab: words} = lessonsIn(language);
  switch (pane.kind) {
    case 'text': {
      const isStarting = real.kind === 'starting';
      const room = {...layout, height: layout.height - (isStarting ? 1 : 0)};
      const text = scrolledLines(toldLines({told, real}, look), top, room.height, glyphs);
      const lines = withMap(text, (height) => brokenMap(told, {...room, height, glyphs}, words), room);
      return isStarting ? {busy: line(words.startingOnScreen), lines} : {lines};
    }
    case 'others':
      return {lines: othersLines(told, pane.cursor, look)};
    case 'other':
      return {lines: scrolledLines(otherLines(told, pane.cursor, look), pane.top, layout.height, glyphs)};
    case 'map':
      return {lines: mapPage(told, look)};
    default:
      return pane satisfies never;
  }
}

function mapPage(told: Told, look: LabLook): readonly Line[] {
  const {language, layout, glyphs} = look;
  const {lab: words} = lessonsIn(language);
  const why = unmarkedBy(told.trials, words)?.why;
  if (why === undefined) {
    const room = {...layout, height: layout.height - 1, glyphs};
    return [line(words.brokenOnMap, 'title'), ...brokenMap(told, room, words)];
  }
  const lines = brokenMap(told, {...layout, glyphs}, words);
  // Why nothing is marked is what counts.
  return lines.length === 0 ? paragraph(why, layout.width, 'bad') : lines;
}

function brokenMap({map, trials}: Told, room: MapRoom, words: LabWords): readonly Line[] {
  const marks = marksOfTrials(trials);
  const unmarked = unmarkedBy(trials, words);
  const why = unmarked === undefined ? [] : paragraph(unmarked.why, room.width, 'bad');
  const light = [...marks].flatMap(([id, mark]) => (mark === 'bad' ? [id] : []));
  const parts = unmarked === undefined ? [] : [unmarked.component];
  const figure = mapLines(map, {marks, light, parts}, {...room, height: room.height - why.length});
  return figure.length === 0 ? [] : [...why, ...figure];
}

/** All that is told of the connection asked about: whether one was right, both ends' words, the real ones', and why. */
export function toldLines({told, real}: Pick<PlaceAt<'told'>, 'told' | 'real'>, look: LabLook): readonly Line[] {
  const {language, layout, glyphs} = look;
  const {faults, lab: words} = lessonsIn(language);
  const [asked, ...others] = told.trials;
  if (asked === undefined) return [];
  return [
    ...paragraph(questionOf(told.broken.asked, words), layout.width, 'title'),
    ...verdictLines(asked, told.guess, words, look),
    blank,
    ...lined(trialLines(asked, words, glyphs), look),
    ...(others.length === 0 ? [] : paragraph(words.alsoTried(others.length), layout.width, 'quiet', 2)),
    blank,
    ...(real.kind === 'heard' ? [...lined(realLines(real.words, words, glyphs), look), blank] : []),
    ...(real.kind === 'failed' ? [...failureLines(real.failure, layout.width, glyphs), blank] : []),
    ...lined(whyLines(faults[told.fault.id], words), look),
  ];
}

/** The line at which the words of real programs begin; 0 = there are none. */
export function realTop(place: Pick<PlaceAt<'told'>, 'told' | 'real'>, look: LabLook): number {
  const {realOnesPrinted} = lessonsIn(look.language).lab;
  const [first = ''] = wrap(realOnesPrinted, look.layout.width);
  return Math.max(
    0,
    toldLines(place, look).findIndex((spans) => spans.some(({text}) => text === first)),
  );
}

function verdictLines(
  asked: Trial,
  guess: Outcome | undefined,
  words: LabWords,
  {layout, glyphs}: LabLook,
): readonly Line[] {
  const {text, as} = answerLine(asked, guess, words);
  const glyph = as === 'good' ? glyphs.done : as === 'bad' ? glyphs.wrong : glyphs.arrow;
  return hung(`${glyph} `, text, layout.width, as);
}

/** One line each: who calls whom, and whether that is refused; below the list, by whom. */
function othersLines({trials}: Told, cursor: number, {language, layout, glyphs}: LabLook): readonly Line[] {
  const {lab: words} = lessonsIn(language);
  const others = trials.slice(1);
  const {width, height} = layout;
  const rows = Math.max(1, Math.min(others.length, height - 4));
  const list = others.map((trial, index): Line => {
    const isHere = index === cursor;
    const isRefused = trial.happened !== 'nobody';
    const call = shorten(callText(trial, words, glyphs), width - 4, glyphs);
    return [
      span(isHere ? `${glyphs.pointer} ` : '  ', 'accent'),
      span(`${isRefused ? glyphs.wrong : glyphs.done} `, isRefused ? 'bad' : 'good'),
      span(call, isHere ? 'accent' : 'plain'),
    ];
  });
  const under = others[cursor];
  return [
    line(words.othersTried, 'title'),
    blank,
    ...listWindow(list, cursor, rows, glyphs),
    ...(under === undefined
      ? []
      : [line(glyphs.rule.repeat(width), 'quiet'), line(capital(outcomeText(under.happened, under, words)))]),
  ];
}

export function otherLines({trials}: Told, cursor: number, look: LabLook): readonly Line[] {
  const {lab: words} = lessonsIn(look.language);
  const trial = trials[cursor + 1];
  return trial === undefined ? [] : lined(groupLines([trial], words, look.glyphs), look);
}

/** The map is whole again, where there is room for it below the words. */
export function mendedPage({told, mended, top, isMap}: PlaceAt<'mended'>, look: LabLook): readonly Line[] {
  const {layout, glyphs} = look;
  const marks = marksOfProof(mended.proof.connections);
  const map = (height: number) => mapLines(told.map, {marks, light: []}, {...layout, height, glyphs});
  if (isMap) return map(layout.height);
  return withMap(scrolledLines(mendedText({told, mended}, look), top, layout.height, glyphs), map, layout);
}

export function mendedText({told, mended}: Pick<PlaceAt<'mended'>, 'told' | 'mended'>, look: LabLook): readonly Line[] {
  const {faults, lab: words} = lessonsIn(look.language);
  const [first, ...rest] = mendedLines(mended, words, look.glyphs);
  const glyph = mended.isWhole ? look.glyphs.done : look.glyphs.wrong;
  return [
    ...titleLines(told.fault.id, look),
    ...(first === undefined ? [] : hung(`${glyph} `, first.text, look.layout.width, first.as)),
    ...lined(rest, look),
    blank,
    ...lined(remedyLines(faults[told.fault.id], words), look),
  ];
}

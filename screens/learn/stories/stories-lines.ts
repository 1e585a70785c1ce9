import type {Lessons} from '../../../src/lessons/lessons.ts';
import {stories, tellStory, type ToldStep} from '../../../src/lessons/stories.ts';
import type {ClusterMap} from '../../../src/pki/cluster-map.ts';
import type {MapRole} from '../../../src/report/map-canvas.ts';
import {mapFigure} from '../../../src/report/map-figure.ts';
import {artefactRows, litNumbers, litWords, type StoryRow} from '../../../src/report/story-text.ts';
import type {Layout} from '../../layout.ts';
import {failureLines} from '../../parts/failure-lines.ts';
import type {Painted} from '../../parts/page.tsx';
import {type ScrolledPart, scrolledLines} from '../../parts/scroll.ts';
import type {Line} from '../../parts/text.ts';
import {blank, line, paragraph, span, widthOf, wrap} from '../../parts/text.ts';
import {countingGlyphs, type Glyphs, type Role} from '../../theme.ts';
import type {OpenStory, StoriesView, Thing} from './stories-state.ts';

export function paintStories(view: StoriesView, layout: Layout, lessons: Lessons, glyphs: Glyphs): Painted {
  const {open} = view;
  if (open === undefined) return {lines: listLines(view, layout, lessons, glyphs)};
  const {fixed, scrolled} = partsOf(view, open, layout, lessons, glyphs);
  const lines = [...fixed, ...scrolledLines(scrolled, open.top, layout.height - fixed.length, glyphs)];
  if (open.shows === 'step' || thingOf(view, open, lessons)?.thing.kind !== 'making') return {lines};
  const [title = blank] = fixed;
  return {lines: lines.slice(1), busy: title};
}

/** How much there is to scroll, and in how many rows. */
export function scrolledPart(view: StoriesView, layout: Layout, lessons: Lessons, glyphs: Glyphs): ScrolledPart {
  const {open} = view;
  if (open === undefined) return {count: 0, height: 0};
  const {fixed, scrolled} = partsOf(view, open, layout, lessons, glyphs);
  return {count: scrolled.length, height: layout.height - fixed.length};
}

export function showsMap(view: StoriesView, layout: Layout, lessons: Lessons, glyphs: Glyphs): boolean {
  const {open} = view;
  return open?.shows === 'step' && partsOf(view, open, layout, lessons, glyphs).hasMap;
}

interface Parts {
  readonly hasMap: boolean;
  /** Above, always there. */
  readonly fixed: readonly Line[];
  readonly scrolled: readonly Line[];
}

function partsOf(view: StoriesView, open: OpenStory, layout: Layout, lessons: Lessons, glyphs: Glyphs): Parts {
  const shown = thingOf(view, open, lessons);
  if (open.shows === 'thing' && shown !== undefined) {
    const {step, thing} = shown;
    return {
      hasMap: false,
      fixed: [line(titleOf(step, lessons), 'title'), blank],
      scrolled: thingLines(thing, lessons, layout.width, glyphs),
    };
  }
  return stepParts(view, open, layout, lessons, glyphs);
}

/** Rows below the text from which the real thing is worth showing beside it. */
const roomForThing = 6;

/** The map as large as it can be while the text is seen whole; the real thing below, where there is room. */
function stepParts(view: StoriesView, open: OpenStory, layout: Layout, lessons: Lessons, glyphs: Glyphs): Parts {
  const {width, height} = layout;
  const step = stepTold(open, lessons);
  const text = [line(step.heading, 'title'), ...paragraph(step.text, Math.min(width, widestText))];
  const shown = thingOf(view, open, lessons);
  const pointer =
    shown === undefined ? [] : [[span(`${glyphs.shut} `, 'accent'), span(titleOf(step, lessons), 'accent')]];
  const above = mapParts(view, step, {lessons, width, height: height - text.length - pointer.length, glyphs});
  const fixed = [...above, ...(height - above.length - text.length - pointer.length >= 2 ? [blank] : [])];
  const left = height - fixed.length - text.length - pointer.length;
  const hasSpace = left >= 1 && pointer.length > 0;
  const isBeside = shown !== undefined && left >= roomForThing;
  return {
    hasMap: above.length > 0,
    fixed,
    scrolled: [
      ...text,
      ...(hasSpace ? [blank] : []),
      ...pointer,
      ...(isBeside ? thingLines(shown.thing, lessons, width, glyphs) : []),
    ],
  };
}

/** Longer lines are hard to read. */
const widestText = 96;

interface MapLook {
  readonly lessons: Lessons;
  readonly width: number;
  readonly height: number;
  readonly glyphs: Glyphs;
}

/** The figure with what is lit in it said below; nothing where there is no room for a figure. */
function mapParts({map}: StoriesView, step: ToldStep, {lessons, width, height, glyphs}: MapLook): readonly Line[] {
  if (map === undefined) return [];
  const caption = captionLines(step, map, lessons, width);
  const figure = figureLines(step, map, {width, height: height - caption.length, glyphs});
  return figure.length === 0 ? [] : [...figure, ...caption];
}

/** In one line where that is possible. */
function captionLines(step: ToldStep, map: ClusterMap, lessons: Lessons, width: number): readonly Line[] {
  const label = `${lessons.artefacts.onMap}: `;
  const words = litWords(step, map);
  const fits = widthOf(label) + widthOf(words) <= width;
  const said = fits ? words : litNumbers(step, map) || words;
  return wrap(label + said, width).map((text, row) =>
    row === 0 ? [span(label, 'quiet'), span(text.slice(label.length), 'accent')] : line(text, 'accent'),
  );
}

function figureLines(
  step: ToldStep,
  map: ClusterMap,
  {width, height, glyphs}: {readonly width: number; readonly height: number; readonly glyphs: Glyphs},
): readonly Line[] {
  const form = glyphs === countingGlyphs ? 'ascii' : 'unicode';
  return mapFigure(map, {width, height, glyphs: form, light: step}).map((pieces) =>
    pieces.map(({text, role}) => span(text, roles[role])),
  );
}

const roles: Readonly<Record<MapRole, Role>> = {
  plain: 'plain',
  quiet: 'quiet',
  lit: 'accent',
  selected: 'accent',
  good: 'good',
  bad: 'bad',
};

function titleOf({artefact}: ToldStep, {artefacts}: Lessons): string {
  return artefact === undefined ? '' : artefacts.titles[artefact];
}

function stepTold({id, step}: OpenStory, {stories: texts}: Lessons): ToldStep {
  const story = stories.find((each) => each.id === id);
  const told = story === undefined ? undefined : tellStory(story, texts).steps[step];
  if (told === undefined) throw new TypeError(`no step ${step} in ${id}`);
  return told;
}

/** What is made for the step; undefined = it needs nothing. */
function thingOf(
  {things}: StoriesView,
  open: OpenStory,
  lessons: Lessons,
): {readonly step: ToldStep; readonly thing: Thing} | undefined {
  const step = stepTold(open, lessons);
  if (step.artefact === undefined) return undefined;
  return {step, thing: things.get(step.artefact) ?? {kind: 'making'}};
}

function thingLines(thing: Thing, lessons: Lessons, width: number, glyphs: Glyphs): readonly Line[] {
  switch (thing.kind) {
    case 'making':
      return [];
    case 'made':
      return artefactRows(thing.artefact, lessons.artefacts, width).map(rowLine);
    case 'failed':
      return failureLines(thing.failure, width, glyphs);
    default:
      return thing satisfies never;
  }
}

function rowLine({text, as}: StoryRow): Line {
  return line(text, as);
}

/** A row a story, and below them what the chosen one is about. */
function listLines(
  {list, read, left}: StoriesView,
  {width, height}: Layout,
  lessons: Lessons,
  glyphs: Glyphs,
): readonly Line[] {
  const told = stories.map((story) => tellStory(story, lessons.stories));
  const lines = told.map(({id, title, steps}, index): Line => {
    const isHere = index === list.cursor;
    return [
      span(isHere ? `${glyphs.pointer} ` : '  ', 'accent'),
      span(read?.has(id) === true ? `${glyphs.done} ` : '  ', 'good'),
      span(title, isHere ? 'accent' : 'title'),
      span(`  ${stepsWord(left.get(id), steps.length)}`, 'quiet'),
    ];
  });
  const about = told[list.cursor]?.about ?? '';
  return [...lines, ...(height > lines.length + 2 ? [blank] : []), ...paragraph(about, width)];
}

/** How long it is, or where it was left. */
function stepsWord(left: OpenStory | undefined, count: number): string {
  return left === undefined ? `${count} steps` : `left at step ${left.step + 1}/${count}`;
}

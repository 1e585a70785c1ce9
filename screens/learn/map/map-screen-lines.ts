import {lessonsIn} from '../../../src/lessons/languages.ts';
import {legendLines, detailLines} from '../../../src/report/map-lines.ts';
import {mapBrief} from '../../../src/report/map-brief.ts';
import {mapFigure, mapKey, type MapMark} from '../../../src/report/map-figure.ts';
import {markOf} from '../../../src/report/map-parts.ts';
import {mapDetails, type MapTopic} from '../../../src/report/map-text.ts';
import {certificateIds} from '../../../src/report/map-topics.ts';
import {arrowOf} from '../../../src/pki/cluster-map.ts';
import {subjectText} from '../../../src/report/words.ts';
import {failureLines} from '../../parts/failure-lines.ts';
import {glyphSet, paintedMap} from '../../parts/map-paint.ts';
import type {Painted} from '../../parts/page.tsx';
import {listWindow, scrolledLines} from '../../parts/scroll.ts';
import {blank, cell, line, type Line, paragraph, shorten, span} from '../../parts/text.ts';
import {visibleText} from '../../parts/visible-text.ts';
import {countingGlyphs, type Glyphs} from '../../theme.ts';
import type {Around} from '../room.ts';
import {choiceRows} from './map-choices.ts';
import type {Choosing, Drawn, MapView} from './map-state.ts';

type MapDrawn = Extract<Drawn, {kind: 'drawn'}>;
type Painting = Around & {readonly glyphs: Glyphs};

/** The whole body: the figure or a list, with a few lines about what is chosen below it. */
export function mapLines(view: MapView, around: Painting): Painted {
  const {drawn} = view;
  const {layout, glyphs} = around;
  if (view.choosing !== undefined) return choosingLines(view.choosing, around);
  switch (drawn.kind) {
    case 'none':
      return {lines: []};
    case 'reading':
      return {lines: [], busy: line('reading ...')};
    case 'failed':
      return {lines: failureLines(drawn.failure, layout.width, glyphs)};
    case 'drawn':
      return {lines: drawnLines(view, drawn, around)};
    default:
      return drawn satisfies never;
  }
}

function drawnLines(view: MapView, drawn: MapDrawn, around: Painting): readonly Line[] {
  const {layout, glyphs} = around;
  const {width, height} = layout;
  if (view.details !== undefined) {
    const {title} = detailsOf(view, drawn, around);
    return [
      line(shorten(title, width, glyphs), 'title'),
      blank,
      ...scrolledLines(detailRows(view, around, glyphs), view.details, height - detailHead, glyphs),
    ];
  }
  const upper = view.at === 'map' ? figureLines(view, drawn, around) : listLines(view, drawn, around);
  return [...upper, ...aboutLines(view, drawn, around, height - upper.length)];
}

function figureLines({spot}: MapView, {cluster, verdicts}: MapDrawn, {layout, glyphs}: Painting): readonly Line[] {
  const marks = new Map(
    cluster.map.arrows.flatMap((arrow): readonly (readonly [string, MapMark])[] => {
      const mark = markOf(arrow, verdicts);
      return mark === undefined ? [] : [[arrow.id, mark]];
    }),
  );
  const {width, height} = layout;
  // One line below it at least, for what is chosen.
  const look = {width, height: height - 1, glyphs: glyphSet(glyphs), selected: spot, marks};
  const figure = paintedMap(mapFigure(cluster.map, look));
  const key = [blank, line(mapKey(glyphSet(glyphs), marks.size > 0), 'quiet')];
  return height - figure.length > roomForKey ? [...figure, ...key] : figure;
}

/** Rows below the figure from which its key is worth two of them. */
const roomForKey = 9;

/** Rows below a list for what is chosen in it. */
const aboutRows = 5;

function listLines(view: MapView, drawn: MapDrawn, {layout, glyphs}: Painting): readonly Line[] {
  const {width, height} = layout;
  const rows =
    view.at === 'connections'
      ? connectionRows(view, drawn, width, glyphs)
      : certificateRows(view, drawn, width, glyphs);
  const lines = rows.lines.map((one, index): Line => {
    const isHere = index === rows.cursor;
    return [
      span(isHere ? `${glyphs.pointer} ` : '  ', 'accent'),
      ...(isHere ? one.map(({text}) => span(text, 'accent')) : one),
    ];
  });
  return [...listWindow(lines, rows.cursor, Math.min(lines.length, height - aboutRows), glyphs), blank];
}

interface Rows {
  readonly lines: readonly Line[];
  readonly cursor: number;
}

function connectionRows({spot}: MapView, {cluster, verdicts}: MapDrawn, width: number, glyphs: Glyphs): Rows {
  const cursor = cluster.map.arrows.findIndex(({id}) => spot.kind === 'connection' && id === spot.id);
  return {
    lines: paintedMap(legendLines(cluster, verdicts, {width: width - 2, glyphs: glyphSet(glyphs)})),
    cursor: Math.max(0, cursor),
  };
}

function certificateRows({certificate}: MapView, {cluster}: MapDrawn, width: number, glyphs: Glyphs): Rows {
  const ids = certificateIds(cluster);
  const nameWidth = Math.max(0, ...ids.map(({length}) => length)) + 2;
  const signers = cluster.certificates.map(({signedBy}) => signedBy.length);
  const signerWidth = Math.min(24, Math.max(0, ...signers) + 2);
  return {
    lines: ids.map((id): Line => {
      const found = cluster.certificates.find((one) => one.id === id);
      const ends = found?.notAfter?.toISOString().slice(0, 10);
      const rest = width - 2 - nameWidth - signerWidth - (ends === undefined ? 0 : 12);
      return [
        span(cell(id, nameWidth, glyphs)),
        span(cell(found?.signedBy ?? '', signerWidth, glyphs), 'quiet'),
        span(ends === undefined ? '' : `${ends}  `),
        span(shorten(found === undefined ? '' : subjectText(found.subject), Math.max(0, rest), glyphs), 'quiet'),
      ];
    }),
    cursor: Math.max(0, ids.indexOf(certificate ?? '')),
  };
}

function topicOf({at, spot, certificate}: MapView, {cluster}: MapDrawn): MapTopic {
  switch (at) {
    case 'map':
      return spot;
    case 'connections': {
      const [first] = cluster.map.arrows;
      return spot.kind === 'connection' || first === undefined ? spot : {kind: 'connection', id: first.id};
    }
    case 'certificates':
      return {kind: 'certificate', id: certificate ?? certificateIds(cluster)[0] ?? ''};
    default:
      return at satisfies never;
  }
}

function detailsOf(view: MapView, drawn: MapDrawn, {tools}: Around) {
  const {cluster, verdicts} = drawn;
  return mapDetails(cluster, topicOf(view, drawn), {lessons: lessonsIn(tools.language), verdicts});
}

/** Rows above the details that do not scroll. */
export const detailHead = 2;

/** All of what is chosen, for a window of its own. */
export function detailRows(view: MapView, around: Around, glyphs: Glyphs = countingGlyphs): readonly Line[] {
  const {drawn} = view;
  if (drawn.kind !== 'drawn') return [];
  const look = {width: around.layout.width, glyphs: glyphSet(glyphs)};
  return paintedMap(detailLines(detailsOf(view, drawn, around), look));
}

/** What is chosen, in as many lines as there are: from nine on as much of all of it as fits. */
function aboutLines(view: MapView, drawn: MapDrawn, around: Painting, room: number): readonly Line[] {
  const {layout, glyphs} = around;
  const {width} = layout;
  // A list has a blank line below it already; a figure is set apart where there is room.
  const apart = view.at === 'map' ? [blank] : [];
  if (room >= roomForKey) {
    const {title} = detailsOf(view, drawn, around);
    const rows = [line(shorten(title, width, glyphs), 'title'), ...detailRows(view, around, glyphs)];
    const left = room - apart.length;
    const more = line(`${glyphs.below} ${rows.length - left + 1} below`, 'quiet');
    return [...apart, ...(rows.length <= left ? rows : [...rows.slice(0, left - 1), more])];
  }
  const brief = briefLines(view, drawn, around, room);
  return [...(brief.length < room ? apart : []), ...brief];
}

/** Who shows what and who checks it with what comes first: what it is for goes where there is no room for all. */
function briefLines(view: MapView, drawn: MapDrawn, {layout, glyphs, tools}: Painting, room: number): readonly Line[] {
  const {width} = layout;
  const {cluster, verdicts} = drawn;
  const topic = topicOf(view, drawn);
  const [title = '', what, ...ends] = mapBrief(cluster, topic, lessonsIn(tools.language), verdicts);
  const head = line(shorten(title, width, glyphs), 'title');
  const told = ends.flatMap((text) => paragraph(text, width));
  const isFailing =
    topic.kind === 'connection' &&
    arrowOf(cluster.map, topic.id)?.instances.some((one) => verdicts.get(one)?.kind === 'failed') === true;
  const short = isFailing && what !== undefined ? [line(shorten(what, width, glyphs))] : [];
  const forms: readonly (readonly Line[])[] = [
    [head, ...(what === undefined ? [] : paragraph(what, width)), ...told],
    [head, ...short, ...told],
    // The ends are named in what is told of them.
    ...(topic.kind === 'connection' ? [[...short, ...told]] : []),
  ];
  const fitting = forms.find((form) => form.length <= room);
  if (fitting !== undefined) return fitting;
  if (room < 2) return [head].slice(0, room);
  const kept = [head, ...short, ...told].slice(0, room);
  const cutOff = kept.at(-1) ?? [];
  return [...kept.slice(0, -1), [...cutOff, span(glyphs.ellipsis)]];
}

function choosingLines({list, field}: Choosing, {layout, tools, glyphs}: Painting): Painted {
  const {width, height} = layout;
  const rows = choiceRows(tools);
  const chosen = rows[list.cursor];
  if (field !== undefined && chosen !== undefined && 'label' in chosen.choice) {
    const {label} = chosen.choice;
    const shown = visibleText(field, width - label.length - 5, glyphs);
    return {
      lines: [
        line(`The map of ${chosen.name}`, 'title'),
        ...paragraph(chosen.what, width, 'quiet'),
        blank,
        [span(`${glyphs.bar} `, 'accent'), span(`${label}  `, 'accent'), span(shown.text)],
      ],
      caret: {row: 3, column: 4 + label.length + shown.column},
    };
  }
  const nameWidth = Math.max(...rows.map(({name}) => name.length)) + 2;
  const lines = rows.map(({name, what}, index): Line => {
    const isHere = index === list.cursor;
    return [
      span(isHere ? `${glyphs.pointer} ` : '  ', 'accent'),
      span(cell(name, nameWidth, glyphs), isHere ? 'accent' : 'plain'),
      span(shorten(what, width - nameWidth - 2, glyphs), 'quiet'),
    ];
  });
  const about = chosen === undefined ? [] : paragraph(chosen.what, width, 'quiet');
  const room = Math.min(lines.length, height - about.length - 1);
  return {lines: [...listWindow(lines, list.cursor, room, glyphs), blank, ...about]};
}

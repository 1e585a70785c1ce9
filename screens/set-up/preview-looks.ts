import type {FormId} from '../../src/report/component-forms.ts';
import {componentForm, formsOf} from '../../src/report/component-forms.ts';
import {detailsOf} from '../../src/report/preview-details.ts';
import type {Link} from '../../src/report/link.ts';
import type {Thing} from '../../src/report/thing.ts';
import type {Layout} from '../layout.ts';
import type {ListMove} from '../parts/list-state.ts';
import {scrollTo} from '../parts/list-state.ts';
import type {Line} from '../parts/text.ts';
import {span} from '../parts/text.ts';
import type {Glyphs} from '../theme.ts';
import {makeTheme} from '../theme.ts';
import type {LinkedLines} from './preview-lines.ts';
import {detailLines, formLines} from './preview-lines.ts';
import type {Look, PreviewView} from './preview-state.ts';

/** Things that fill the screen: their links are followed, and the way back is kept. */

export function lookedAt({mode}: PreviewView): Look | undefined {
  return mode.kind === 'looking' ? mode.looks.at(-1) : undefined;
}

/** On to a thing, or to a component's form. */
export function lookAt(view: PreviewView, thing: Thing, layout: Layout, form?: FormId): PreviewView {
  const before = view.mode.kind === 'looking' ? view.mode.looks : [];
  const look: Look = {thing, form, top: 0, link: -1};
  const next: PreviewView = {...view, mode: {kind: 'looking', looks: chain(before, look)}, copied: undefined};
  const lines = linesOfLook(next, look, layout.width);
  return withLook(next, inSight(look, 'first', lines, roomFor(lines, layout)));
}

/** Back to what was looked at before; from the first to the list. */
export function lookBack(view: PreviewView): PreviewView {
  if (view.mode.kind !== 'looking') return view;
  const [first, ...rest] = view.mode.looks.slice(0, -1);
  const mode: PreviewView['mode'] = first === undefined ? {kind: 'list'} : {kind: 'looking', looks: [first, ...rest]};
  return {...view, mode, copied: undefined};
}

export function followLink(view: PreviewView, layout: Layout): PreviewView {
  const look = lookedAt(view);
  if (look === undefined || look.form !== undefined) return view;
  const lines = linesOfLook(view, look, layout.width);
  // After a change of the window the link may be out of sight; nobody follows what is not seen.
  const seen = inSight(look, 'down', lines, roomFor(lines, layout));
  if (seen.link !== look.link) return withLook(view, seen);
  const link = linksIn(view, look)[look.link];
  return link === undefined ? view : lookAt(view, link.to, layout);
}

/** The same component in its next form. */
export function nextForm(view: PreviewView): PreviewView {
  const look = lookedAt(view);
  const component = look === undefined ? undefined : componentIn(look.thing);
  if (look?.form === undefined || component === undefined) return view;
  const forms = formsOf(view.index, component);
  const form = forms[(forms.indexOf(look.form) + 1) % forms.length];
  return withLook({...view, copied: undefined}, {...look, form, top: 0});
}

/** The component that a thing is, or is a part of. */
export function componentIn(thing: Thing | undefined) {
  return thing?.kind === 'component' || thing?.kind === 'flag' ? thing.component : undefined;
}

/**
 * Up and down go from link to link as far as they are in sight, and else scroll by a line; the other moves scroll. The
 * cursor never stands on a link that is not seen.
 */
export function moveInLook(view: PreviewView, move: ListMove, layout: Layout): PreviewView {
  const look = lookedAt(view);
  if (look === undefined) return view;
  const {lines, linkRows} = linesOfLook(view, look, layout.width);
  const room = roomFor({lines, linkRows}, layout);
  if (move === 'up' || move === 'down') {
    const link = look.link === -1 ? -1 : look.link + (move === 'down' ? 1 : -1);
    const row = link === -1 ? undefined : linkRows[link];
    if (row !== undefined && row >= look.top && row < look.top + room) return withLook(view, {...look, link});
  }
  const top = scrollTo(look.top, move, lines.length, room);
  return withLook(view, inSight({...look, top}, move, {lines, linkRows}, room));
}

/** The cursor on a link that is seen: where it was, else the first, or the last when one comes from below. */
function inSight(look: Look, move: ListMove, {linkRows}: LinkedLines, room: number): Look {
  const seen = linkRows.flatMap((row, link) => (row >= look.top && row < look.top + room ? link : []));
  if (seen.includes(look.link) && move !== 'first' && move !== 'last') return look;
  const isFromBelow = move === 'up' || move === 'page-up' || move === 'last';
  return {...look, link: (isFromBelow ? seen.at(-1) : seen[0]) ?? -1};
}

/** Rows of text: where it does not fit, the last row says how much there is above and below. */
function roomFor({lines}: LinkedLines, {height}: Layout): number {
  return lines.length <= height ? height : height - 1;
}

function withLook(view: PreviewView, look: Look): PreviewView {
  if (view.mode.kind !== 'looking' || view.mode.looks.at(-1) === look) return view;
  return {...view, mode: {kind: 'looking', looks: chain(view.mode.looks.slice(0, -1), look)}};
}

function chain(before: readonly Look[], last: Look): readonly [Look, ...Look[]] {
  const [first, ...rest] = before;
  return first === undefined ? [last] : [first, ...rest, last];
}

/** All of it, also what is not in the window; glyphs change no height. */
export function linesOfLook(view: PreviewView, look: Look, width: number, glyphs: Glyphs = anyGlyphs()): LinkedLines {
  const component = componentIn(look.thing);
  const way = wayLines(view, glyphs);
  if (look.form !== undefined && component !== undefined) {
    const form = componentForm(view.index, component, look.form);
    const of = `${component.component} on ${component.node}`;
    return {lines: [...way, ...formLines(form, of, width)], linkRows: []};
  }
  const {lines, linkRows} = detailLines(detailsOf(view.index, look.thing), width, glyphs, look.link);
  return {lines: [...way, ...lines], linkRows: linkRows.map((row) => row + way.length)};
}

/** Where one has come from, once a link was followed. */
function wayLines({mode, index}: PreviewView, {crumb}: Pick<Glyphs, 'crumb'>): readonly Line[] {
  if (mode.kind !== 'looking' || mode.looks.length === 1) return [];
  const titles = mode.looks.slice(-4, -1).map(({thing}) => detailsOf(index, thing).title);
  return [[span(`from ${titles.join(` ${crumb} `)}`, 'quiet')]];
}

function linksIn(view: PreviewView, {thing}: Look): readonly Link[] {
  return detailsOf(view.index, thing).links.flatMap(({links}) => links);
}

/** For whoever counts lines and draws none. */
function anyGlyphs(): Glyphs {
  return makeTheme({ascii: true, color: false}).glyphs;
}

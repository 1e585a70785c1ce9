import type {EndId} from '../pki/blueprint-types.ts';
import type {ClusterMap, MapArrow, MapBox, MapSpot} from '../pki/cluster-map.ts';
import {type LineLook, MapCanvas, type MapLine, type MapRole, type Point, type Side} from './map-canvas.ts';
import {type ArrowPlace, type BoxPlace, mapPlaces, type MapPlaces} from './map-places.ts';

/** What a connection was found to be: it works, it fails, or one side verifies nothing by design. */
export type MapMark = 'good' | 'bad' | 'open';

export interface MapLook {
  /** Cells that there are; the largest figure that fits is drawn. */
  readonly width: number;
  readonly height: number;
  readonly glyphs: 'unicode' | 'ascii';
  /** Drawn with doubled lines, and all the rest quiet: connections by their rows. */
  readonly light?: {readonly components: readonly EndId[]; readonly connections: readonly string[]};
  readonly selected?: MapSpot | undefined;
  /** Beside the numbers, by row; left out = nothing was tried. */
  readonly marks?: ReadonlyMap<string, MapMark>;
}

const signs = {
  unicode: {pointer: '❯', lit: '●', good: '✓', bad: '✗', open: '○'},
  ascii: {pointer: '>', lit: '#', good: '*', bad: 'x', open: '?'},
} as const;

/** The largest figure that fits; undefined = none does. */
export function mapSizeFor(
  width: number,
  height: number,
): {readonly width: number; readonly height: number} | undefined {
  return placesFor({width, height});
}

function placesFor({width, height}: Pick<MapLook, 'width' | 'height'>): MapPlaces | undefined {
  return mapPlaces.find((places) => places.width <= width && places.height <= height);
}

/**
 * Components as boxes, connections as arrows with the numbers of their rows; dashed where the caller shows no
 * certificate. What is lit or selected has doubled lines, and what is selected a pointer too.
 *
 * @returns no lines where no figure fits
 */
export function mapFigure(map: ClusterMap, look: MapLook): readonly MapLine[] {
  const places = placesFor(look);
  if (places === undefined) return [];
  const canvas = new MapCanvas(places.width, places.height, look.glyphs);
  const boxes = map.boxes
    .map((box) => ({box, place: places.boxes[box.id], role: boxRole(box, look)}))
    .toSorted((one, other) => rank(one.role) - rank(other.role));
  const arrows = map.arrows
    .flatMap((arrow) => {
      const place = places.arrows[arrow.id];
      return place === undefined ? [] : [{arrow, place, role: arrowRole(arrow, look)}];
    })
    .toSorted((one, other) => rank(one.role) - rank(other.role));
  // What is lit is drawn over what is not, and text over lines.
  for (const {place, role} of boxes) drawFrame(canvas, place, role);
  for (const {arrow, place, role} of arrows) canvas.line(place.line, lineLook(arrow, role), lineRole(role));
  for (const {box, place, role} of boxes) drawName(canvas, box, place, role, look);
  for (const {arrow, place, role} of arrows) drawHead(canvas, place, lineRole(role), arrow.id);
  for (const {arrow, place, role} of arrows) drawNumber(canvas, arrow, place, role, look);
  return canvas.lines();
}

type Standing = 'quiet' | 'plain' | 'lit' | 'selected';
const standings: readonly Standing[] = ['quiet', 'plain', 'lit', 'selected'];

function rank(role: Standing): number {
  return standings.indexOf(role);
}

function boxRole({id}: MapBox, {light, selected}: MapLook): Standing {
  if (selected?.kind === 'component' && selected.id === id) return 'selected';
  if (light === undefined) return 'plain';
  return light.components.includes(id) ? 'lit' : 'quiet';
}

function arrowRole({id}: MapArrow, {light, selected}: MapLook): Standing {
  if (selected?.kind === 'connection' && selected.id === id) return 'selected';
  if (light === undefined) return 'plain';
  return light.connections.includes(id) ? 'lit' : 'quiet';
}

/** Lines stand back behind names and numbers. */
function lineRole(role: Standing): MapRole {
  return role === 'plain' ? 'quiet' : role;
}

function isPicked(role: Standing): boolean {
  return role === 'lit' || role === 'selected';
}

function lineLook({credential}: MapArrow, role: Standing): LineLook {
  if (isPicked(role)) return 'double';
  return credential === 'certificate' ? 'single' : 'dashed';
}

function drawFrame(canvas: MapCanvas, {at, width, height, isBare}: BoxPlace, role: Standing): void {
  if (isBare !== true) canvas.frame(at, width, height, isPicked(role) ? 'double' : 'single', lineRole(role));
}

function drawName(
  canvas: MapCanvas,
  {nodes}: MapBox,
  {name, at: [x, y], width, height, isBare}: BoxPlace,
  role: Standing,
  {glyphs}: MapLook,
): void {
  const sign = signs[glyphs];
  const edge = isBare === true ? 0 : 1;
  const lead = role === 'selected' ? sign.pointer : role === 'lit' && isBare === true ? sign.lit : ' ';
  canvas.text([x + edge, y + edge], `${lead}${name}`, role);
  // A frame of one row has room for the name alone, and the API server's nodes are as many as the control plane's.
  if (height < 4) return;
  const where = nodesIn(nodes, width - 3);
  if (where !== '') canvas.text([x + 2, y + 2], where, 'quiet');
}

function nodesIn(nodes: readonly string[], room: number): string {
  const all = nodes.join(', ');
  if (all.length <= room) return all;
  return `${nodes.length} nodes`.slice(0, room);
}

function drawHead(canvas: MapCanvas, {line, head}: ArrowPlace, role: MapRole, id: string): void {
  const [to, from] = [line.at(-1), line.at(-2)];
  if (to === undefined || from === undefined) throw new TypeError(`the arrow of ${id} has no line`);
  canvas.head(to, head ?? sideTo(from, to), role);
}

function sideTo([fromX, fromY]: Point, [toX, toY]: Point): Side {
  if (fromX !== toX) return toX > fromX ? 'right' : 'left';
  return toY > fromY ? 'down' : 'up';
}

function drawNumber(
  canvas: MapCanvas,
  {id, number}: MapArrow,
  {number: [x, y]}: ArrowPlace,
  role: Standing,
  {glyphs, marks}: MapLook,
): void {
  const sign = signs[glyphs];
  const text = String(number);
  if (role === 'selected') canvas.text([x - 1, y], sign.pointer, role);
  canvas.text([x, y], text, role);
  const mark = marks?.get(id);
  if (mark !== undefined) canvas.text([x + text.length, y], sign[mark], mark === 'open' ? 'quiet' : mark);
}

export function markSign(mark: MapMark, glyphs: 'unicode' | 'ascii'): string {
  return signs[glyphs][mark];
}

/** What the lines of a figure mean, in one line. */
export function mapKey(glyphs: 'unicode' | 'ascii', hasMarks: boolean): string {
  const sign = signs[glyphs];
  const [whole, dashed] = glyphs === 'ascii' ? ['-->', '..>'] : ['──▸', '╌╌▸'];
  const marks = hasMarks ? `  ${sign.good} works  ${sign.bad} fails  ${sign.open} not verified` : '';
  return `${whole} certificate  ${dashed} token or nothing${marks}`;
}

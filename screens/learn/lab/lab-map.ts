import type {EndId} from '../../../src/pki/blueprint-types.ts';
import type {ClusterMap} from '../../../src/pki/cluster-map.ts';
import type {Trial} from '../../../src/pki/experiment.ts';
import type {JudgedConnection} from '../../../src/pki/verdict.ts';
import {mapFigure, mapKey, type MapMark} from '../../../src/report/map-figure.ts';
import {markOfVerdict} from '../../../src/report/map-parts.ts';
import {glyphSet, paintedMap} from '../../parts/map-paint.ts';
import type {Line} from '../../parts/text.ts';
import {line} from '../../parts/text.ts';
import type {Glyphs} from '../../theme.ts';

/** The map of the lab's cluster: which connections are broken, and that none is once it is mended. */

type Marks = ReadonlyMap<string, MapMark>;

/** What was tried; a row of which one connection fails has failed. */
export function marksOfTrials(trials: readonly Trial[]): Marks {
  const tried = trials.filter(({kind}) => kind === 'connection' || kind === 'token');
  return worst(tried.map(({id, happened}) => [id, happened === 'nobody' ? 'good' : 'bad']));
}

export function marksOfProof(connections: readonly JudgedConnection[]): Marks {
  return worst(connections.map(({connection, verdict}) => [connection.id, markOfVerdict(verdict)]));
}

/** Of all calls of a row: one that fails makes it fail, and one that works, where none fails, makes it work. */
function worst(all: readonly (readonly [string, MapMark])[]): Marks {
  const ranks: readonly MapMark[] = ['open', 'good', 'bad'];
  const marks = new Map<string, MapMark>();
  for (const [id, mark] of all) {
    const before = marks.get(id);
    if (before === undefined || ranks.indexOf(mark) > ranks.indexOf(before)) marks.set(id, mark);
  }
  return marks;
}

export interface MapRoom {
  readonly width: number;
  readonly height: number;
  readonly glyphs: Glyphs;
}

interface Shown {
  readonly marks: Marks;
  /** Rows of connections that stand out, with both of their ends. */
  readonly light: readonly string[];
  /** Components that stand out without a connection. */
  readonly parts?: readonly EndId[];
}

/** No lines where there is no room for it. */
export function mapLines(
  map: ClusterMap,
  {marks, light, parts = []}: Shown,
  {width, height, glyphs}: MapRoom,
): readonly Line[] {
  const arrows = map.arrows.filter(({id}) => light.includes(id));
  const components = [...parts, ...arrows.flatMap(({caller, provider}) => [caller, provider])];
  const set = glyphSet(glyphs);
  const figure = mapFigure(map, {
    width,
    height,
    glyphs: set,
    marks,
    ...(components.length === 0 ? {} : {light: {components, connections: light}}),
  });
  const key = figure.length > 0 && figure.length < height ? [line(mapKey(set, marks.size > 0), 'quiet')] : [];
  return [...paintedMap(figure), ...key];
}

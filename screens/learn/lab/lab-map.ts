import type {ClusterMap} from '../../../src/pki/cluster-map.ts';
import type {Trial} from '../../../src/pki/experiment.ts';
import type {JudgedConnection} from '../../../src/pki/verdict.ts';
import type {MapRole} from '../../../src/report/map-canvas.ts';
import {mapFigure, type MapMark} from '../../../src/report/map-figure.ts';
import type {Line} from '../../parts/text.ts';
import {span} from '../../parts/text.ts';
import type {Glyphs, Role} from '../../theme.ts';

/** The map of the lab's cluster: which connections are broken, and that none is once it is mended. */

type Marks = ReadonlyMap<string, MapMark>;

/** What was tried; a row of which one connection fails has failed. */
export function marksOfTrials(trials: readonly Trial[]): Marks {
  const tried = trials.filter(({kind}) => kind === 'connection' || kind === 'token');
  return worst(tried.map(({id, happened}) => [id, happened === 'nobody' ? 'good' : 'bad']));
}

export function marksOfProof(connections: readonly JudgedConnection[]): Marks {
  return worst(connections.map(({connection, verdict}) => [connection.id, markOf(verdict.kind)]));
}

function markOf(kind: JudgedConnection['verdict']['kind']): MapMark {
  switch (kind) {
    case 'proved':
      return 'good';
    case 'failed':
      return 'bad';
    case 'unverified-by-design':
    case 'not-provable':
      return 'open';
    default:
      return kind satisfies never;
  }
}

function worst(all: readonly (readonly [string, MapMark])[]): Marks {
  const marks = new Map<string, MapMark>();
  for (const [id, mark] of all) if (marks.get(id) !== 'bad') marks.set(id, mark);
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
}

/** No lines where there is no room for it. */
export function mapLines(map: ClusterMap, {marks, light}: Shown, {width, height, glyphs}: MapRoom): readonly Line[] {
  const arrows = map.arrows.filter(({id}) => light.includes(id));
  const components = arrows.flatMap(({caller, provider}) => [caller, provider]);
  const figure = mapFigure(map, {
    width,
    height,
    glyphs: Object.keys(glyphs.twins).length === 0 ? 'unicode' : 'ascii',
    marks,
    ...(arrows.length === 0 ? {} : {light: {components, connections: light}}),
  });
  return figure.map((pieces) => pieces.map(({text, role}) => span(text, roles[role])));
}

const roles: Readonly<Record<MapRole, Role>> = {
  plain: 'plain',
  quiet: 'quiet',
  lit: 'accent',
  selected: 'accent',
  bad: 'bad',
  good: 'good',
};

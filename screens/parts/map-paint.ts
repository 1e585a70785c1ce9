import type {MapLine, MapRole} from '../../src/report/map-canvas.ts';
import {countingGlyphs, type Glyphs, type Role} from '../theme.ts';
import type {Line} from './text.ts';
import {span} from './text.ts';

const roles: Readonly<Record<MapRole, Role>> = {
  plain: 'plain',
  quiet: 'quiet',
  lit: 'title',
  selected: 'accent',
  good: 'good',
  bad: 'bad',
};

/** The figure of a map as lines of a screen. */
export function paintedMap(lines: readonly MapLine[]): readonly Line[] {
  return lines.map((pieces) => pieces.map(({text, role}) => span(text, roles[role])));
}

/** The glyphs for what is drawn as text. */
export function glyphSet(glyphs: Glyphs): 'unicode' | 'ascii' {
  return glyphs.side === countingGlyphs.side ? 'ascii' : 'unicode';
}

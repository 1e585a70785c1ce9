import type {MapSignId, MapWords} from '../lessons/map-words.ts';
import {markSign} from './map-figure.ts';

/** What stands on a map, and what it means. */
export interface MapSign {
  readonly sign: string;
  readonly means: string;
}

/** Everything that a figure is drawn with, the connections first. */
export function mapSigns({signs}: Pick<MapWords, 'signs'>, glyphs: 'unicode' | 'ascii'): readonly MapSign[] {
  const drawn = {
    ...drawnAs[glyphs],
    good: markSign('good', glyphs),
    bad: markSign('bad', glyphs),
    open: markSign('open', glyphs),
  };
  return signIds.map((id) => ({sign: drawn[id], means: signs[id]}));
}

const signIds: readonly MapSignId[] = [
  'number',
  'certificate',
  'token',
  'doubled',
  'pointer',
  'dot',
  'good',
  'bad',
  'open',
  'scraper',
];

type DrawnId = Exclude<MapSignId, 'good' | 'bad' | 'open'>;

const drawnAs: Readonly<Record<'unicode' | 'ascii', Readonly<Record<DrawnId, string>>>> = {
  unicode: {
    number: '─5──▸',
    certificate: '───▸',
    token: '╌╌╌▸',
    doubled: '═══▸',
    pointer: '❯',
    dot: '●',
    scraper: 'scraper',
  },
  ascii: {
    number: '-5-->',
    certificate: '--->',
    token: '...>',
    doubled: '===>',
    pointer: '>',
    dot: '#',
    scraper: 'scraper',
  },
};

import type {ReactElement} from 'react';
import type {GlyphName, Role} from '../theme.ts';
import {useTheme} from '../theme.ts';
import {Lines} from './lines.tsx';
import type {Line} from './text.ts';
import {pad, shorten, span} from './text.ts';

/** A step of the way, and how far it is: with a glyph and a word, so that no colour is needed. */
export interface RailStep {
  readonly title: string;
  readonly state: 'done' | 'now' | 'to do' | 'error';
}

interface RailProps {
  readonly steps: readonly RailStep[];
  readonly width: number;
  readonly height: number;
}

const looks: Readonly<Record<RailStep['state'], {readonly glyph: GlyphName; readonly as: Role; readonly title: Role}>> =
  {
    done: {glyph: 'done', as: 'good', title: 'plain'},
    now: {glyph: 'pointer', as: 'accent', title: 'accent'},
    'to do': {glyph: 'todo', as: 'quiet', title: 'quiet'},
    error: {glyph: 'wrong', as: 'bad', title: 'bad'},
  };

export function Rail({steps, width, height}: RailProps): ReactElement {
  const {glyphs} = useTheme();
  const lines = Array.from({length: height}, (_, row): Line => {
    const step = steps[row];
    const inside = width - 2;
    const side = span(glyphs.side, 'quiet');
    if (step === undefined) return [span(' '.repeat(inside + 1)), side];
    const look = looks[step.state];
    const titleWidth = inside - stateWidth - 3;
    return [
      span(` ${glyphs[look.glyph]} `, look.as),
      span(pad(shorten(step.title, titleWidth, glyphs), titleWidth), look.title),
      span(`${step.state.padStart(stateWidth)} `, look.as),
      side,
    ];
  });
  return <Lines lines={lines} width={width} height={height} />;
}

/** Cells of the longest word for a state. */
const stateWidth = 5;

import {Box} from 'ink';
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
  const titleWidth = width - stateWidth - 5;
  const lines = steps.map(({title, state}): Line => {
    const look = looks[state];
    return [
      span(` ${glyphs[look.glyph]} `, look.as),
      span(pad(shorten(title, titleWidth, glyphs), titleWidth), look.title),
      span(`${state.padStart(stateWidth)} `, look.as),
    ];
  });
  const side = Array.from({length: height}, () => [span(glyphs.side, 'quiet')]);
  return (
    <Box flexShrink={0}>
      <Lines lines={lines} width={width - 1} height={height} />
      <Lines lines={side} width={1} height={height} />
    </Box>
  );
}

/** Cells of the longest word for a state. */
const stateWidth = 5;

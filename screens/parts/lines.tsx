import {Box, Text, Transform} from 'ink';
import type {ReactElement} from 'react';
import type {Theme} from '../theme.ts';
import {useTheme} from '../theme.ts';
import type {Line} from './text.ts';
import {fitLine} from './text.ts';

interface LineProps {
  readonly spans: Line;
  readonly width: number;
}

/** One line of exactly the given width at most; it never wraps, whatever is in it. */
export function LineRow({spans, width}: LineProps): ReactElement {
  return <Lines lines={[spans]} width={width} height={1} />;
}

interface LinesProps {
  readonly lines: readonly Line[];
  readonly width: number;
  /** Rows of the window. */
  readonly height: number;
  /** The first line that is shown. */
  readonly top?: number;
}

/**
 * A window over lines; rows outside of it do not exist for Ink.
 *
 * Ink takes every character of a `Text` apart four times to measure, clean, wrap and colour it, and lays every row out
 * on its own: most of what a key costs. The lines here have their width already and hold no control character, so they
 * are put in where Ink writes a text onto its grid, as what blank lines are transformed into (36 lines of 120 cells:
 * 6 ms instead of 19, of which 4 are the grid itself).
 */
export function Lines({lines, width, height, top = 0}: LinesProps): ReactElement {
  const theme = useTheme();
  const painted = lines.slice(top, top + height).map((spans) => paintedLine(spans, width, theme));
  return (
    <Box width={width} height={height} flexShrink={0}>
      {painted.length === 0 ? null : (
        <Transform transform={(_, row) => painted[row] ?? ''}>
          <Text>{painted.map(() => ' ').join('\n')}</Text>
        </Transform>
      )}
    </Box>
  );
}

/** Neighbours that look alike are one piece: the terminal is told of another look only where there is one. */
function paintedLine(spans: Line, width: number, {glyphs, paint}: Theme): string {
  const fitted = fitLine(spans, width, glyphs);
  let painted = '';
  for (let from = 0; from < fitted.length;) {
    const as = fitted[from]?.as ?? 'plain';
    let text = '';
    for (; from < fitted.length && (fitted[from]?.as ?? 'plain') === as; from += 1) text += fitted[from]?.text ?? '';
    painted += text === '' ? '' : paint(text, as);
  }
  return painted;
}

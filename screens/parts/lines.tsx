import {Box, Text, Transform} from 'ink';
import {memo, type ReactElement} from 'react';
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
  const theme = useTheme();
  return <PaintedRow text={paintedLine(spans, width, theme)} width={width} />;
}

/** Pieces that look alike are one: the terminal is told of a change only where there is one. */
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

/**
 * Ink takes every character of a `Text` apart four times to measure, clean, wrap and colour it, which is most of what a
 * key costs. The lines here have their width already and hold no control character, so they go in where Ink puts a
 * text on its grid, as what a blank is transformed into (measured: a frame of 36 lines takes 8 ms instead of 19). And a
 * line that is as it was is no work for React.
 */
const PaintedRow = memo(function PaintedRow({
  text,
  width,
}: {
  readonly text: string;
  readonly width: number;
}): ReactElement {
  return (
    <Box height={1} width={width} flexShrink={0}>
      {text === '' ? null : (
        <Transform transform={() => text}>
          <Text> </Text>
        </Transform>
      )}
    </Box>
  );
});

interface LinesProps {
  readonly lines: readonly Line[];
  readonly width: number;
  /** Rows of the window. */
  readonly height: number;
  /** The first line that is shown. */
  readonly top?: number;
}

/** A window over lines; rows outside of it are not laid out at all. */
export function Lines({lines, width, height, top = 0}: LinesProps): ReactElement {
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0}>
      {lines.slice(top, top + height).map((spans, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a row of the screen is its place on it
        <LineRow key={index} spans={spans} width={width} />
      ))}
    </Box>
  );
}

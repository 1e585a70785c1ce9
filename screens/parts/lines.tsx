import {Box, Text} from 'ink';
import {memo, type ReactElement} from 'react';
import {useTheme} from '../theme.ts';
import type {Line} from './text.ts';
import {fitLine} from './text.ts';

interface LineProps {
  readonly spans: Line;
  readonly width: number;
}

/** One line of exactly the given width at most; it never wraps, whatever is in it. */
export const LineRow = memo(function LineRow({spans, width}: LineProps): ReactElement {
  const {glyphs, paint} = useTheme();
  const fitted = fitLine(spans, width, glyphs);
  return (
    <Box height={1} width={width} flexShrink={0}>
      <Text wrap="truncate">
        {fitted.length === 0
          ? ' '
          : fitted.map(({text, as = 'plain'}, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- a piece of a line is its place in it
              <Text key={index} {...paint(as)}>
                {text}
              </Text>
            ))}
      </Text>
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

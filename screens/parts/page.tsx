import {Box} from 'ink';
import type {ReactElement} from 'react';
import type {Layout} from '../layout.ts';
import {Caret} from './caret.tsx';
import {LineRow, Lines} from './lines.tsx';
import {Spinner} from './spinner.tsx';
import type {Line} from './text.ts';

/** A screen that is lines, and where the terminal's cursor stands in it. */
export interface Painted {
  readonly lines: readonly Line[];
  /** From the body's first cell. */
  readonly caret?: {readonly row: number; readonly column: number} | undefined;
  /** Something goes on, and this says what: the first line, behind a spinner. */
  readonly busy?: Line | undefined;
}

export function Page({painted, layout}: {readonly painted: Painted; readonly layout: Layout}): ReactElement {
  const {busy, lines, caret} = painted;
  const {width, height} = layout;
  return (
    <Box flexDirection="column">
      {busy === undefined ? null : (
        <Box height={1} flexShrink={0}>
          <Box marginRight={1}>
            <Spinner />
          </Box>
          <LineRow spans={busy} width={width - 2} />
        </Box>
      )}
      <Lines lines={lines} width={width} height={busy === undefined ? height : height - 1} />
      <Caret place={caret === undefined ? undefined : {x: layout.left + caret.column, y: layout.top + caret.row}} />
    </Box>
  );
}

import type {ReactElement} from 'react';
import type {Layout} from '../layout.ts';
import {Lines} from '../parts/lines.tsx';
import {scrolledLines} from '../parts/scroll.ts';
import type {AppState} from '../screen.ts';
import type {Tools} from '../services.ts';
import {useTheme} from '../theme.ts';
import {doneLines} from './done-lines.ts';

interface DoneProps {
  readonly state: AppState;
  readonly layout: Layout;
  readonly tools: Tools;
}

/** What lies where, what comes next, and the same run as one command. */
export function DoneScreen({state, layout, tools}: DoneProps): ReactElement {
  const {glyphs} = useTheme();
  const lines = doneLines(state, tools, layout.width, layout.width);
  const shown = scrolledLines(lines, state.views.done, layout.height, glyphs);
  return <Lines lines={shown} width={layout.width} height={layout.height} />;
}

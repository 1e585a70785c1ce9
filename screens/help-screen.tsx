import type {ReactElement} from 'react';
import {helpLines, type Helped} from './help-lines.ts';
import type {Layout} from './layout.ts';
import {Lines} from './parts/lines.tsx';
import {scrolledLines} from './parts/scroll.ts';
import {useTheme} from './theme.ts';

interface HelpProps {
  /** The screen that the help lies over. */
  readonly below: Omit<Helped, 'width'>;
  readonly top: number;
  readonly layout: Layout;
}

export function HelpScreen({below, top, layout}: HelpProps): ReactElement {
  const {glyphs, keyName} = useTheme();
  const lines = scrolledLines(helpLines({...below, width: layout.width}, keyName), top, layout.height, glyphs);
  return <Lines lines={lines} width={layout.width} height={layout.height} />;
}

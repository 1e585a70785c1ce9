import type {ReactElement} from 'react';
import {helpLines} from './help-lines.ts';
import type {Hint} from './keys.ts';
import type {Layout} from './layout.ts';
import {Lines} from './parts/lines.tsx';
import {scrolledLines} from './parts/scroll.ts';
import {useTheme} from './theme.ts';

interface HelpProps {
  /** The keys of the screen that the help lies over. */
  readonly hints: readonly Hint[];
  readonly isTyping: boolean;
  readonly top: number;
  readonly layout: Layout;
}

export function HelpScreen({hints, isTyping, top, layout}: HelpProps): ReactElement {
  const {glyphs, keyName} = useTheme();
  const lines = scrolledLines(helpLines(hints, isTyping, keyName), top, layout.height, glyphs);
  return <Lines lines={lines} width={layout.width} height={layout.height} />;
}

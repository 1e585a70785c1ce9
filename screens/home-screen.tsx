import type {ReactElement} from 'react';
import {journeys} from './home-logic.ts';
import type {Layout} from './layout.ts';
import {entryLines} from './parts/entry-lines.ts';
import {Lines} from './parts/lines.tsx';
import type {Line} from './parts/text.ts';
import {blank, line, paragraph} from './parts/text.ts';
import type {AppState} from './screen.ts';
import type {Glyphs} from './theme.ts';
import {useTheme} from './theme.ts';

interface HomeProps {
  readonly state: AppState;
  readonly layout: Layout;
}

export function HomeScreen({state, layout}: HomeProps): ReactElement {
  const {glyphs} = useTheme();
  return (
    <Lines
      lines={homeLines(state.views.home.cursor, layout.width, glyphs)}
      width={layout.width}
      height={layout.height}
    />
  );
}

function homeLines(cursor: number, width: number, glyphs: Glyphs): readonly Line[] {
  return [
    blank,
    line('The certificates of a Kubernetes cluster', 'title'),
    ...paragraph('See them before they exist, prove them before they run, know why each is there.', width, 'quiet'),
    blank,
    ...entryLines(journeys, cursor, width, glyphs),
  ];
}

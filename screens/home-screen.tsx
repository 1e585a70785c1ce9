import type {ReactElement} from 'react';
import {journeys} from './home-logic.ts';
import type {Layout} from './layout.ts';
import {Lines} from './parts/lines.tsx';
import type {Line} from './parts/text.ts';
import {blank, line, pad, paragraph, span} from './parts/text.ts';
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

const titleColumn = 10;

function homeLines(cursor: number, width: number, glyphs: Glyphs): readonly Line[] {
  return [
    blank,
    line('The certificates of a Kubernetes cluster', 'title'),
    ...paragraph('See them before they exist, prove them before they run, know why each is there.', width, 'quiet'),
    blank,
    ...journeys.flatMap(({title, what}, index): readonly Line[] => {
      const isHere = index === cursor;
      const said = paragraph(what, Math.min(width, 76) - titleColumn - 2);
      const [first = blank, ...rest] = said;
      return [
        [
          span(isHere ? `${glyphs.pointer} ` : '  ', 'accent'),
          span(pad(title, titleColumn), isHere ? 'accent' : 'title'),
          ...first,
        ],
        ...rest.map((one): Line => [span(' '.repeat(titleColumn + 2)), ...one]),
        blank,
      ];
    }),
  ];
}

import type {ReactElement} from 'react';
import type {Layout} from '../layout.ts';
import {Lines} from '../parts/lines.tsx';
import {Page} from '../parts/page.tsx';
import type {Line} from '../parts/text.ts';
import {blank, line, pad, paragraph, span} from '../parts/text.ts';
import type {AppState} from '../screen.ts';
import type {Tools} from '../services.ts';
import type {Glyphs} from '../theme.ts';
import {useTheme} from '../theme.ts';
import {roomIds, rooms} from './rooms.ts';

interface LearnProps {
  readonly state: AppState;
  readonly layout: Layout;
  readonly tools: Tools;
}

export function LearnScreen({state, layout, tools}: LearnProps): ReactElement {
  const {glyphs} = useTheme();
  const {at, menu} = state.learn;
  if (at !== 'menu') return <Page painted={rooms[at].paint(state, tools, glyphs)} layout={layout} />;
  return <Lines lines={menuLines(menu.cursor, layout.width, glyphs)} width={layout.width} height={layout.height} />;
}

const titleColumn = 10;

function menuLines(cursor: number, width: number, glyphs: Glyphs): readonly Line[] {
  return [
    line('Which certificate goes where, and why', 'title'),
    ...paragraph('Nothing of a real cluster is changed here.', width, 'quiet'),
    blank,
    ...roomIds.flatMap((id, index): readonly Line[] => {
      const isHere = index === cursor;
      const {title, what} = rooms[id];
      const [first = blank, ...rest] = paragraph(what, Math.min(width, 76) - titleColumn - 2);
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

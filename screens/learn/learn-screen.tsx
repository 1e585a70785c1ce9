import type {ReactElement} from 'react';
import type {Layout} from '../layout.ts';
import {entryLines} from '../parts/entry-lines.ts';
import {Lines} from '../parts/lines.tsx';
import {Page} from '../parts/page.tsx';
import type {Line} from '../parts/text.ts';
import {blank, line, paragraph} from '../parts/text.ts';
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

function menuLines(cursor: number, width: number, glyphs: Glyphs): readonly Line[] {
  return [
    line('Which certificate goes where, and why', 'title'),
    ...paragraph('Nothing of a real cluster is changed here.', width, 'quiet'),
    blank,
    ...entryLines(
      roomIds.map((id) => rooms[id]),
      cursor,
      width,
      glyphs,
    ),
  ];
}

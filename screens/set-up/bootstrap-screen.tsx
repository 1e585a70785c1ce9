import {Box} from 'ink';
import type {ReactElement} from 'react';
import type {Layout} from '../layout.ts';
import {Lines} from '../parts/lines.tsx';
import {scrolledLines} from '../parts/scroll.ts';
import type {AppState} from '../screen.ts';
import {useTheme} from '../theme.ts';
import {
  bootstrapDetailHeight,
  bootstrapDetails,
  bootstrapHead,
  bootstrapListHeight,
  bootstrapRow,
} from './bootstrap-lines.ts';
import {topicsOf} from './bootstrap-logic.ts';

interface BootstrapProps {
  readonly state: AppState;
  readonly layout: Layout;
}

/** Above what can be done and who joins, below what that means and takes. */
export function BootstrapScreen({state, layout}: BootstrapProps): ReactElement {
  const {glyphs} = useTheme();
  const {width} = layout;
  const topics = topicsOf(state);
  const {list, top} = state.views.bootstrap;
  const height = bootstrapListHeight(layout, topics.length);
  const rows = topics
    .slice(list.top, list.top + height)
    .map((topic, index) => bootstrapRow(state, topic, list.top + index === list.cursor, width, glyphs));
  const details = bootstrapDetails(state, topics, width, glyphs);
  const detailHeight = bootstrapDetailHeight(layout, topics.length);
  return (
    <Box flexDirection="column">
      <Lines lines={[...bootstrapHead(width), ...rows]} width={width} height={2 + height} />
      <Lines lines={[[{text: glyphs.rule.repeat(width), as: 'quiet'}]]} width={width} height={1} />
      <Lines lines={scrolledLines(details, top, detailHeight, glyphs)} width={width} height={detailHeight} />
    </Box>
  );
}

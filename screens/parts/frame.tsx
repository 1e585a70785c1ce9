import {Box} from 'ink';
import type {ReactElement, ReactNode} from 'react';
import type {Hint} from '../keys.ts';
import type {Layout} from '../layout.ts';
import {margin} from '../layout.ts';
import type {Glyphs} from '../theme.ts';
import {useTheme} from '../theme.ts';
import {Footer} from './footer.tsx';
import {LineRow} from './lines.tsx';
import type {RailStep} from './rail.tsx';
import {Rail} from './rail.tsx';
import type {Line} from './text.ts';
import {fitLine, lineWidth, span} from './text.ts';

interface FrameProps {
  readonly layout: Layout;
  /** Where we are, from the outside in. */
  readonly crumbs: readonly string[];
  /** `step 3/9`; empty where steps have no meaning. */
  readonly progress: string;
  readonly rail: readonly RailStep[];
  /** What there is to say now; more than one line lie over the end of the body. */
  readonly status: readonly Line[];
  readonly hints: readonly Hint[];
  readonly isTyping: boolean;
  readonly children: ReactNode;
}

/** Header, rail, body, status line and footer: exactly as many rows as the terminal has. */
export function Frame({layout, crumbs, progress, rail, status, hints, isTyping, children}: FrameProps): ReactElement {
  const {columns, rows} = layout.size;
  const {glyphs} = useTheme();
  const inside = columns - 2;
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Box paddingX={1} flexShrink={0} height={1}>
        <LineRow spans={useHeader(crumbs, progress, inside)} width={inside} />
      </Box>
      <LineRow spans={[span(glyphs.rule.repeat(columns), 'quiet')]} width={columns} />
      <Box height={layout.height} flexShrink={0}>
        {layout.rail === 0 ? null : <Rail steps={rail} width={layout.rail} height={layout.height} />}
        <Box
          flexDirection="column"
          paddingX={margin}
          height={layout.height}
          width={columns - layout.rail}
          flexShrink={0}
        >
          {children}
        </Box>
      </Box>
      <Box flexShrink={0} height={1} />
      <Box position="absolute" top={rows - 1 - status.length} left={0} flexDirection="column">
        {status.map((spans, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a row of the screen is its place on it
          <LineRow key={index} spans={padded(spans, columns)} width={columns} />
        ))}
      </Box>
      <Box paddingX={1} flexShrink={0} height={1}>
        <Footer hints={hints} isTyping={isTyping} width={inside} />
      </Box>
    </Box>
  );
}

function useHeader(crumbs: readonly string[], progress: string, width: number): Line {
  const {glyphs} = useTheme();
  const room = width - (progress === '' ? 0 : progress.length + 2);
  const left = headerPath(crumbs, room, glyphs);
  return progress === ''
    ? left
    : [...left, span(' '.repeat(width - lineWidth(left) - progress.length)), span(progress, 'quiet')];
}

/** Where there is no room for the whole way, its middle goes: one knows where one is, and where one began. */
function headerPath(crumbs: readonly string[], width: number, glyphs: Glyphs): Line {
  const [first, ...rest] = crumbs;
  const way = (shown: readonly string[]): Line => [
    span(`${glyphs.brand} `, 'accent'),
    ...shown.flatMap((crumb, index) => [
      ...(index === 0 ? [] : [span(` ${glyphs.crumb} `, 'quiet')]),
      span(crumb, index === shown.length - 1 ? 'title' : 'quiet'),
    ]),
  ];
  const cuts = rest.map((_, gone) => way([first ?? '', ...(gone === 0 ? [] : [glyphs.ellipsis]), ...rest.slice(gone)]));
  const [whole = way(crumbs)] = cuts;
  return fitLine([whole, ...cuts].find((line) => lineWidth(line) <= width) ?? cuts.at(-1) ?? whole, width, glyphs);
}

/** As wide as the terminal, so that nothing of what is under it shines through. */
function padded(spans: Line, width: number): Line {
  return [span(' '), ...spans, span(' '.repeat(Math.max(0, width - 1 - lineWidth(spans))))];
}

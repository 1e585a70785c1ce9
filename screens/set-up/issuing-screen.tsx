import {Box} from 'ink';
import type {ReactElement} from 'react';
import {stageUnderWay, timeLeftWords} from '../../src/journeys/stages.ts';
import type {Layout} from '../layout.ts';
import {Lines} from '../parts/lines.tsx';
import {progressBar} from '../parts/progress-bar.ts';
import {Spinner} from '../parts/spinner.tsx';
import type {Line} from '../parts/text.ts';
import {blank, line, pad, span} from '../parts/text.ts';
import type {AppState} from '../screen.ts';
import type {Glyphs} from '../theme.ts';
import {useTheme} from '../theme.ts';
import type {Run} from './run-state.ts';

interface IssuingProps {
  readonly state: AppState;
  readonly layout: Layout;
}

export function IssuingScreen({state, layout}: IssuingProps): ReactElement {
  const {glyphs} = useTheme();
  const {place} = state.wizard;
  const isStopping = place.at === 'issuing' && place.stopping;
  const title = isStopping ? 'Stopping: what was begun is cleared away' : `Issuing into ${state.run?.directory ?? ''}`;
  return (
    <Box flexDirection="column">
      <Box height={1} flexShrink={0}>
        <Spinner />
        <Box marginLeft={1}>
          <Lines lines={[line(title, isStopping ? 'warn' : 'title')]} width={layout.width - 2} height={1} />
        </Box>
      </Box>
      <Lines lines={runLines(state.run, layout, glyphs)} width={layout.width} height={layout.height - 1} />
    </Box>
  );
}

const labelWidth = 14;
/** Cells beside a bar: `1234/1234`, and what is left of the time. */
const figuresWidth = 34;

function runLines(run: Run | undefined, layout: Layout, glyphs: Glyphs): readonly Line[] {
  if (run?.blueprint === undefined) return [blank, line('Looking at the folder and at what was brought.', 'quiet')];
  const barWidth = Math.max(10, Math.min(40, layout.width - labelWidth - figuresWidth));
  const underWay = stageUnderWay(run.stages);
  const shown = (['keys', 'certificates', 'files'] as const).filter((what) => run.stages[what].total > 0);
  const bars = shown.map((what): Line => {
    const {done, total, left} = run.stages[what];
    return [
      span(pad(what, labelWidth), 'quiet'),
      ...progressBar(done, total, barWidth, glyphs),
      span(`  ${done}/${total}`, done >= total ? 'good' : 'plain'),
      // Certificates wait for their keys and files for all of it, so only what the others wait for can be foretold.
      span(what === underWay ? `  ${timeLeftWords(left)}` : '', 'quiet'),
    ];
  });
  const isMade = shown.every((what) => run.stages[what].done >= run.stages[what].total);
  const room = layout.height - bars.length - 5;
  return [
    blank,
    ...bars,
    blank,
    ...(isMade ? [line('All is made; waiting until the disk has it for good.', 'quiet')] : []),
    ...run.recent.slice(0, Math.max(0, room)).map((what) => line(`  ${what}`, 'quiet')),
  ];
}

import {Box} from 'ink';
import {useMemo, type ReactElement} from 'react';
import type {Layout} from '../layout.ts';
import {LineRow, Lines} from '../parts/lines.tsx';
import {placeInList} from '../parts/list-state.ts';
import {progressBar} from '../parts/progress-bar.ts';
import {Spinner} from '../parts/spinner.tsx';
import type {Line} from '../parts/text.ts';
import {blank, span} from '../parts/text.ts';
import type {AppState} from '../screen.ts';
import type {Glyphs} from '../theme.ts';
import {useTheme} from '../theme.ts';
import {proofDetailHeight, proofDetails, proofListHeight, proofRowLine, proofRows, tallyLine} from './proof-lines.ts';
import type {Run} from './run-state.ts';

interface ProofProps {
  readonly state: AppState;
  readonly layout: Layout;
}

/** Every connection of the plan, judged one after the other by real handshakes. */
export function ProofScreen({state, layout}: ProofProps): ReactElement | null {
  const {glyphs} = useTheme();
  const {run, views, wizard} = state;
  const blueprint = run?.blueprint;
  // One pass over every row of the plan: not to be made again for each verdict.
  const table = useMemo(
    () => proofRows(blueprint, views.proof.shown, layout.width),
    [blueprint, views.proof.shown, layout.width],
  );
  if (run?.blueprint === undefined) return null;
  const isEnded = wizard.place.at === 'proof' && wizard.place.ended;
  const {shown} = views.proof;
  const height = proofListHeight(layout);
  const {list} = views.proof;
  const window = placeInList(list, list.cursor, table.rows.length, height);
  const visible = Array.from({length: Math.min(height, table.rows.length - window.top)}, (_, index) =>
    proofRowLine(run, table, shown, window.top + index, window.top + index === window.cursor, glyphs),
  );
  return (
    <Box flexDirection="column">
      <Box height={1} flexShrink={0}>
        {isEnded ? null : (
          <Box marginRight={1}>
            <Spinner />
          </Box>
        )}
        <LineRow spans={headLine(run, isEnded, Math.min(24, layout.width - 50), glyphs)} width={layout.width - 2} />
      </Box>
      <LineRow spans={tallyLine(run, glyphs)} width={layout.width} />
      <LineRow spans={tabs(run, shown, glyphs)} width={layout.width} />
      <LineRow spans={blank} width={layout.width} />
      <Lines lines={visible} width={layout.width} height={height} />
      <LineRow spans={[span(glyphs.rule.repeat(layout.width), 'quiet')]} width={layout.width} />
      <Lines
        lines={proofDetails(run, shown, window.cursor, layout.width)}
        width={layout.width}
        height={proofDetailHeight(layout)}
      />
    </Box>
  );
}

function headLine(run: Run, isEnded: boolean, barWidth: number, glyphs: Glyphs): Line {
  const all = run.blueprint?.connections.length ?? 0;
  if (!isEnded) {
    return [
      span('Proving every connection  ', 'title'),
      ...progressBar(run.verdicts.size, all, Math.max(8, barWidth), glyphs),
      span(`  ${run.verdicts.size}/${all}`),
    ];
  }
  const state = run.proof?.state;
  switch (state) {
    case 'ok':
      return [span(`${glyphs.done} `, 'good'), span('Proved: every connection that files can prove', 'title')];
    case 'warning':
      return [span(`${glyphs.warning} `, 'warn'), span('Proved, with something to look at', 'title')];
    case 'critical':
      return [span(`${glyphs.wrong} `, 'bad'), span('Not proved: something is not as it must be', 'title')];
    case undefined:
      return [span(`${glyphs.warning} `, 'warn'), span('The proof did not come to its end', 'title')];
    default:
      return state satisfies never;
  }
}

function tabs(run: Run, shown: 'connections' | 'doors', glyphs: Glyphs): Line {
  const tab = (id: 'connections' | 'doors', title: string): Line => [
    span(id === shown ? `${glyphs.pointer} ` : '  ', 'accent'),
    span(title, id === shown ? 'accent' : 'quiet'),
  ];
  const doors = run.blueprint?.intrusions.length ?? 0;
  return [
    ...tab('connections', `Connections ${run.blueprint?.connections.length ?? 0}`),
    span('   '),
    ...tab('doors', `Doors that must stay shut ${run.intrusions.length}/${doors}`),
  ];
}

import {Box} from 'ink';
import {useMemo, type ReactElement} from 'react';
import {timeLeftWords} from '../../src/journeys/stages.ts';
import type {Layout} from '../layout.ts';
import {LineRow, Lines} from '../parts/lines.tsx';
import {placeInList} from '../parts/list-state.ts';
import {progressBar} from '../parts/progress-bar.ts';
import {scrolledLines} from '../parts/scroll.ts';
import {Spinner} from '../parts/spinner.tsx';
import type {Line} from '../parts/text.ts';
import {blank, span} from '../parts/text.ts';
import type {AppState} from '../screen.ts';
import type {Glyphs} from '../theme.ts';
import {useTheme} from '../theme.ts';
import {
  openedLines,
  proofDetailHeight,
  proofDetails,
  proofListHeight,
  proofRowLine,
  proofRows,
  tallyLine,
} from './proof-lines.ts';
import {proofTabs, type ProofTab, type Run} from './run-state.ts';

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
  const proof = run?.proof;
  const {shown, opened} = views.proof;
  const table = useMemo(
    () => proofRows({blueprint, proof}, shown, layout.width),
    [blueprint, proof, shown, layout.width],
  );
  if (run?.blueprint === undefined) return null;
  if (opened !== undefined) {
    const lines = openedLines(run, shown, views.proof.list.cursor, layout.width);
    return (
      <Lines lines={scrolledLines(lines, opened, layout.height, glyphs)} width={layout.width} height={layout.height} />
    );
  }
  const isEnded = wizard.place.at === 'proof' && wizard.place.ended;
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
  if (!isEnded) {
    const {connections, doors} = run.stages;
    const isAtDoors = connections.done >= connections.total && doors.done < doors.total;
    const {done, total, left} = isAtDoors ? doors : connections;
    if (done === 0 && !isAtDoors) return [span('Reading every file and looking at what is in it', 'title')];
    return [
      span(isAtDoors ? 'Trying every door  ' : 'Proving every connection  ', 'title'),
      ...progressBar(done, total, Math.max(8, barWidth), glyphs),
      span(`  ${done}/${total}`),
      span(`  ${timeLeftWords(left)}`, 'quiet'),
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
    case 'unknown':
    case undefined:
      return [span(`${glyphs.warning} `, 'warn'), span('The proof did not come to its end', 'title')];
    default:
      return state satisfies never;
  }
}

function tabs(run: Run, shown: ProofTab, glyphs: Glyphs): Line {
  const {connections, doors} = run.stages;
  const findings = run.proof?.findings ?? [];
  const titles: Readonly<Record<ProofTab, string>> = {
    connections: `Connections ${connections.total}`,
    doors: `Doors that must stay shut ${doors.done}/${doors.total}`,
    files: run.proof === undefined ? 'Files' : `Files ${findings.length === 0 ? 'all well' : findings.length}`,
  };
  return proofTabs.flatMap((id, index) => [
    span(index === 0 ? '' : '   '),
    span(id === shown ? `${glyphs.pointer} ` : '  ', 'accent'),
    span(titles[id], id === shown ? 'accent' : 'quiet'),
  ]);
}

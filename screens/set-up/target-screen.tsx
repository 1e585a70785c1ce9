import type {ReactElement} from 'react';
import {count} from '../../src/report/words.ts';
import type {Layout} from '../layout.ts';
import {Caret} from '../parts/caret.tsx';
import {Lines} from '../parts/lines.tsx';
import type {Line} from '../parts/text.ts';
import {blank, line, paragraph, sentence, span} from '../parts/text.ts';
import type {AppState} from '../screen.ts';
import type {Glyphs} from '../theme.ts';
import {useTheme} from '../theme.ts';
import {visibleText} from '../parts/visible-text.ts';
import {problemLines} from '../parts/problem-lines.ts';

interface TargetProps {
  readonly state: AppState;
  readonly layout: Layout;
}

const label = 'Folder  ';

export function TargetScreen({state, layout}: TargetProps): ReactElement {
  const {glyphs} = useTheme();
  const {width} = layout;
  const shown = visibleText(state.views.target, width - label.length - 2, glyphs);
  const head: readonly Line[] = [
    line('Issue it', 'title'),
    ...paragraph('The whole bundle goes into one new folder: all of it, or nothing.', width, 'quiet'),
    blank,
  ];
  const lines: readonly Line[] = [
    ...head,
    [span(`${glyphs.bar} `, 'accent'), span(label, 'accent'), span(shown.text)],
    ...failureLines(state, width, glyphs),
    blank,
    ...amountLines(state, width),
  ];
  return (
    <>
      <Lines lines={lines} width={width} height={layout.height} />
      <Caret place={{x: layout.left + 2 + label.length + shown.column, y: layout.top + head.length}} />
    </>
  );
}

function failureLines(state: AppState, width: number, glyphs: Glyphs): readonly Line[] {
  const {place} = state.wizard;
  if (place.at !== 'target' || place.failure === undefined) return [];
  const indent = 2 + label.length;
  const {message, nextSteps, problems} = place.failure;
  // The problems say more than the sum of them, each with its own remedy.
  if (problems.length > 0) return problemLines(problems, width, indent, glyphs);
  return [
    ...paragraph(`${glyphs.wrong} ${sentence(message)}`, width, 'bad', indent),
    ...nextSteps.flatMap((step) => paragraph(sentence(step), width, 'plain', indent + 2)),
  ];
}

/** What is about to come into being. */
function amountLines(state: AppState, width: number): readonly Line[] {
  const blueprint = state.wizard.prepared?.blueprint;
  if (blueprint === undefined) return [];
  const {authorities, certificates, keyPairs, files, nodes} = blueprint;
  const made = authorities.filter(({brought}) => brought === undefined).length;
  const keys = made + certificates.length + keyPairs.length;
  const rows: readonly (readonly [number, string])[] = [
    [
      authorities.length,
      made === authorities.length ? 'authorities, made here' : `authorities, ${made} of them made here`,
    ],
    [certificates.length, 'certificates'],
    [keys, `private keys, ${state.wizard.plan.keys.algorithm}`],
    [files.length, `files for ${count(nodes.length, 'node')}`],
  ];
  return [
    line('It will hold', 'title'),
    ...rows.map(([amount, what]): Line => [span(String(amount).padStart(6)), span(`  ${what}`, 'quiet')]),
    blank,
    ...paragraph(
      'Private keys are readable by you alone from their first byte. Until all is written nothing has the name of the folder.',
      width,
      'quiet',
    ),
  ];
}

import {restartLines} from '../../src/report/renewal-text.ts';
import {shellWord} from '../../src/report/same-command.ts';
import {count} from '../../src/report/words.ts';
import type {Line} from '../parts/text.ts';
import {blank, line, paragraph, sentence, span, wrap} from '../parts/text.ts';
import {commandText} from '../set-up/done-lines.ts';
import type {Glyphs, Role} from '../theme.ts';
import {evidenceLines} from './changing-lines.ts';
import {failedEvidence, leftToRestart, type RotationRun} from './rotation-run.ts';

/**
 * What a rotation came to: on its last screen, and with the colours taken off once the screen is gone.
 *
 * @param commandWidth commands go on in the next line from there; to be copied they stay in one
 * @param proof in brief: what was proved is only counted
 */
export function resultLines(
  run: RotationRun,
  width: number,
  commandWidth: number,
  glyphs: Glyphs,
  proof: 'in full' | 'in brief' = 'in full',
): readonly Line[] {
  const left = leftToRestart(run);
  const restarted = run.restarts.filter(({state}) => state.kind === 'restarted').length;
  const proved = run.evidence.filter(({verdict}) => verdict === 'proved').length;
  const failed = failedEvidence(run);
  const others = run.evidence.filter(
    ({verdict}) => verdict === 'not-asked' || (verdict === 'proved' && proof === 'in full'),
  );
  const amounts = [
    run.isRolledBack ? 'the old files are in place' : `${count(run.certificates, 'certificate')} renewed`,
    ...(restarted === 0 ? [] : [`${count(restarted, 'component')} restarted`]),
    ...(run.evidence.length === 0 ? [] : [`${proved} of ${run.evidence.length} proved`]),
  ];
  const [glyph, as, title] = titleOf(run, glyphs);
  return [
    [span(`${glyph} `, as), span(title, 'title')],
    ...paragraph(`${amounts.join(', ')}.`, width, 'plain'),
    ...failureLines(run, width),
    ...evidenceLines('Not proved', failed, width, glyphs),
    ...(left.length === 0
      ? []
      : [
          blank,
          line('Still to be restarted, one after the other', 'title'),
          ...paragraph('Until then they go on with what they have read before.', width, 'quiet'),
          ...restartLines(left).flatMap((text) => commandLines(text, commandWidth)),
        ]),
    ...(run.outcome === undefined || run.outcome.remains.length === 0
      ? []
      : [blank, line('What remains', 'title'), ...run.outcome.remains.flatMap((one) => bullet(one, width, glyphs))]),
    ...backupLines(run, width, commandWidth),
    ...evidenceLines('Proof', others, width, glyphs),
    blank,
    line('Look again at any time', 'title'),
    ...commandLines(['certwright', 'check', ...rootWords(run.root)].join(' '), commandWidth),
  ];
}

/** The commands that one may want to copy, the likeliest first. */
export function resultCopies(run: RotationRun): readonly {readonly what: string; readonly text: string}[] {
  const left = leftToRestart(run);
  const back = restoreCommand(run);
  return [
    ...(left.length === 0 ? [] : [{what: 'the commands that restart', text: `${restartLines(left).join('\n')}\n`}]),
    ...(back === undefined ? [] : [{what: 'the command that brings the backup back', text: back}]),
  ];
}

function titleOf(run: RotationRun, {done, warning, wrong}: Glyphs): readonly [glyph: string, as: Role, title: string] {
  const state = run.outcome?.state ?? (run.isRolledBack ? 'rolled-back' : 'partly');
  switch (state) {
    case 'done':
      return [
        done,
        'good',
        run.evidence.length > 0
          ? 'Done: the new certificates are in place, and shown'
          : 'Done: the new certificates are in place',
      ];
    case 'partly':
      return failedEvidence(run).length > 0
        ? [wrong, 'bad', 'The files are new, but not everything shows it']
        : [warning, 'warn', 'The files are new; something is still to be done'];
    case 'rolled-back':
      return [warning, 'warn', 'Rolled back: the old certificates are in place again'];
    default:
      return state satisfies never;
  }
}

function failureLines({failure}: RotationRun, width: number): readonly Line[] {
  if (failure === undefined) return [];
  return [
    ...paragraph(sentence(`it ended early: ${failure.message}`), width, 'bad'),
    ...failure.nextSteps.flatMap((step) => paragraph(sentence(step), width, 'plain', 2)),
  ];
}

function backupLines(run: RotationRun, width: number, commandWidth: number): readonly Line[] {
  const back = restoreCommand(run);
  if (back === undefined) return [];
  return [
    blank,
    line('The way back', 'title'),
    ...paragraph('What was there before is kept as a backup. This brings it back:', width, 'quiet'),
    ...commandLines(back, commandWidth),
  ];
}

function restoreCommand({root, outcome, backup, isRolledBack}: RotationRun): string | undefined {
  const id = outcome?.backup ?? backup;
  return id === undefined || isRolledBack ? undefined : ['certwright', 'restore', id, ...rootWords(root)].join(' ');
}

function rootWords(root: string): readonly string[] {
  return root === '/' ? [] : ['--root', shellWord(root)];
}

function commandLines(text: string, width: number): readonly Line[] {
  if (text.startsWith('# ')) return wrap(text.slice(2), width - 4).map((part) => line(`  # ${part}`, 'quiet'));
  return commandText(text.split(' '), width);
}

function bullet(text: string, width: number, glyphs: Glyphs): readonly Line[] {
  const [first = blank, ...rest] = paragraph(sentence(text), width - 2);
  return [[span(`${glyphs.separator} `, 'quiet'), ...first], ...rest.map((one): Line => [span('  '), ...one])];
}

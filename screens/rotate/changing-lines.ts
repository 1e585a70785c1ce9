import type {RestartQuestion} from '../../src/journeys/rotate-services.ts';
import type {ChangeStep} from '../../src/node/change/stage.ts';
import type {Evidence} from '../../src/pki/rotation.ts';
import {count} from '../../src/report/words.ts';
import type {Layout} from '../layout.ts';
import {scrolledLines} from '../parts/scroll.ts';
import type {Line} from '../parts/text.ts';
import {blank, line, paragraph, sentence, shorten, span} from '../parts/text.ts';
import type {GlyphName, Glyphs, Role} from '../theme.ts';
import {changeSteps, isRestarting, type RotationRun, type RunningRestart} from './rotation-run.ts';

/** What a person can say when a component does not come back, the safe one first. */
export const answers = [
  {id: 'wait', title: 'Wait longer', why: 'it may still come: images are pulled, a slow disk, a long start'},
  {
    id: 'roll-back',
    title: 'Bring the backup back',
    why: 'the old files are put back, and what was restarted is restarted with them',
  },
  {
    id: 'leave',
    title: 'Leave it as it is',
    why: 'the new files stay, nothing more is restarted, and the result says what to do',
  },
] as const;

/** The head, which a spinner stands before, and the steps under it. */
export interface ChangingLines {
  readonly head: Line;
  readonly lines: readonly Line[];
}

export function changingLines(
  run: RotationRun,
  top: number | undefined,
  answer: number,
  layout: Layout,
  glyphs: Glyphs,
): ChangingLines {
  const {width, height} = layout;
  const question = run.question === undefined ? [] : questionLines(run.question, answer, layout, glyphs);
  const steps = stepLines(run, width, glyphs);
  // The newest is what one waits for; the question is below it and never cut.
  const room = Math.max(1, height - 1 - question.length);
  return {
    head: headLine(run, glyphs),
    lines: [...scrolledLines(steps, top ?? steps.length, room, glyphs), ...question],
  };
}

/** Rows that the steps have. */
export function stepRoom(run: RotationRun, answer: number, layout: Layout, glyphs: Glyphs): number {
  const question = run.question === undefined ? 0 : questionLines(run.question, answer, layout, glyphs).length;
  return Math.max(1, layout.height - 1 - question);
}

function headLine(run: RotationRun, glyphs: Glyphs): Line {
  if (run.question !== undefined) return [span(`${glyphs.warning} `, 'warn'), span('It waits for you', 'title')];
  if (run.isStopping) return line(stoppingWords(run), 'warn');
  if (run.isRolledBack) return line('Going back to the old files', 'title');
  if (run.backup === undefined)
    return line(`Renewing ${count(run.certificates, 'certificate')}: all of it, or nothing`, 'title');
  return line(
    isRestarting(run) ? 'Restarting, one component after the other' : 'Proving that the new certificates are shown',
    'title',
  );
}

function stoppingWords(run: RotationRun): string {
  if (run.backup === undefined) return 'Stopping before anything is changed';
  return isRestarting(run) ? 'Stops after this component: none is left stopped' : 'Stopping the proof';
}

/** Everything that has happened, in its order. */
export function stepLines(run: RotationRun, width: number, glyphs: Glyphs): readonly Line[] {
  const isRestarted = run.backup !== undefined && run.restarts.length > 0;
  return [
    blank,
    ...changeSteps.flatMap((step) => changeStepLines(run, step, width, glyphs)),
    ...(run.backup === undefined
      ? []
      : [
          ...outcome(
            'done',
            'good',
            run.isRolledBack ? 'old files are back' : 'files are the new ones',
            `backup ${run.backup}`,
            width,
            glyphs,
          ),
        ]),
    ...(isRestarted
      ? [blank, line('Restarts', 'title'), ...run.restarts.flatMap((one) => restartLine(one, run, width, glyphs))]
      : []),
    ...evidenceLines('Proof', run.evidence, width, glyphs),
  ];
}

const stepWords: Readonly<Record<ChangeStep, string>> = {
  'backed-up': 'backed up',
  staged: 'written beside',
  validated: 'checked',
  swapped: 'moved in place',
};

function changeStepLines(
  {steps, backup}: RotationRun,
  step: ChangeStep,
  width: number,
  glyphs: Glyphs,
): readonly Line[] {
  const {files, path} = steps[step];
  const later = changeSteps.slice(changeSteps.indexOf(step) + 1);
  const isOver = backup !== undefined || later.some((one) => steps[one].files > 0);
  if (files === 0) return isOver ? [] : outcome('todo', 'quiet', stepWords[step], 'waiting', width, glyphs);
  return isOver
    ? outcome('done', 'good', stepWords[step], count(files, 'file'), width, glyphs)
    : outcome('pointer', 'accent', stepWords[step], `${count(files, 'file')}: ${path}`, width, glyphs);
}

function restartLine(
  {restart, state}: RunningRestart,
  {at}: RotationRun,
  width: number,
  glyphs: Glyphs,
): readonly Line[] {
  const {component} = restart;
  switch (state.kind) {
    case 'to-come':
      return outcome('todo', 'quiet', component, 'waits for its turn', width, glyphs);
    case 'begun': {
      const time = secondsWords(at - state.waitsSince);
      const what = state.waitsFor === undefined ? `${time}: being stopped` : `${time}: waits for ${state.waitsFor}`;
      return outcome('pointer', 'accent', component, what, width, glyphs);
    }
    case 'restarted':
      return outcome('done', 'good', component, `restarted in ${secondsWords(state.took)}`, width, glyphs);
    case 'failed':
      return outcome('wrong', 'bad', component, `did not come back: ${state.why}`, width, glyphs);
    default:
      return state satisfies never;
  }
}

const verdictLooks = {
  proved: ['done', 'good', 'proved'],
  failed: ['wrong', 'bad', 'failed'],
  'not-asked': ['separator', 'quiet', 'not asked'],
} as const satisfies Record<Evidence['verdict'], readonly [GlyphName, Role, string]>;

/** What was looked at, with the verdict as a word and as a glyph; why, where there is something to do or to know. */
export function evidenceLines(
  title: string,
  evidence: readonly Evidence[],
  width: number,
  glyphs: Glyphs,
): readonly Line[] {
  if (evidence.length === 0) return [];
  return [
    blank,
    line(title, 'title'),
    ...evidence.flatMap(({of, claim, verdict, because}) => {
      const [glyph, as, word] = verdictLooks[verdict];
      const [first = blank, ...rest] = paragraph(`${of} ${claim}`, width - 12);
      return [
        [span(`${glyphs[glyph]} `, as), span(word.padEnd(10), as), ...first],
        ...[
          ...rest,
          ...(verdict === 'proved' || because === '' ? [] : paragraph(sentence(because), width - 12, 'quiet')),
        ].map((one): Line => [span(' '.repeat(12)), ...one]),
      ];
    }),
  ];
}

/** `14 s`, `2 min 5 s`. */
function secondsWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

const nameWidth = 25;

function outcome(
  glyph: GlyphName,
  as: Role,
  name: string,
  text: string,
  width: number,
  glyphs: Glyphs,
): readonly Line[] {
  const isLong = as === 'bad';
  const room = width - nameWidth - 2;
  const [first = blank, ...rest] = isLong
    ? paragraph(text, room, as)
    : [line(shorten(text, room, glyphs), as === 'accent' ? 'plain' : 'quiet')];
  return [
    [
      span(`${glyphs[glyph]} `, as),
      span(name.padEnd(nameWidth), as === 'quiet' ? 'quiet' : as === 'accent' ? 'accent' : 'plain'),
      ...first,
    ],
    ...rest.map((one): Line => [span(' '.repeat(nameWidth + 2)), ...one]),
  ];
}

function questionLines(
  {restart, why, nextSteps}: RestartQuestion,
  answer: number,
  {width, height}: Layout,
  glyphs: Glyphs,
): readonly Line[] {
  const isLow = height < 18;
  return [
    line(glyphs.rule.repeat(width), 'quiet'),
    ...paragraph(`${restart.component} has not come back`, width, 'bad'),
    ...paragraph(sentence(why), width).slice(0, isLow ? 2 : 4),
    ...(isLow ? [] : nextSteps.flatMap((step) => paragraph(sentence(step), width, 'quiet', 2)).slice(0, 3)),
    ...answers.flatMap(({title, why: meaning}, index): readonly Line[] => {
      const isHere = index === answer;
      const told = isHere || !isLow ? paragraph(meaning, width - nameWidth - 2, 'quiet') : [];
      const [first = blank, ...rest] = told;
      return [
        [
          span(isHere ? `${glyphs.pointer} ` : '  ', 'accent'),
          span(title.padEnd(nameWidth), isHere ? 'accent' : 'plain'),
          ...first,
        ],
        ...rest.map((one): Line => [span(' '.repeat(nameWidth + 2)), ...one]),
      ];
    }),
  ];
}

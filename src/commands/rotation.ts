import {Cancelled} from '../base/failure.ts';
import {type NodeChange, rotate} from '../journeys/rotate.ts';
import type {RestartQuestion, RotateOptions} from '../journeys/rotate-services.ts';
import type {RotationEvent} from '../journeys/rotation-events.ts';
import type {Evidence, Restart, RotationOutcome} from '../pki/rotation.ts';
import {type ChangedTo, evidenceLine, outcomeLines, restartText} from '../report/rotation-text.ts';
import {count} from '../report/words.ts';
import {asking} from './ask.ts';
import type {Context} from './context.ts';
import {tell} from './print.ts';
import {runMarks} from './run-marks.ts';

export interface RotationWords {
  readonly restart: readonly Restart[];
  /** Whether the backup is brought back when nobody can be asked what to do about a component that is not back. */
  readonly rollsBack: boolean;
  /** Milliseconds that a component may take to be well. */
  readonly starting: number;
  /** Left out = new files. */
  readonly changedTo?: ChangedTo;
}

/** Changes, restarts and proves, and tells every step; what it came to is returned. */
export async function followRotation(
  context: Context,
  change: NodeChange,
  {restart, rollsBack, starting, changedTo}: RotationWords,
): Promise<{readonly outcome: RotationOutcome; readonly evidence: readonly Evidence[]}> {
  const evidence: Evidence[] = [];
  let outcome: RotationOutcome | undefined;
  const events = rotate(change, {
    restart,
    starting,
    // Why, and where to look, is told with the event that follows.
    decide: async (question) =>
      context.asks !== 'nobody' ? askWhatNow(context, question) : rollsBack ? 'roll-back' : 'leave',
    signal: context.signal,
    marks: runMarks(context.now()),
    now: context.now,
    sudoUser: context.environment.SUDO_USER,
  });
  for await (const event of events) {
    tell(context, ...linesFor(event));
    if (event.kind === 'judged') evidence.push(event.evidence);
    if (event.kind === 'finished') outcome = event.outcome;
  }
  if (outcome === undefined) throw new TypeError('a rotation ended without an outcome');
  tell(context, '', ...outcomeLines(outcome, evidence, changedTo));
  if (context.signal.aborted) throw new Cancelled();
  return {outcome, evidence};
}

async function askWhatNow(
  context: Context,
  {restart, why, nextSteps}: RestartQuestion,
): ReturnType<RotateOptions['decide']> {
  const reply = await asking(context, (asker) =>
    asker.choose({
      ask: `${restart.component} is not back. What now`,
      help: [why, ...nextSteps],
      options: [
        {value: 'wait', label: 'wait longer', help: 'it may still come'},
        {value: 'roll-back', label: 'roll back', help: 'bring the backup back, and restart what was restarted'},
        {value: 'leave', label: 'leave it', help: 'the new files stay; nothing more is restarted'},
      ],
    }),
  );
  return reply.kind === 'answered' && (reply.value === 'roll-back' || reply.value === 'leave') ? reply.value : 'wait';
}

function linesFor(event: RotationEvent): readonly string[] {
  switch (event.kind) {
    case 'change-step':
      return event.step === 'swapped' ? [`written   ${event.path}`] : [];
    case 'changed':
      return [`The files are changed; what was there is backup ${event.backup}.`];
    case 'restart-begun':
      return [`Restarting ${restartText(event.restart)}`];
    case 'restart-waits':
      return [`  waiting for ${event.what}`];
    case 'restarted':
      return [`  ${event.restart.component} is back`];
    case 'restart-failed':
      return [
        `  ${event.restart.component} is NOT back: ${event.why}`,
        ...event.nextSteps.map((step) => `    ${step}`),
      ];
    case 'rolled-back':
      return [`The files of backup ${event.backup} are back; what was restarted is restarted with them.`];
    case 'judged':
      return [evidenceLine(event.evidence)];
    case 'finished':
      return [];
    default:
      return event satisfies never;
  }
}

/** `kube-controller-manager and kube-scheduler`. */
export function namesOf(restarts: readonly Restart[]): string {
  const names = restarts.map(({component}) => component);
  return names.length > 4
    ? count(names.length, 'component')
    : [names.slice(0, -1).join(', '), names.at(-1) ?? ''].filter((part) => part !== '').join(' and ');
}

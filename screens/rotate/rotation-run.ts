import type {RestartQuestion} from '../../src/journeys/rotate-services.ts';
import type {RotationEvent} from '../../src/journeys/rotation-events.ts';
import type {ChangeStep} from '../../src/node/change/stage.ts';
import type {Evidence, RotationOutcome, Restart} from '../../src/pki/rotation.ts';

import type {RunFailure} from '../../src/wizard/wizard-state.ts';

/** A rotation under way, as far as its events have told. */
export interface RotationRun {
  /** The node's `/`, as typed. */
  readonly root: string;
  /** How many certificates are renewed. */
  readonly certificates: number;
  readonly steps: Readonly<Record<ChangeStep, StepCount>>;
  /** undefined until the files are the new ones. */
  readonly backup: string | undefined;
  /** What is restarted, in its order. */
  readonly restarts: readonly RunningRestart[];
  /** What is not restarted here, though it reads a renewed file at its start only. */
  readonly notRestarted: readonly Restart[];
  readonly isRolledBack: boolean;
  readonly evidence: readonly Evidence[];
  readonly outcome: RotationOutcome | undefined;
  /** A component does not come back, and a person has to say what now. */
  readonly question: RestartQuestion | undefined;
  readonly isStopping: boolean;
  /** Why it ended early, with the files changed already. */
  readonly failure: RunFailure | undefined;
  /** Milliseconds of a clock, when something was heard last. */
  readonly at: number;
}

export interface StepCount {
  readonly files: number;
  /** The last one. */
  readonly path: string;
}

export interface RunningRestart {
  readonly restart: Restart;
  readonly state:
    | {readonly kind: 'to-come'}
    | {
        readonly kind: 'begun';
        readonly since: number;
        readonly waitsFor: string | undefined;
        readonly waitsSince: number;
      }
    | {readonly kind: 'restarted'; readonly took: number}
    | {readonly kind: 'failed'; readonly why: string};
}

export const changeSteps = ['backed-up', 'staged', 'validated', 'swapped'] as const satisfies readonly ChangeStep[];

export function beginRotation(
  root: string,
  certificates: number,
  restarts: readonly Restart[],
  notRestarted: readonly Restart[],
  at: number,
): RotationRun {
  const none: StepCount = {files: 0, path: ''};
  return {
    root,
    certificates,
    steps: {'backed-up': none, staged: none, validated: none, swapped: none},
    backup: undefined,
    restarts: restarts.map((restart) => ({restart, state: {kind: 'to-come'}})),
    notRestarted,
    isRolledBack: false,
    evidence: [],
    outcome: undefined,
    question: undefined,
    isStopping: false,
    failure: undefined,
    at,
  };
}

/** Takes what came since the last frame; nothing, when time alone has passed. */
export function afterEvents(run: RotationRun, events: readonly RotationEvent[], at: number): RotationRun {
  return events.reduce((before, event) => take(before, event), {...run, at});
}

function take(run: RotationRun, event: RotationEvent): RotationRun {
  switch (event.kind) {
    case 'change-step': {
      const {files} = run.steps[event.step];
      return {...run, steps: {...run.steps, [event.step]: {files: files + 1, path: event.path}}};
    }
    case 'changed':
      return {...run, backup: event.backup};
    case 'restart-begun':
      return withRestart(run, event.restart, {kind: 'begun', since: run.at, waitsFor: undefined, waitsSince: run.at});
    case 'restart-waits':
      return withRestart(run, event.restart, {
        kind: 'begun',
        since: beginningOf(run, event.restart),
        waitsFor: event.what,
        waitsSince: run.at,
      });
    case 'restarted':
      return withRestart(run, event.restart, {kind: 'restarted', took: run.at - beginningOf(run, event.restart)});
    case 'restart-failed':
      return withRestart(run, event.restart, {kind: 'failed', why: event.why});
    case 'rolled-back':
      return {...run, backup: event.backup, isRolledBack: true};
    case 'judged':
      return {...run, evidence: [...run.evidence, event.evidence]};
    case 'finished':
      return {...run, outcome: event.outcome};
    default:
      return event satisfies never;
  }
}

/** What is still to be restarted, whether the rotation came to its end or not. */
export function leftToRestart({outcome, restarts, notRestarted, isRolledBack}: RotationRun): readonly Restart[] {
  if (outcome !== undefined) return outcome.left;
  const open = restarts.filter(({state}) => state.kind !== 'restarted').map(({restart}) => restart);
  return isRolledBack ? open : [...open, ...notRestarted];
}

/** Whether a component is being restarted, or still has its turn. */
export function isRestarting({restarts}: RotationRun): boolean {
  return restarts.some(({state}) => state.kind === 'to-come' || state.kind === 'begun');
}

export function failedEvidence({evidence}: RotationRun): readonly Evidence[] {
  return evidence.filter(({verdict}) => verdict === 'failed');
}

function beginningOf({restarts, at}: RotationRun, {component}: Restart): number {
  const state = restarts.find(({restart}) => restart.component === component)?.state;
  return state?.kind === 'begun' ? state.since : at;
}

/** What goes back to the old files is restarted too, and need not have been among those that were chosen. */
function withRestart(run: RotationRun, restart: Restart, state: RunningRestart['state']): RotationRun {
  const isKnown = run.restarts.some((one) => one.restart.component === restart.component);
  const restarts = isKnown
    ? run.restarts.map((one) => (one.restart.component === restart.component ? {restart, state} : one))
    : [...run.restarts, {restart, state}];
  return {...run, restarts};
}

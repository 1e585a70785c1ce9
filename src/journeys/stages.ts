import type {FirstGuess, SetUpEvent} from './set-up-events.ts';

/** What a run goes through, in this order; certificates are signed while keys are still being made. */
export const stageIds = ['keys', 'certificates', 'files', 'connections', 'doors'] as const;
export type StageId = (typeof stageIds)[number];

/** How far a stage is. Times are milliseconds of one clock, whichever it is. */
export interface Stage {
  readonly done: number;
  readonly total: number;
  /** When its clock began, and how many were done then; undefined = it has not begun. */
  readonly began: {readonly at: number; readonly done: number} | undefined;
  /** When it was last looked at. */
  readonly at: number;
  /** Milliseconds that it will still take; undefined while there is too little to go on. */
  readonly left: number | undefined;
  readonly guess?: FirstGuess | undefined;
}

export type Stages = Readonly<Record<StageId, Stage>>;

const nothing: Stage = {done: 0, total: 0, began: undefined, at: 0, left: undefined};
export const noStages: Stages = {
  keys: nothing,
  certificates: nothing,
  files: nothing,
  connections: nothing,
  doors: nothing,
};

/** Fewer than this say little: RSA keys are found by luck, so single ones differ widely. */
const fewestDone = 5;
/** A shorter time is that of a beginning. */
const leastMilliseconds = 1000;
/** However often it was measured before, the run itself soon says more. */
const mostGuessed = 8;
/** How fast what is shown follows what is reckoned. */
const smoothingMilliseconds = 2500;

/**
 * The stages after some events, which may be none: time alone changes what is left, too.
 *
 * @param at of the same clock at every call
 */
export function stagesAfter(stages: Stages, events: readonly SetUpEvent[], at: number): Stages {
  const next = {...stages};
  for (const event of events) {
    if (event.kind === 'started') {
      const totals = totalsOf(event);
      for (const id of stageIds) next[id] = {...nothing, total: totals[id], at};
      // The clock of the keys runs from here; that of the other stages from their first, for what comes before it is no part of it.
      next.keys = {...next.keys, began: {at, done: 0}, guess: event.guess};
    }
    const id = stageOf(event);
    if (id !== undefined) next[id] = {...next[id], done: next[id].done + 1};
  }
  for (const id of stageIds) next[id] = timed(next[id], at);
  return next;
}

/** The stage that an event is a step of. */
export function stageOf(event: SetUpEvent): StageId | undefined {
  switch (event.kind) {
    case 'key-made':
      return 'keys';
    case 'certificate-issued':
      return 'certificates';
    case 'file-written':
      return 'files';
    case 'connection-judged':
      return 'connections';
    case 'intrusion-judged':
      return 'doors';
    case 'started':
    case 'bundle-placed':
    case 'requests-written':
    case 'finished':
      return undefined;
    default:
      return event satisfies never;
  }
}

/** The stage that the others wait for; undefined = all is done, or nothing has begun. */
export function stageUnderWay(stages: Stages): StageId | undefined {
  return stageIds.find((id) => stages[id].done < stages[id].total);
}

/**
 * `about 40 s left`; empty where nothing is known, and for the last moments. What is left is never said more finely than
 * it is known.
 */
export function timeLeftWords(left: number | undefined): string {
  if (left === undefined || left < 2000) return '';
  const seconds = left / 1000;
  if (seconds < 8) return 'a few seconds left';
  if (seconds < 58) return `about ${Math.ceil(seconds / 5) * 5} s left`;
  if (seconds < 58 * 60) return `about ${Math.round(seconds / 60)} min left`;
  const minutes = Math.round(seconds / 600) * 10;
  return `about ${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`} left`;
}

function totalsOf(event: Extract<SetUpEvent, {kind: 'started'}>): Readonly<Record<StageId, number>> {
  const {keys, certificates, files, blueprint} = event;
  return {
    keys,
    certificates,
    files,
    connections: blueprint.connections.length,
    doors: blueprint.intrusions.length,
  };
}

function timed(stage: Stage, at: number): Stage {
  if (stage.total === 0 || stage.done >= stage.total) return {...stage, at, left: undefined};
  const began = stage.began ?? (stage.done > 0 ? {at, done: stage.done} : undefined);
  if (began === undefined) return {...stage, at};
  const reckoned = reckon(stage, at - began.at, stage.done - began.done);
  return {...stage, began, at, left: smoothed(stage, reckoned, at)};
}

/**
 * The mean of all that was done is the best that can be said of keys, each of which takes as long as luck has it; the
 * time since the last one counts, so that a run that has come to a halt is not said to be nearly done.
 */
function reckon({total, done: all, guess}: Stage, took: number, done: number): number | undefined {
  const open = total - all;
  // The clock was put back.
  if (took < 0) return undefined;
  if (guess !== undefined) {
    const weight = Math.min(guess.measured, mostGuessed);
    return (open * (weight * guess.perKey + took)) / (weight + done);
  }
  return done < fewestDone || took < leastMilliseconds ? undefined : (open * took) / done;
}

/** Time passes by itself; what is reckoned anew is approached, not jumped to. Never negative. */
function smoothed(stage: Stage, reckoned: number | undefined, at: number): number | undefined {
  if (reckoned === undefined || stage.left === undefined) return reckoned;
  const passed = Math.max(0, at - stage.at);
  const expected = Math.max(0, stage.left - passed);
  return expected + (reckoned - expected) * (1 - Math.exp(-passed / smoothingMilliseconds));
}

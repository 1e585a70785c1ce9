import type {SetUpEvent} from '../../src/journeys/set-up-events.ts';
import {noStages, stagesAfter, type Stages} from '../../src/journeys/stages.ts';
import type {Blueprint, PlannedConnection} from '../../src/pki/blueprint-types.ts';
import type {JudgedIntrusion, Proof, Verdict} from '../../src/pki/verdict.ts';
import {listStart, type ListState} from '../parts/list-state.ts';

/** An issue under way, as far as its events have told. */
export interface Run {
  /** As typed. */
  readonly directory: string;
  /** undefined until the journey has begun. */
  readonly blueprint: Blueprint | undefined;
  readonly stages: Stages;
  /** What was made last, the newest first; at most `recentLimit`. */
  readonly recent: readonly string[];
  readonly isPlaced: boolean;
  /** Names of the requests that a brought authority has yet to sign; undefined = there are none. */
  readonly requests: readonly string[] | undefined;
  /** By `connectionKey`. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** The connection that was judged last, by its place in the blueprint. */
  readonly lastJudged: number;
  readonly intrusions: readonly JudgedIntrusion[];
  readonly proof: Proof | undefined;
}

export const recentLimit = 40;

export function beginRun(directory: string): Run {
  return {
    directory,
    blueprint: undefined,
    stages: noStages,
    recent: [],
    isPlaced: false,
    requests: undefined,
    verdicts: new Map(),
    lastJudged: -1,
    intrusions: [],
    proof: undefined,
  };
}

/**
 * Takes many events at once, so that a thousand of them are one frame; none of them, when time alone has passed.
 *
 * @param at milliseconds of a clock
 */
export function progress(run: Run, events: readonly SetUpEvent[], at: number): Run {
  const judged = events.filter((event) => event.kind === 'connection-judged');
  const tried = events.flatMap((event) => (event.kind === 'intrusion-judged' ? [event.judged] : []));
  const stages = stagesAfter(run.stages, events, at);
  const intrusions = tried.length === 0 ? run.intrusions : [...run.intrusions, ...tried];
  const moved = events.reduce(take, {...run, stages, intrusions});
  if (judged.length === 0) return moved;
  const verdicts = new Map(run.verdicts);
  for (const {judged: one} of judged) verdicts.set(connectionKey(one.connection), one.verdict);
  const last = judged.at(-1)?.judged.connection;
  const lastJudged =
    last === undefined
      ? -1
      : (moved.blueprint?.connections.findIndex((one) => connectionKey(one) === connectionKey(last)) ?? -1);
  return {...moved, verdicts, lastJudged};
}

export function connectionKey({id, caller, provider, host}: PlannedConnection): string {
  return [id, caller.component, caller.node, provider.node, host].join(' ');
}

function take(run: Run, event: SetUpEvent): Run {
  switch (event.kind) {
    case 'started':
      return {...run, blueprint: event.blueprint};
    case 'key-made':
      return {...run, recent: remember(run, `key of ${event.name}`)};
    case 'certificate-issued':
      return {...run, recent: remember(run, `certificate ${event.name}`)};
    case 'file-written':
      return {...run, recent: remember(run, event.path)};
    case 'bundle-placed':
      return {...run, isPlaced: true};
    case 'requests-written':
      return {...run, isPlaced: true, requests: event.requests};
    case 'connection-judged':
    case 'intrusion-judged':
      return run;
    case 'finished':
      return {...run, isPlaced: true, proof: event.proof};
    default:
      return event satisfies never;
  }
}

/** Where one is in the proof. */
export interface ProofView {
  readonly list: ListState;
  readonly shown: ProofTab;
  /** The cursor goes along with the verdicts, until somebody moves it. */
  readonly isFollowing: boolean;
  /** The first visible line of the row that is opened; undefined = the table is shown. */
  readonly opened: number | undefined;
}

/** The connections, the doors that must stay shut, and what the files themselves say. */
export const proofTabs = ['connections', 'doors', 'files'] as const;
export type ProofTab = (typeof proofTabs)[number];

export const proofStart: ProofView = {list: listStart, shown: 'connections', isFollowing: true, opened: undefined};

function remember({recent}: Run, what: string): readonly string[] {
  return [what, ...recent.slice(0, recentLimit - 1)];
}

/** How many connections ended how. */
export interface Tally {
  readonly proved: number;
  readonly byDesign: number;
  readonly notProvable: number;
  readonly failed: number;
  readonly open: number;
}

export function tallyOf({verdicts, blueprint}: Run): Tally {
  const counts = {proved: 0, byDesign: 0, notProvable: 0, failed: 0};
  for (const {kind} of verdicts.values()) {
    if (kind === 'proved') counts.proved += 1;
    else if (kind === 'unverified-by-design') counts.byDesign += 1;
    else if (kind === 'not-provable') counts.notProvable += 1;
    else counts.failed += 1;
  }
  return {...counts, open: Math.max(0, (blueprint?.connections.length ?? 0) - verdicts.size)};
}

/** The first row that is not as it must be, and where it stands; undefined = there is none. */
export function firstFault(run: Run): (Pick<ProofView, 'shown'> & {readonly row: number}) | undefined {
  const {blueprint, verdicts, intrusions, proof} = run;
  const failed = blueprint?.connections.findIndex((one) => verdicts.get(connectionKey(one))?.kind === 'failed') ?? -1;
  if (failed >= 0) return {shown: 'connections', row: failed};
  const door = intrusions.findIndex(({intrusion, outcome}) => outcome !== intrusion.expected);
  if (door >= 0) return {shown: 'doors', row: door};
  return (proof?.findings.length ?? 0) > 0 ? {shown: 'files', row: 0} : undefined;
}

/** Doors that did not do what the plan expects of them; those that were not tried are told by the findings. */
export function surprisingDoors({intrusions}: Run): readonly JudgedIntrusion[] {
  return intrusions.filter(({intrusion, outcome}) => outcome !== 'not-tried' && outcome !== intrusion.expected);
}

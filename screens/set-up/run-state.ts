import type {SetUpEvent} from '../../src/journeys/set-up-events.ts';
import type {Blueprint, PlannedConnection} from '../../src/pki/blueprint-types.ts';
import type {JudgedIntrusion, Proof, Verdict} from '../../src/pki/verdict.ts';

/** An issue under way, as far as its events have told. */
export interface Run {
  /** As typed. */
  readonly directory: string;
  /** undefined until the journey has begun. */
  readonly blueprint: Blueprint | undefined;
  readonly made: Amounts;
  readonly planned: Amounts;
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

export interface Amounts {
  readonly keys: number;
  readonly certificates: number;
  readonly files: number;
}

const nothing: Amounts = {keys: 0, certificates: 0, files: 0};
export const recentLimit = 40;

export function beginRun(directory: string): Run {
  return {
    directory,
    blueprint: undefined,
    made: nothing,
    planned: nothing,
    recent: [],
    isPlaced: false,
    requests: undefined,
    verdicts: new Map(),
    lastJudged: -1,
    intrusions: [],
    proof: undefined,
  };
}

/** Takes many events at once, so that a thousand of them are one frame. */
export function progress(run: Run, events: readonly SetUpEvent[]): Run {
  const judged = events.filter((event) => event.kind === 'connection-judged');
  const moved = events.reduce(take, run);
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
    case 'started': {
      const {blueprint, keys, certificates, files} = event;
      return {...run, blueprint, planned: {keys, certificates, files}};
    }
    case 'key-made':
      return {...run, made: {...run.made, keys: run.made.keys + 1}, recent: remember(run, `key of ${event.name}`)};
    case 'certificate-issued':
      return {
        ...run,
        made: {...run.made, certificates: run.made.certificates + 1},
        recent: remember(run, `certificate ${event.name}`),
      };
    case 'file-written':
      return {...run, made: {...run.made, files: run.made.files + 1}, recent: remember(run, event.path)};
    case 'bundle-placed':
      return {...run, isPlaced: true};
    case 'requests-written':
      return {...run, isPlaced: true, requests: event.requests};
    case 'connection-judged':
      return run;
    case 'intrusion-judged':
      return {...run, intrusions: [...run.intrusions, event.judged]};
    case 'finished':
      return {...run, isPlaced: true, proof: event.proof};
    default:
      return event satisfies never;
  }
}

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

/** Doors that did not do what the plan expects of them; those that were not tried are told by the findings. */
export function surprisingDoors({intrusions}: Run): readonly JudgedIntrusion[] {
  return intrusions.filter(({intrusion, outcome}) => outcome !== 'not-tried' && outcome !== intrusion.expected);
}

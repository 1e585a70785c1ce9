import {InputFailure} from '../base/failure.ts';
import {nearest} from '../base/nearest.ts';
import {problem} from '../base/problem.ts';
import {faultsOf, Lab} from '../journeys/lab.ts';
import {faultIds, type FaultId} from '../lab/fault.ts';
import {faultTexts} from '../lab/texts.ts';
import type {Experiment, Mended, Outcome, Trial} from '../pki/experiment.ts';
import {experimentLines, faultLines, questionOf, type FaultExplained} from '../report/lab-text.ts';
import type {Context} from './context.ts';
import {givenPlan} from './plan-source.ts';
import {glyphsFor, printJson, printLines, tell} from './print.ts';

export interface LabOptions {
  /** Left out = they are listed. */
  readonly fault: string | undefined;
  readonly preset?: string;
  /** What the person thinks will happen. */
  readonly predict?: Outcome;
  readonly output: 'text' | 'json';
}

/**
 * Breaks a throw-away cluster, shows what both ends say, and mends it. Nothing outside of a temporary folder is touched.
 * A prediction that is wrong is no error.
 */
export async function lab(context: Context, options: LabOptions): Promise<number> {
  const {fault, preset, predict, output} = options;
  const {plan} = givenPlan(context, {set: [], ...(preset === undefined ? {} : {preset})});
  if (fault === undefined) {
    const all = faultsOf(plan).map(({id}) => explained(id));
    if (output === 'json') {
      printJson(context, {faults: all});
      return 0;
    }
    printLines(context, faultLines(all, glyphsFor(context)));
    tell(
      context,
      '',
      'certwright learn lab FAULT breaks a throw-away cluster in this way, and mends it.',
      'Who will refuse? Say it first: --predict caller, provider, nobody or does-not-start.',
    );
    return 0;
  }
  const id = faultNamed(fault);
  const bench = new Lab(plan, {now: context.now, signal: context.signal});
  try {
    const experiment = await bench.break(id);
    const mended = await bench.mend(id);
    if (output === 'json') printJson(context, labJson(explained(id), experiment, mended, predict));
    else printLines(context, experimentLines(explained(id), experiment, mended, predict, glyphsFor(context)));
  } finally {
    bench.close();
  }
  return 0;
}

function explained(id: FaultId): FaultExplained {
  return {id, ...faultTexts[id]};
}

function faultNamed(name: string): FaultId {
  const known = faultIds.find((id) => id === name);
  if (known !== undefined) return known;
  const asked = JSON.stringify(name.slice(0, 80));
  const meant = nearest(name.slice(0, 80), faultIds);
  throw new InputFailure(
    `there is no fault ${asked}`,
    [
      problem(
        'unknown-fault',
        'FAULT',
        `there is no fault ${asked}`,
        meant === undefined ? 'choose one of the list' : `did you mean ${meant}?`,
      ),
    ],
    'certwright learn lab lists them all',
  );
}

/** Top-level keys stand in this order. */
function labJson(fault: FaultExplained, {changed, trials}: Experiment, mended: Mended, guess: Outcome | undefined) {
  const [asked] = trials;
  return {
    fault: fault.id,
    title: fault.title,
    broken: fault.broken,
    changed,
    question: asked === undefined ? null : questionOf(asked),
    guess: guess ?? null,
    isRight: guess === undefined ? null : guess === asked?.happened,
    trials: trials.map(trialJson),
    why: fault.why,
    remedy: fault.remedy,
    mended: {
      isWhole: mended.isWhole,
      connections: mended.proof.connections.length,
      doors: mended.proof.intrusions.length,
      trials: mended.trials.map(trialJson),
    },
  };
}

function trialJson({kind, id, caller, provider, shows, host, port, predicted, happened, said, why, components}: Trial) {
  return {
    kind,
    id,
    caller,
    provider,
    shows: shows ?? null,
    host: host ?? null,
    port: port ?? null,
    predicted,
    happened,
    said,
    why,
    components,
  };
}

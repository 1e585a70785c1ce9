import {resolve} from 'node:path';
import {InputFailure} from '../base/failure.ts';
import {nearest} from '../base/nearest.ts';
import {problem} from '../base/problem.ts';
import {faultsOf, Lab} from '../journeys/lab.ts';
import {versionOfPrograms, type ProgramPath} from '../journeys/lab-real.ts';
import {faultIds, type FaultId} from '../lab/fault.ts';
import {faultTexts} from '../lab/texts.ts';
import {runProgram} from '../run/run-program.ts';
import type {Experiment, Mended, Outcome, RealWords, Trial} from '../pki/experiment.ts';
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
  /** Start etcd, kube-apiserver and kubectl with the broken files as well. */
  readonly real: boolean;
  readonly output: 'text' | 'json';
}

/**
 * Breaks a throw-away cluster, shows what both ends say, and mends it. Nothing outside of a temporary folder is touched.
 * A prediction that is wrong is no error.
 */
export async function lab(context: Context, options: LabOptions): Promise<number> {
  const {fault, preset, predict, output} = options;
  const programs = programsOf(context);
  // Flags differ from version to version, and these are what runs.
  const set = options.real ? [`cluster.kubernetesVersion=${await versionOfPrograms(programs, runProgram)}`] : [];
  const {plan} = givenPlan(context, {set, ...(preset === undefined ? {} : {preset})});
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
    const real = options.real ? await hear(context, bench, programs) : undefined;
    const mended = await bench.mend(id);
    if (output === 'json') printJson(context, labJson(explained(id), experiment, mended, {guess: predict, real}));
    else
      printLines(
        context,
        experimentLines(explained(id), experiment, mended, {guess: predict, real, glyphs: glyphsFor(context)}),
      );
  } finally {
    bench.close();
  }
  return 0;
}

/** Milliseconds: an API server without its etcd takes twenty seconds to say so. */
const patience = 45_000;

function hear(context: Context, bench: Lab, programs: ProgramPath): Promise<readonly RealWords[]> {
  tell(context, 'Starting etcd and kube-apiserver with the broken files; it can take half a minute ...');
  return bench.hearReal({programs, runProgram, signal: context.signal, patience});
}

/** In the folder that KUBE_BIN_DIR names, or wherever PATH finds them. */
function programsOf({environment, cwd}: Context): ProgramPath {
  const folder = environment.KUBE_BIN_DIR;
  return (program) => (folder === undefined || folder === '' ? program : resolve(cwd, folder, program));
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
function labJson(
  fault: FaultExplained,
  {changed, trials}: Experiment,
  mended: Mended,
  {guess, real}: {readonly guess: Outcome | undefined; readonly real: readonly RealWords[] | undefined},
) {
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
    real: real?.map(({component, words, line}) => ({component, words, line: line ?? null})) ?? null,
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

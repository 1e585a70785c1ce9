import {faultsOf, Lab} from '../journeys/lab.ts';
import {versionOfPrograms, type ProgramPath} from '../journeys/lab-real.ts';
import {faultIds, type FaultId} from '../lessons/faults.ts';
import {findingText, type LabWords} from '../lessons/lab-words.ts';
import {lessonsIn} from '../lessons/languages.ts';
import type {Lessons} from '../lessons/lessons.ts';
import {runProgram} from '../run/run-program.ts';
import type {EndWord, Experiment, Mended, Outcome, RealWords, Trial} from '../pki/experiment.ts';
import {questionOf} from '../report/lab-lines.ts';
import {guessesFor, outcomeText} from '../report/lab-outcomes.ts';
import {experimentLines, faultLines} from '../report/lab-text.ts';
import type {Context} from './context.ts';
import {patience, programsOf, setsFor} from './lab-services.ts';
import {givenPlan} from './plan-source.ts';
import {glyphsFor, printJson, printLines, tell} from './print.ts';
import {unknownName} from './unknown-name.ts';
import {openScreen} from './wizard.ts';

export interface LabOptions {
  /** Left out = they are listed. */
  readonly fault: string | undefined;
  readonly preset?: string;
  /** What the person thinks will happen. */
  readonly predict?: Outcome;
  /** Start etcd, kube-apiserver and kubectl with the broken files as well. */
  readonly real: boolean;
  /** Left out = text, or where there is a full screen that. */
  readonly output?: 'text' | 'json';
}

/** In a terminal the full screen, unless the command line asks for what is printed. */
export async function lab(context: Context, options: LabOptions): Promise<number> {
  const {fault, preset, predict, real, output} = options;
  const isShown = context.asks === 'screen' && predict === undefined && !real && output === undefined;
  if (!isShown) return printLab(context, options);
  const given = fault === undefined ? undefined : faultNamed(fault);
  // What is wrong with it is told before a screen opens.
  givenPlan(context, {set: [], ...(preset === undefined ? {} : {preset})});
  return openScreen(context, {kind: 'learn', into: {room: 'lab', given}}, {labPreset: preset});
}

/**
 * Breaks a throw-away cluster, shows what both ends say, and mends it. Nothing outside of a temporary folder is touched.
 * A prediction that is wrong is no error.
 */
async function printLab(context: Context, options: LabOptions): Promise<number> {
  const {fault, preset, predict, output} = options;
  const {faults, lab: words} = lessonsIn(context.language);
  const programs = programsOf(context);
  const set = options.real ? setsFor(await versionOfPrograms({programs, runProgram, signal: context.signal})) : [];
  const {plan} = givenPlan(context, {set, ...(preset === undefined ? {} : {preset})});
  if (fault === undefined) {
    const all = faultsOf(plan).map(({id}) => id);
    if (output === 'json') {
      printJson(context, {faults: all.map((id) => ({id, ...faults[id]}))});
      return 0;
    }
    printLines(context, faultLines(all, faults, words, glyphsFor(context)));
    tell(context, '', words.tryOne, words.sayFirst);
    return 0;
  }
  const id = faultNamed(fault);
  const bench = new Lab(plan, {now: context.now, signal: context.signal});
  try {
    const experiment = await bench.break(id);
    if (options.real) tell(context, words.startingReal);
    const real = options.real ? await hear(context, bench, programs) : undefined;
    const mended = await bench.mend(id);
    const guess = predict;
    if (output === 'json') printJson(context, labJson(id, experiment, mended, {guess, real}, {faults, lab: words}));
    else
      printLines(
        context,
        experimentLines(faults[id], experiment, mended, {guess, real, words, glyphs: glyphsFor(context)}),
      );
  } finally {
    bench.close();
  }
  return 0;
}

function hear(context: Context, bench: Lab, programs: ProgramPath): Promise<readonly RealWords[]> {
  return bench.hearReal({programs, runProgram, signal: context.signal, patience});
}

function faultNamed(name: string): FaultId {
  const known = faultIds.find((id) => id === name);
  if (known !== undefined) return known;
  throw unknownName({
    name,
    known: faultIds,
    code: 'unknown-fault',
    argument: 'FAULT',
    message: (asked) => `there is no fault ${asked}`,
    nextStep: 'certwright learn lab lists them all',
  });
}

/** Top-level keys stand in this order. */
function labJson(
  id: FaultId,
  {changed, trials}: Experiment,
  mended: Mended,
  {guess, real}: {readonly guess: Outcome | undefined; readonly real: readonly RealWords[] | undefined},
  {faults, lab: words}: Pick<Lessons, 'faults' | 'lab'>,
) {
  const [asked] = trials;
  const fault = faults[id];
  return {
    fault: id,
    title: fault.title,
    broken: fault.broken,
    changed,
    question: asked === undefined ? null : questionOf(asked, words),
    choices:
      asked === undefined
        ? []
        : guessesFor(asked).map((outcome) => ({predict: outcome, text: outcomeText(outcome, asked, words)})),
    guess: guess ?? null,
    isRight: guess === undefined ? null : guess === asked?.happened,
    trials: trials.map((trial) => trialJson(trial, words)),
    real: real?.map((one) => ({component: one.component, words: one.words, line: one.line ?? null})) ?? null,
    why: fault.why,
    remedy: fault.remedy,
    mended: {
      isWhole: mended.isWhole,
      connections: mended.proof.connections.length,
      doors: mended.proof.intrusions.length,
      trials: mended.trials.map((trial) => trialJson(trial, words)),
    },
  };
}

function trialJson(trial: Trial, words: LabWords) {
  const {kind, id, caller, provider, shows, host, port, predicted, happened, said, why, components} = trial;
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
    said: {caller: saidJson(said.caller, words), provider: saidJson(said.provider, words)},
    why,
    components,
  };
}

function saidJson(word: EndWord, words: LabWords) {
  return 'checked' in word && word.checked !== undefined ? {...word, checked: findingText(word.checked, words)} : word;
}

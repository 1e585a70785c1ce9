import {resolve} from 'node:path';
import type {Problem} from '../base/problem.ts';
import {examineBrought} from '../config/examine-brought.ts';
import {writeDocumentFile} from '../config/document-file.ts';
import {readMachine, readProcessors} from '../config/machine.ts';
import {readKubeadmFile, readPlanFile, writePlanFile} from '../config/plan-file.ts';
import {listPresets, readPreset, thisMachine} from '../config/presets.ts';
import {resolvePlan, type ResolvedPlan} from '../config/resolve-plan.ts';
import {writePlan} from '../config/write-plan.ts';
import {keyCosts} from '../journeys/key-costs.ts';
import {setUp} from '../journeys/set-up.ts';
import {tokenForBundle} from '../journeys/token.ts';
import {runProgram} from '../run/run-program.ts';
import type {PlanReading, SetUpServices} from '../journeys/set-up-services.ts';
import {makeBlueprint} from '../pki/blueprint.ts';
import {previewDocument} from '../report/preview-document.ts';
import {accept} from '../wizard/accept.ts';
import {checkPlan} from '../wizard/check-plan.ts';
import {stepOfPath, steps} from '../wizard/steps.ts';
import {threadsOf, type Context} from './context.ts';
import {readNodes} from './read-nodes.ts';

/** As libuv has it, where nobody says otherwise. */
const poolThreads = 4;

/** What both front-ends of Set up need of the world. */
export function setUpServices(context: Context): SetUpServices {
  const machine = readMachine();
  const pathOf = (typed: string) => resolve(context.cwd, typed);
  const costs = keyCosts({
    milliseconds: context.milliseconds,
    parallel: Math.min(threadsOf(context) ?? poolThreads, readProcessors()),
  });
  return {
    now: context.now,
    steps,
    accept,
    checkPlan,
    makeBlueprint,
    presets: listPresets(),
    thisMachine: machine,
    readPreset: async (name) => readingOf(resolvePlan({preset: readPreset(name)})),
    readPlanFile: async (path) => readingOf(resolvePlan({planFile: readPlanFile(pathOf(path), path)})),
    readKubeadm: async (path) => {
      const resolved = resolvePlan({kubeadm: readKubeadmFile(pathOf(path), path)});
      return withLosses(readingOf(resolved), resolved.problems);
    },
    readNodes: (source, signal) => readNodes(source, {cwd: context.cwd, run: runProgram, signal}),
    readThisMachine: async () => ({ok: true, plan: thisMachine(machine)}),
    savePlan: async (plan, path) => writePlanFile(pathOf(path), writePlan(plan), path),
    exportPreview: async (blueprint, {format, path, replaces}) =>
      writeDocumentFile(pathOf(path), previewDocument(blueprint, format, writePlan(blueprint.plan)), path, replaces),
    examineAuthority: (id, plan) =>
      examineBrought(id, plan, {environment: (name) => context.environment[name], now: context.now()}),
    keyCosts: costs,
    createToken: (directory, signal) => tokenForBundle(pathOf(directory), {now: context.now, signal}),
    setUp: (plan, {directory, signal, askPassphrase}) =>
      setUp(plan, {
        directory: pathOf(directory),
        planYaml: writePlan(plan),
        proof: true,
        tar: false,
        now: context.now,
        signal,
        threads: threadsOf(context),
        keyCosts: costs,
        passphrases: {environment: (name) => context.environment[name], ask: askPassphrase},
      }),
  };
}

/**
 * A source is refused for what no question can mend: no YAML, an unknown key. A value that has no right form waits under
 * its question; what is missing or does not fit is asked for, and `checkPlan` finds it again.
 */
function readingOf({plan, problems, sources}: ResolvedPlan): PlanReading {
  const found = new Set(checkPlan(plan).map(({code, at}) => `${code} ${at.path}`));
  const ofForm = problems.filter(({severity, code, at}) => severity === 'error' && !found.has(`${code} ${at.path}`));
  const beyondQuestions = ofForm.filter(({at}) => stepOfPath(at.path) === undefined);
  return beyondQuestions.length > 0
    ? {ok: false, problems: ofForm}
    : {ok: true, plan, given: [...sources.keys()], problems: ofForm};
}

/** Warnings of the questions are said beside the questions; the others are about what became of no answer. */
function withLosses(reading: PlanReading, problems: readonly Problem[]): PlanReading {
  if (!reading.ok) return reading;
  return {
    ...reading,
    losses: problems.filter(({severity, at}) => severity === 'warning' && stepOfPath(at.path) === undefined),
  };
}

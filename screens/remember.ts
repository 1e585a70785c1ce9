import type {ClusterPlan} from '../src/pki/plan.ts';
import type {PlanValue, Step} from '../src/wizard/step.ts';
import {offeredNames} from '../src/wizard/offers.ts';
import {tryOption, type TriedOption} from '../src/wizard/try-option.ts';
import {recordsOf} from './set-up/records-state.ts';
import type {Services, Tools} from './services.ts';

/**
 * What reducers and views use of the services, with steps that answer once a plan what a screen asks them with each
 * frame: a check of a thousand nodes is not made anew because a cursor has moved. Plans are values, so what was true
 * of one stays true.
 */
export function toolsOf(services: Services): Tools {
  const {accept, checkPlan, makeBlueprint, presets, thisMachine, now, keyCosts, learn} = services;
  const steps = services.steps.map(rememberingStep);
  return {
    steps,
    accept,
    checkPlan,
    makeBlueprint,
    presets,
    thisMachine,
    now,
    recordsOf: lastOfEachStep(recordsOf),
    tryOption: oncePerOption((plan, step, value) => tryOption({steps, accept}, plan, step, value)),
    offeredNames: oncePerPlan(offeredNames),
    language: learn.language,
    parallelKeys: keyCosts.parallel,
  };
}

/** Options are tried once a plan: moving among them and comparing them makes no blueprint anew. */
function oncePerOption(attempt: Tools['tryOption']): Tools['tryOption'] {
  const known = new WeakMap<ClusterPlan, Map<string, TriedOption | undefined>>();
  return (plan, step, value) => {
    const ofPlan = known.get(plan) ?? new Map<string, TriedOption | undefined>();
    known.set(plan, ofPlan);
    const id = `${step.id} ${value}`;
    if (!ofPlan.has(id)) ofPlan.set(id, attempt(plan, step, value));
    return ofPlan.get(id);
  };
}

/** Tables change rarely and are drawn often: the last text of each is enough to remember. */
function lastOfEachStep(cut: Tools['recordsOf']): Tools['recordsOf'] {
  const last = new Map<string, {readonly text: string; readonly records: readonly PlanValue[]}>();
  return (step, text) => {
    const known = last.get(step.id);
    if (known?.text === text) return known.records;
    const records = cut(step, text);
    last.set(step.id, {text, records});
    return records;
  };
}

function rememberingStep(step: Step): Step {
  return {...step, show: oncePerPlan(step.show), check: oncePerPlan(step.check), when: oncePerPlan(step.when)};
}

function oncePerPlan<Result>(ask: (plan: ClusterPlan) => Result): (plan: ClusterPlan) => Result {
  const answers = new WeakMap<ClusterPlan, {readonly result: Result}>();
  return (plan) => {
    const known = answers.get(plan);
    if (known !== undefined) return known.result;
    const result = ask(plan);
    answers.set(plan, {result});
    return result;
  };
}

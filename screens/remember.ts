import type {ClusterPlan} from '../src/pki/plan.ts';
import type {PlanValue, Step} from '../src/wizard/step.ts';
import {recordsOf} from './set-up/records-state.ts';
import type {Services, Tools} from './services.ts';

/**
 * What reducers and views use of the services, with steps that answer once a plan what a screen asks them with each
 * frame: a check of a thousand nodes is not made anew because a cursor has moved. Plans are values, so what was true
 * of one stays true.
 */
export function toolsOf(services: Services): Tools {
  const {accept, checkPlan, makeBlueprint, presets, thisMachine, now} = services;
  const steps = services.steps.map(rememberingStep);
  return {steps, accept, checkPlan, makeBlueprint, presets, thisMachine, now, recordsOf: lastOfEachStep(recordsOf)};
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

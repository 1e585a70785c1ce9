import {resolve} from 'node:path';
import {InputFailure} from '../base/failure.ts';
import {defaultPreset, readPreset} from '../config/presets.ts';
import {readPlanFile} from '../config/plan-file.ts';
import {resolvePlan, type PlanSource as PlanText} from '../config/resolve-plan.ts';
import {writePlan} from '../config/write-plan.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import type {Context} from './context.ts';
import {tellWarnings} from './print.ts';

/** Where a plan comes from: a preset, a file, or neither (the default preset), with single keys changed. */
export interface PlanSource {
  readonly preset?: string;
  readonly plan?: string;
  /** `key.path=value`, in the order given. */
  readonly set: readonly string[];
}

export interface GivenPlan {
  readonly plan: ClusterPlan;
  /** The plan as a file: comments of where it came from are kept, paths are absolute. */
  readonly yaml: string;
}

/**
 * The plan that a command line asks for. Warnings are told.
 *
 * @throws InputFailure with every problem of every source at once
 */
export function givenPlan(context: Context, {preset, plan: file, set}: PlanSource): GivenPlan {
  const source: {preset?: PlanText; planFile?: PlanText} =
    file === undefined
      ? {preset: readPreset(preset ?? defaultPreset)}
      : {planFile: readPlanFile(resolve(context.cwd, file), file)};
  const {plan, problems} = resolvePlan({...source, sets: set, folder: context.cwd});
  const errors = problems.filter(({severity}) => severity === 'error');
  if (errors.length > 0) throw new InputFailure('the plan is not right', errors);
  tellWarnings(context, problems);
  const existing = source.preset ?? source.planFile;
  return {plan, yaml: writePlan(plan, existing === undefined ? {} : {existing: existing.text})};
}

import {resolve} from 'node:path';
import {InputFailure} from '../base/failure.ts';
import type {Problem} from '../base/problem.ts';
import {defaultPreset, readPreset} from '../config/presets.ts';
import {readKubeadmFile, readPlanFile} from '../config/plan-file.ts';
import {resolvePlan, type PlanSource as PlanText} from '../config/resolve-plan.ts';
import {writePlan} from '../config/write-plan.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import type {Context} from './context.ts';
import {tellWarnings} from './print.ts';

/** Where a plan comes from: a preset, a file, kubeadm's configuration, or none of them (the default preset), with single keys changed. */
export interface PlanSource {
  readonly preset?: string;
  readonly plan?: string;
  readonly fromKubeadm?: string;
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
export function givenPlan(context: Context, given: PlanSource): GivenPlan {
  const {plan, problems, source} = planFrom(context, given);
  tellWarnings(context, problems);
  const existing = source.preset ?? source.planFile;
  return {plan, yaml: writePlan(plan, existing === undefined ? {} : {existing: existing.text})};
}

/**
 * The same to compare with: what the plan itself costs is not asked.
 *
 * @throws InputFailure
 */
export function comparedPlan(context: Context, given: PlanSource): ClusterPlan {
  return planFrom(context, given).plan;
}

function planFrom(context: Context, given: PlanSource) {
  const source = sourceOf(context, given);
  const {plan, problems} = resolvePlan({...source, sets: given.set, folder: context.cwd});
  const errors = problems.filter(({severity}) => severity === 'error');
  if (errors.length > 0) throw notRight(errors, given);
  return {plan, problems, source};
}

/** Of the three one at most; a kubeadm configuration is not a plan that could be edited and kept. */
function sourceOf(
  {cwd}: Context,
  {preset, plan, fromKubeadm}: PlanSource,
): {preset?: PlanText; planFile?: PlanText; kubeadm?: PlanText} {
  if (plan !== undefined) return {planFile: readPlanFile(resolve(cwd, plan), plan)};
  if (fromKubeadm !== undefined) return {kubeadm: readKubeadmFile(resolve(cwd, fromKubeadm), fromKubeadm)};
  return {preset: readPreset(preset ?? defaultPreset)};
}

/** kubeadm finds out on the machine what its file leaves open; here it has to be said. */
function notRight(errors: readonly Problem[], {fromKubeadm}: PlanSource): InputFailure {
  if (fromKubeadm === undefined) return new InputFailure('the plan is not right', errors);
  return new InputFailure(
    `no plan comes of ${fromKubeadm} as it is`,
    errors,
    'mend it there, or say what it leaves open: --set "nodes=cp-1 10.0.0.11 control-plane", --set nodes[0].addresses=10.0.0.11',
  );
}

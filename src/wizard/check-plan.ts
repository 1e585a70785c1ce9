import type {Problem} from '../base/problem.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import {steps} from './steps.ts';

/**
 * Everything that is wrong or dangerous in a plan, whoever made it: errors stop, warnings say what a value costs. In
 * walking order. What the plan's shape costs as a whole is the blueprint's advice.
 */
export function checkPlan(plan: ClusterPlan): readonly Problem[] {
  return steps.flatMap((step) => step.check(plan));
}

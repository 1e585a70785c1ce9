import type {ClusterPlan} from '../../src/pki/plan.ts';

/** Where the plan is saved unless somebody says otherwise. */
export function suggestedPlanPath({cluster}: ClusterPlan): string {
  return `./${cluster.name === '' ? 'cluster' : cluster.name}-plan.yaml`;
}

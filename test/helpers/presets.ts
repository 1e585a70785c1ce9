import {listPresets, readPreset} from '../../src/config/presets.ts';
import {resolvePlan} from '../../src/config/resolve-plan.ts';
import type {ClusterPlan} from '../../src/pki/plan.ts';

export const presetNames = listPresets().map(({name}) => name);

/**
 * A preset's plan.
 *
 * @param sets each as after `--set`: `keys.algorithm=ECDSA-P256`
 */
export function presetPlan(name: string, ...sets: readonly string[]): ClusterPlan {
  const {plan, problems} = resolvePlan({preset: readPreset(name), sets, folder: '/'});
  const errors = problems.filter(({severity}) => severity === 'error');
  if (errors.length > 0) throw new Error(`${name}: ${errors.map(({message}) => message).join('; ')}`);
  return plan;
}

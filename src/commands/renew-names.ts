import {problem, type Problem} from '../base/problem.ts';
import type {RenewWish} from '../journeys/renew.ts';
import {makeBlueprint} from '../pki/blueprint.ts';
import type {Context} from './context.ts';
import {comparedPlan} from './plan-source.ts';

/** Which names renewed certificates are to have, and the plan that they are compared with. */
export interface NamesOptions {
  readonly sans: 'keep' | 'needed' | 'plan';
  readonly plan?: string;
  readonly fromKubeadm?: string;
  /** `key.path=value`, of that plan. */
  readonly set: readonly string[];
  /** What this node is called, in the cluster and in the plan. */
  readonly node?: string;
}

/**
 * @param problems gets what is wrong with the words
 * @throws InputFailure when the plan is not right
 */
export function namesWish(
  context: Context,
  {sans, plan, fromKubeadm, set, node, names}: NamesOptions & {readonly names: readonly string[]},
  problems: Problem[],
): Pick<RenewWish, 'sans' | 'plan' | 'node'> {
  if (plan === undefined && fromKubeadm === undefined) {
    const alone = [...(sans === 'plan' ? ['--sans plan'] : []), ...(set.length === 0 ? [] : ['--set'])];
    problems.push(
      ...alone.map((flag) =>
        problem('no-plan', flag, 'no plan is given', 'name one: --plan FILE, or --from-kubeadm FILE'),
      ),
    );
    if (node !== undefined && !names.includes('kubelet-client')) {
      problems.push(
        problem(
          'of-no-use',
          '--node',
          'it says which node of a plan this is, or what its kubelet is called',
          'add --plan FILE, or say what to renew: certwright renew kubelet-client --node NAME',
        ),
      );
    }
    return {sans, node};
  }
  const source = plan === undefined ? {fromKubeadm: fromKubeadm ?? '', set} : {plan, set};
  return {sans, plan: makeBlueprint(comparedPlan(context, source)), node};
}

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
  readonly node?: string;
}

/**
 * @param problems gets what is wrong with the words
 * @throws InputFailure when the plan is not right
 */
export function namesWish(
  context: Context,
  {sans, plan, fromKubeadm, set, node}: NamesOptions,
  problems: Problem[],
): Pick<RenewWish, 'sans' | 'plan' | 'node'> {
  if (plan === undefined && fromKubeadm === undefined) {
    const alone = [
      ...(sans === 'plan' ? ['--sans plan'] : []),
      ...(node === undefined ? [] : ['--node']),
      ...(set.length === 0 ? [] : ['--set']),
    ];
    problems.push(
      ...alone.map((flag) =>
        problem('no-plan', flag, 'no plan is given', 'name one: --plan FILE, or --from-kubeadm FILE'),
      ),
    );
    return {sans};
  }
  const source = plan === undefined ? {fromKubeadm: fromKubeadm ?? '', set} : {plan, set};
  return {sans, plan: makeBlueprint(comparedPlan(context, source)), node};
}

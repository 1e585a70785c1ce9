import type {ClusterPlan} from '../pki/plan.ts';
import type {Parsed, PlanValue, Step} from './step.ts';

/**
 * The only way of an answer into the plan. A text (a field, a prompt) must have the right form *and* be good in this
 * plan: its own check must find no error. Warnings let it pass; `step.check` tells them.
 */
export function accept(step: Step, raw: string, plan: ClusterPlan): Parsed {
  const parsed = step.parse(raw, plan);
  if (!parsed.ok) {
    return parsed;
  }
  const errors = step.check(parsed.plan).filter((each) => each.severity === 'error');
  return errors.length === 0 ? parsed : {ok: false, plan: parsed.plan, problems: errors};
}

/**
 * The same for one value of many that come together (plan files, `--set`): only its form is judged, because the
 * answers it must fit may come after it. `checkPlan` judges them all at the end.
 */
export function acceptLater(step: Step, value: PlanValue, plan: ClusterPlan): Parsed {
  return step.read(value, plan);
}

import type {Problem} from '../base/problem.ts';
import {outlineToShow, type Outline} from '../pki/outline.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import type {Step} from './step.ts';
import type {WizardTools} from './wizard-state.ts';

/** What a plan would be with one option of a question, before anybody has chosen it. */
export interface TriedOption {
  /** The option as the question lists it. */
  readonly value: string;
  readonly label: string;
  readonly plan: ClusterPlan;
  readonly outline: Outline;
  /** What would then be missing, wrong or dangerous: worked out when somebody asks. */
  readonly problems: () => readonly Problem[];
}

/**
 * Tries an option; undefined when the question has no such option, or the plan cannot take it. It costs the same for a
 * plan of three nodes and of a thousand: single nodes are judged when the plan is, not here.
 */
export function tryOption(
  {steps, accept}: Pick<WizardTools, 'steps' | 'accept'>,
  plan: ClusterPlan,
  step: Step,
  value: string,
): TriedOption | undefined {
  const option = step.kind.kind === 'choice' ? step.kind.options.find((one) => one.value === value) : undefined;
  if (option === undefined) return undefined;
  const parsed = accept(step, value, plan);
  if (!parsed.ok) return undefined;
  const outline = outlineToShow(parsed.plan);
  let known: readonly Problem[] | undefined;
  const judge = (): readonly Problem[] =>
    steps.flatMap((one) => {
      if (!one.when(parsed.plan)) return [];
      if (one.id !== 'nodes') return one.check(parsed.plan);
      // How many there are is not the option's doing; what none of them is, such as an etcd node, may be.
      return one.check(outline.blueprint.plan).filter(({severity}) => severity === 'error');
    });
  return {value, label: option.label, plan: parsed.plan, outline, problems: () => (known ??= judge())};
}

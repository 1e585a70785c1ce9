import type {PageId, Step} from '../../src/wizard/step.ts';
import {stepsOnPage} from '../../src/wizard/walk.ts';
import type {WizardState} from '../../src/wizard/wizard-state.ts';
import {problemsAt} from '../../src/wizard/wizard-state.ts';
import type {Tools} from '../services.ts';
import type {FormView} from './form-state.ts';

/** The row that unfolds the questions one rarely answers; a field like any other as far as the focus goes. */
export const moreField = 'more';

/** The row of names to pick from, under the question that they answer; a field of its own too. */
export const offersField = 'offers';
export const offeredFor = 'sans.apiserver';

/** What the focus can be on, in order. */
export interface FormFields {
  readonly steps: readonly Step[];
  /** How many questions are folded away. */
  readonly folded: number;
  readonly ids: readonly string[];
}

/** A rarely answered question shows once it is unfolded, answered otherwise than by default, or wrong. */
export function formFields(wizard: WizardState, page: PageId, view: FormView | undefined, tools: Tools): FormFields {
  const all = stepsOnPage(tools.steps, wizard.plan, page);
  const steps = all.filter((step) => !step.advanced || view?.isUnfolded === true || isTouched(wizard, step));
  const folded = all.length - steps.length;
  const ids = steps.flatMap(({id}) =>
    id === offeredFor && tools.offeredNames(wizard.plan).length > 0 ? [id, offersField] : [id],
  );
  return {steps, folded, ids: folded === 0 ? ids : [...ids, moreField]};
}

function isTouched(wizard: WizardState, step: Step): boolean {
  if ((wizard.sources[step.id] ?? 'default') !== 'default' || wizard.typed[step.id] !== undefined) return true;
  return problemsAt(wizard, step).some(({severity}) => severity === 'error');
}

/** The text of the answer as it stands in the field. */
export function answerText(wizard: WizardState, step: Step): string {
  return wizard.typed[step.id] ?? step.show(wizard.plan);
}

export function stepById(tools: Tools, id: string): Step | undefined {
  return tools.steps.find((step) => step.id === id);
}

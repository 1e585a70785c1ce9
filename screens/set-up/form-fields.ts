import type {PageId, Step} from '../../src/wizard/step.ts';
import {stepsOnPage} from '../../src/wizard/walk.ts';
import type {WizardState} from '../../src/wizard/wizard-state.ts';
import {problemsAt} from '../../src/wizard/wizard-state.ts';
import type {Tools} from '../services.ts';
import type {FormView} from './form-state.ts';

/** The row that unfolds the questions one rarely answers; a field like any other as far as the focus goes. */
export const moreField = 'more';

/** What the focus can be on, in order. */
export interface FormFields {
  readonly steps: readonly Step[];
  /** How many questions are folded away. */
  readonly folded: number;
  readonly ids: readonly string[];
}

/** `short` is for the rail, where there is little room. */
interface PageText {
  readonly short: string;
  readonly title: string;
  readonly intro: string;
}

export const pageTitles: Readonly<Record<PageId, PageText>> = {
  topology: {
    short: 'Cluster',
    title: 'Cluster and trust',
    intro: 'Which cluster it is, and which authority signs what.',
  },
  nodes: {short: 'Nodes', title: 'Nodes', intro: 'Every machine. Its names and addresses go into its certificates.'},
  network: {
    short: 'Network',
    title: 'Network and names',
    intro: 'How the cluster is reached, and which addresses it uses inside.',
  },
  keys: {short: 'Keys', title: 'Keys and validity', intro: 'What the keys are made of, and when the certificates end.'},
  people: {
    short: 'People',
    title: 'People and joining',
    intro: 'Who gets a kubeconfig, and how further nodes are let in.',
  },
};

/** A rarely answered question shows once it is unfolded, answered otherwise than by default, or wrong. */
export function formFields(wizard: WizardState, page: PageId, view: FormView | undefined, tools: Tools): FormFields {
  const all = stepsOnPage(tools.steps, wizard.plan, page);
  const steps = all.filter((step) => !step.advanced || view?.isUnfolded === true || isTouched(wizard, step));
  const folded = all.length - steps.length;
  const ids = steps.map(({id}) => id);
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

import type {ExaminedAuthority} from '../../src/pki/examined.ts';
import type {AuthorityId, ClusterPlan} from '../../src/pki/plan.ts';
import {planInForce} from '../../src/wizard/wizard-state.ts';
import type {AppState} from '../screen.ts';
import type {Tools} from '../services.ts';
import {stepById} from './form-fields.ts';
import {withOpenEdits} from './open-edits.ts';

/** Files of authorities that are brought: which of them are to be looked into while their question is on screen. */

export const broughtStep = 'trust.authorities';

export interface Examination {
  readonly id: AuthorityId;
  readonly plan: ClusterPlan;
  /** The same for the same files in the same surroundings. */
  readonly key: string;
}

/** Those of the plan as it is being typed; none elsewhere than on their page. */
export function wantedExaminations(state: AppState, tools: Tools): readonly Examination[] {
  const {place} = state.wizard;
  if (place.at !== 'page' || place.page !== 'topology') return [];
  const plan = planWithEdits(state, tools);
  return Object.keys(plan.trust.authorities).map((id) => ({id, plan, key: keyOf(id, plan)}));
}

/** Whether somebody is in the middle of a row: then a path is not looked into with every letter. */
export function isEditingBrought({views}: AppState): boolean {
  return views.forms.topology?.tables[broughtStep]?.mode.kind === 'row';
}

export function examinedIn(
  {findings}: Pick<AppState, 'findings'>,
  {key}: Pick<Examination, 'key'>,
): ExaminedAuthority | undefined {
  return findings.examined[key];
}

function planWithEdits({wizard, views}: AppState, tools: Tools): ClusterPlan {
  const plan = planInForce(wizard, tools);
  const step = stepById(tools, broughtStep);
  const {topology} = views.forms;
  if (step === undefined || topology === undefined) return plan;
  const text = withOpenEdits({wizard, views: {...views, forms: {topology}}}, tools).typed[broughtStep];
  if (text === undefined) return plan;
  const parsed = tools.accept(step, text, plan);
  return parsed.ok ? parsed.plan : plan;
}

function keyOf(id: AuthorityId, {trust, validity}: ClusterPlan): string {
  return JSON.stringify([id, trust.authorities, trust.topology, validity.leaves]);
}

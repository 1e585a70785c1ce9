import type {ClusterPlan} from '../pki/plan.ts';
import {emptyPlan} from '../pki/plan.ts';
import type {PageId, Step} from './step.ts';
import {pageIds} from './step.ts';

/** Steps that have a meaning for this plan, in walking order: by page, then as declared. */
export function visibleSteps(steps: readonly Step[], plan: ClusterPlan): readonly Step[] {
  return pageIds.flatMap((page) => stepsOnPage(steps, plan, page));
}

export function stepsOnPage(steps: readonly Step[], plan: ClusterPlan, page: PageId): readonly Step[] {
  return steps.filter((step) => step.page === page && step.when(plan));
}

/** Pages with at least one question for this plan. */
export function walkedPages(steps: readonly Step[], plan: ClusterPlan): readonly PageId[] {
  return pageIds.filter((page) => steps.some((step) => step.page === page && step.when(plan)));
}

/** The page after this one, the first page for `undefined`; `undefined` when there is none. */
export function nextPage(steps: readonly Step[], plan: ClusterPlan, page: PageId | undefined): PageId | undefined {
  const from = page === undefined ? -1 : pageIds.indexOf(page);
  return walkedPages(steps, plan).find((candidate) => pageIds.indexOf(candidate) > from);
}

/** The page before this one, the last page for `undefined`; `undefined` when there is none. */
export function previousPage(steps: readonly Step[], plan: ClusterPlan, page: PageId | undefined): PageId | undefined {
  const until = page === undefined ? pageIds.length : pageIds.indexOf(page);
  return walkedPages(steps, plan).findLast((candidate) => pageIds.indexOf(candidate) < until);
}

/** The question after this one, the first for `undefined`. */
export function nextStep(steps: readonly Step[], plan: ClusterPlan, id: string | undefined): Step | undefined {
  const from = id === undefined ? -1 : rank(steps, id);
  return visibleSteps(steps, plan).find((step) => rank(steps, step.id) > from);
}

/** The question before this one, the last for `undefined`. */
export function previousStep(steps: readonly Step[], plan: ClusterPlan, id: string | undefined): Step | undefined {
  const until = id === undefined ? Number.POSITIVE_INFINITY : rank(steps, id);
  return visibleSteps(steps, plan).findLast((step) => rank(steps, step.id) < until);
}

/** Place in walking order, whether visible or not: a step that has just vanished still has a next one. */
function rank(steps: readonly Step[], id: string): number {
  const index = steps.findIndex((step) => step.id === id);
  const step = steps[index];
  return step === undefined ? -1 : pageIds.indexOf(step.page) * steps.length + index;
}

/** An answer that a change to another one has put out of force. */
export interface VoidedAnswer {
  readonly step: Step;
  /** The answer before the change, as text. */
  readonly was: string;
  /** `not-asked`: the question has no meaning any more; `changed`: the other answer brought a new value with it. */
  readonly because: 'not-asked' | 'changed';
}

/**
 * Which answers a change voids, so that they can be named. Only answers that say something count: a value that
 * equals the default is no answer.
 *
 * @param changed the step that was answered
 */
export function voidedAnswers(
  steps: readonly Step[],
  before: ClusterPlan,
  after: ClusterPlan,
  changed: string,
): readonly VoidedAnswer[] {
  return visibleSteps(steps, before).flatMap((step): readonly VoidedAnswer[] => {
    if (step.id === changed) return [];
    const was = step.show(before);
    if (was === step.show(emptyPlan)) return [];
    if (!step.when(after)) return [{step, was, because: 'not-asked'}];
    return step.show(after) === was ? [] : [{step, was, because: 'changed'}];
  });
}

/**
 * The plan with the answers that are out of force put back to the default, so that what is not asked has no effect.
 * The answers themselves stay with the wizard, for the person who changes back.
 */
export function withoutVoided(steps: readonly Step[], plan: ClusterPlan, voided: ReadonlySet<string>): ClusterPlan {
  return steps.reduce((current, step) => {
    if (!voided.has(step.id) || step.when(current)) return current;
    const parsed = step.parse(step.show(emptyPlan), current);
    return parsed.ok ? parsed.plan : current;
  }, plan);
}

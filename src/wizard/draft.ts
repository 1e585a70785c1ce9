import type {Problem} from '../base/problem.ts';
import {redact} from '../base/redact.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import {emptyPlan} from '../pki/plan.ts';
import {giveAnswer} from './answers.ts';
import type {PageId, PlanValue, SourceId, Step} from './step.ts';
import {cutText, isList, isMap, joinText} from './text-form.ts';
import {nextPage, walkedPages} from './walk.ts';
import {toPage} from './wizard.ts';
import type {Origin, Place, WizardState, WizardTools} from './wizard-state.ts';
import {ownAnswers, wizardStart} from './wizard-state.ts';

/** The answers of a plan by step id, as a plan file has them; what equals the default is left out. */
export type DraftAnswers = Readonly<Record<string, PlanValue>>;

/**
 * Set up as somebody left it: a plan, what was typed and is not in it yet, and where they were. It may be written down
 * as it is: a plan holds no secret, and what looks like one in any text was taken out.
 */
export interface Draft {
  readonly place: DraftPlace;
  readonly origin: Origin | undefined;
  /** As the origin gave them, to tell what the person has changed. */
  readonly originAnswers: DraftAnswers;
  readonly answers: DraftAnswers;
  /** By step id: text that is no answer yet. */
  readonly typed: Readonly<Record<string, string>>;
  /** By step id: what is wrong with a value of the origin that is not in the plan. */
  readonly problems: Readonly<Record<string, readonly Problem[]>>;
  readonly sources: Readonly<Record<string, SourceId>>;
  readonly voided: readonly string[];
  readonly visited: readonly PageId[];
  readonly tried: readonly PageId[];
  /** The bundle's folder as typed. */
  readonly target: string | undefined;
}

export type DraftPlace =
  | {readonly at: 'start'}
  | {readonly at: 'page'; readonly page: PageId}
  | {readonly at: 'preview'}
  | {readonly at: 'target'};

type Steps = Pick<WizardTools, 'steps'>;

/**
 * What is worth keeping; undefined = nothing is: nobody has answered anything, all of it is in a file, or the bundle
 * is made, and its plan with it.
 *
 * @param saved the plan that was saved as a file last
 */
export function draftOf(state: WizardState, tools: Steps, saved: ClusterPlan | undefined): Draft | undefined {
  const place = placeToKeep(state.place);
  if (place === undefined || state.origin === undefined || ownAnswers(state, tools).length === 0) return undefined;
  if (saved !== undefined && Object.keys(state.typed).length === 0 && isSame(state.plan, saved, tools))
    return undefined;
  const {origin, originPlan, plan, sources, voided, visited, tried, target} = state;
  const typed = tools.steps.flatMap((step): readonly (readonly [string, string])[] => {
    const text = state.typed[step.id];
    return text === undefined ? [] : [[step.id, withoutPassphrases(step, text)]];
  });
  return withoutSecrets({
    place,
    origin,
    originAnswers: answersOf(originPlan, tools),
    answers: answersOf(plan, tools),
    typed: Object.fromEntries(typed),
    problems: Object.fromEntries(Object.entries(state.problems).filter(([id]) => state.typed[id] === undefined)),
    sources,
    voided,
    visited,
    tried,
    target,
  });
}

/** The wizard as the draft left it. What was typed is read again, so that it says what is wrong with it. */
export function resumedFrom(draft: Draft, tools: WizardTools): WizardState {
  const {origin, typed, problems, sources, voided, visited, tried, target, place} = draft;
  const left: WizardState = {
    ...wizardStart,
    origin,
    originPlan: planOf(draft.originAnswers, tools),
    plan: planOf(draft.answers, tools),
    problems,
    sources,
    voided,
    visited,
    tried,
    target,
  };
  const state = Object.entries(typed).reduce((current, [id, text]) => giveAnswer(current, id, text, tools), left);
  switch (place.at) {
    case 'start':
      return {...state, place: {at: 'start', choice: {kind: 'open'}}};
    case 'page': {
      const isThere = walkedPages(tools.steps, state.plan).includes(place.page);
      return toPage(state, isThere ? place.page : nextPage(tools.steps, state.plan, undefined), tools);
    }
    case 'preview':
      return toPage(state, undefined, tools);
    case 'target': {
      const prepared = toPage(state, undefined, tools);
      if (prepared.prepared?.blueprint === undefined) return prepared;
      return {...prepared, place: {at: 'target', failure: undefined}};
    }
    default:
      return place satisfies never;
  }
}

/** The plan that the answers make; an answer that cannot be read leaves the default. */
export function planOf(answers: DraftAnswers, {steps}: Steps): ClusterPlan {
  return steps.reduce((plan, step) => {
    const value = answers[step.id];
    return value === undefined ? plan : step.read(value, plan).plan;
  }, emptyPlan);
}

/** What a person sees of a draft before going on with it: each answer that is not the default, and what is unfinished. */
export interface DraftLine {
  readonly ask: string;
  /** Lines of text. */
  readonly value: string;
  readonly isUnfinished: boolean;
}

export function draftLines(draft: Draft, tools: Steps): readonly DraftLine[] {
  const plan = planOf(draft.answers, tools);
  return tools.steps.flatMap((step): readonly DraftLine[] => {
    const typed = draft.typed[step.id];
    if (typed !== undefined) return [{ask: step.ask, value: typed, isUnfinished: true}];
    const value = step.show(plan);
    return value === step.show(emptyPlan) ? [] : [{ask: step.ask, value, isUnfinished: false}];
  });
}

/** Keys are made only when something is issued, so an issue that was cut off is asked for again. */
function placeToKeep(place: Place): DraftPlace | undefined {
  switch (place.at) {
    case 'home':
    case 'rotate':
    case 'learn':
    case 'start':
      return {at: 'start'};
    case 'page':
      return {at: 'page', page: place.page};
    case 'preview':
      return {at: 'preview'};
    case 'target':
    case 'issuing':
      return {at: 'target'};
    case 'proof':
    case 'bootstrap':
    case 'done':
      return undefined;
    default:
      return place satisfies never;
  }
}

function answersOf(plan: ClusterPlan, {steps}: Steps): DraftAnswers {
  const told = steps.filter((step) => step.show(plan) !== step.show(emptyPlan));
  return Object.fromEntries(told.map((step) => [step.id, step.write(plan)]));
}

function isSame(plan: ClusterPlan, saved: ClusterPlan, {steps}: Steps): boolean {
  return steps.every((step) => !step.when(plan) || step.show(plan) === step.show(saved));
}

/** A table that says where a passphrase is to be found may hold the passphrase itself, until its line is taken. */
function withoutPassphrases(step: Step, text: string): string {
  const {kind} = step;
  if (kind.kind !== 'records' || !kind.columns.some(({id}) => id === 'passphrase')) return text;
  const records = cutText(kind, text);
  if (!isList(records) || !records.some(holdsPassphrase)) return text;
  const safe = records.map((record) =>
    isMap(record) && holdsPassphrase(record) ? {...record, passphrase: null} : record,
  );
  return joinText(kind, safe);
}

function holdsPassphrase(record: PlanValue): boolean {
  if (!isMap(record)) return false;
  const {passphrase} = record;
  return typeof passphrase === 'string' && !/^(?:file|env):/.test(passphrase);
}

/** A key may have been pasted where its path belongs. Other patterns of secrets also fit names of machines. */
const holdsKey = /PRIVATE KEY-----|LS0tLS1CRUdJTi/;

function withoutSecrets<Value>(value: Value): Value {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- strings stay strings, and nothing else is touched
  return redactedIn(value) as Value;
}

function redactedIn(value: unknown): unknown {
  if (typeof value === 'string') return holdsKey.test(value) ? redact(value) : value;
  if (Array.isArray(value)) return value.map(redactedIn);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, redactedIn(inside)]));
}

import type {PageId} from './step.ts';
import {stepsOnPage, voidedAnswers} from './walk.ts';
import type {WizardState, WizardTools} from './wizard-state.ts';

/** How text becomes an answer: typed, then accepted or kept as it is with what is wrong. */

export function typeAnswer(state: WizardState, id: string, text: string, tools: WizardTools): WizardState {
  const step = tools.steps.find((candidate) => candidate.id === id);
  if (step === undefined) return state;
  const typed = {...state.typed, [id]: text};
  if (state.problems[id] === undefined) return {...state, typed};
  const parsed = tools.accept(step, text, state.plan);
  return {...state, typed, problems: parsed.ok ? omit(state.problems, id) : {...state.problems, [id]: parsed.problems}};
}

export function giveAnswer(state: WizardState, id: string, raw: string, tools: WizardTools): WizardState {
  const step = tools.steps.find((candidate) => candidate.id === id);
  if (step === undefined) return state;
  const parsed = tools.accept(step, raw, state.plan);
  if (!parsed.ok) {
    return {...state, typed: {...state.typed, [id]: raw}, problems: {...state.problems, [id]: parsed.problems}};
  }
  const settled = {...state, typed: omit(state.typed, id), problems: omit(state.problems, id)};
  if (step.show(parsed.plan) === step.show(state.plan)) return settled;
  const lost = voidedAnswers(tools.steps, state.plan, parsed.plan, id);
  const hidden = [...state.voided, ...lost.filter(({because}) => because === 'not-asked').map((one) => one.step.id)];
  return {
    ...settled,
    plan: parsed.plan,
    sources: {...state.sources, [id]: 'asked'},
    voided: tools.steps.filter((one) => hidden.includes(one.id) && !one.when(parsed.plan)).map((one) => one.id),
    notice:
      lost.length === 0
        ? state.notice
        : {kind: 'voided', by: step.ask, answers: lost.map(({step: {ask}, was}) => ({ask, was}))},
  };
}

/** A field that somebody leaves as it stands is an answer, also where the origin's own value could not be taken. */
export function leaveAnswer(state: WizardState, id: string, tools: WizardTools): WizardState {
  const step = tools.steps.find((candidate) => candidate.id === id);
  if (step === undefined || state.typed[id] !== undefined || state.problems[id] === undefined) {
    return commit(state, id, tools);
  }
  return giveAnswer(state, id, step.show(state.plan), tools);
}

/** Takes what was typed into the plan, or says what is wrong with it. */
function commit(state: WizardState, id: string, tools: WizardTools): WizardState {
  const text = state.typed[id];
  return text === undefined ? state : giveAnswer(state, id, text, tools);
}

export function commitPage(state: WizardState, page: PageId, tools: WizardTools): WizardState {
  return stepsOnPage(tools.steps, state.plan, page).reduce((current, step) => commit(current, step.id, tools), state);
}

export function include<Item>(items: readonly Item[], item: Item): readonly Item[] {
  return items.includes(item) ? items : [...items, item];
}

function omit<Value>(record: Readonly<Record<string, Value>>, id: string): Readonly<Record<string, Value>> {
  if (record[id] === undefined) return record;
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== id));
}

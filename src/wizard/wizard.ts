import {commitPage, giveAnswer, include, leaveAnswer, typeAnswer} from './answers.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import {emptyPlan} from '../pki/plan.ts';
import type {PageId, SourceId, Step} from './step.ts';
import {nextPage, previousPage, stepsOnPage} from './walk.ts';
import type {
  Origin,
  OriginAnswers,
  Place,
  Prepared,
  RunFailure,
  StartChoice,
  WizardEvent,
  WizardState,
  WizardTools,
} from './wizard-state.ts';
import {ownAnswers, planInForce, problemsAt, said, sameOrigin, wizardStart} from './wizard-state.ts';

const openStart: Place = {at: 'start', choice: {kind: 'open'}};

export function reduceWizard(state: WizardState, event: WizardEvent, tools: WizardTools): WizardState {
  switch (event.kind) {
    case 'set-up-chosen':
      return state.place.at === 'home' ? {...state, place: openStart} : state;
    case 'rotate-chosen':
      return state.place.at === 'home' ? {...state, place: {at: 'rotate'}} : state;
    case 'learn-chosen':
      return state.place.at === 'home' ? {...state, place: {at: 'learn'}} : state;
    case 'origin-chosen':
      return chooseOrigin(state, event.origin, tools);
    case 'origin-read':
      return isReading(state, event.origin) ? takeOrigin(state, event.origin, event.plan, event.given, tools) : state;
    case 'origin-refused':
      return isReading(state, event.origin)
        ? {...state, place: {at: 'start', choice: {kind: 'refused', origin: event.origin, problems: event.problems}}}
        : state;
    case 'typed':
      return typeAnswer(state, event.step, event.text, tools);
    case 'answered':
      return giveAnswer(state, event.step, event.raw, tools);
    case 'field-left':
      return leaveAnswer(state, event.step, tools);
    case 'went-next':
      return goNext(state, tools);
    case 'went-back':
      return goBack(state, tools);
    case 'target-typed':
      return state.place.at === 'target'
        ? {...state, target: event.text, place: {at: 'target', failure: undefined}}
        : state;
    case 'issue-started':
      return state.place.at === 'target' && state.prepared?.blueprint !== undefined
        ? {...state, place: {at: 'issuing', stopping: false}}
        : state;
    case 'stop-asked':
      return state.place.at === 'issuing' ? {...state, place: {at: 'issuing', stopping: true}} : state;
    case 'bundle-placed':
      return state.place.at === 'issuing' ? {...state, place: {at: 'proof', ended: false}} : state;
    case 'issue-failed':
      return endEarly(state, event.failure);
    case 'issue-stopped':
      return endEarly(state, undefined);
    case 'issue-finished':
      return finish(state);
    case 'noticed':
      return {...state, notice: event.notice};
    default:
      return event satisfies never;
  }
}

const nothingMore: OriginAnswers = {steps: undefined, problems: []};

/** A state that is already past the choice of an origin: `setup --preset`, `setup --plan`. */
export function startedFrom(
  origin: Origin,
  plan: ClusterPlan,
  tools: WizardTools,
  given: OriginAnswers = nothingMore,
): WizardState {
  return takeOrigin(wizardStart, origin, plan, given, tools);
}

/** What would be lost on the way into the plan is seen first; whoever goes on knows it. */
function takeOrigin(
  state: WizardState,
  origin: Origin,
  plan: ClusterPlan,
  given: OriginAnswers,
  tools: WizardTools,
): WizardState {
  return (given.losses ?? []).length === 0
    ? startFrom(state, origin, plan, given, tools)
    : {...state, place: {at: 'start', choice: {kind: 'with-losses', origin, plan, given}}};
}

function isReading(state: WizardState, origin: Origin): boolean {
  return (
    state.place.at === 'start' && state.place.choice.kind === 'reading' && sameOrigin(state.place.choice.origin, origin)
  );
}

/** Before the bundle is in place nothing of it is left, and the folder is asked for again; after that it stays. */
function endEarly(state: WizardState, failure: RunFailure | undefined): WizardState {
  const {place} = state;
  if (place.at === 'issuing') {
    const notice = failure === undefined ? said('warn', 'Stopped. Nothing is left behind.') : state.notice;
    return {...state, place: {at: 'target', failure}, notice};
  }
  if (place.at !== 'proof' || place.ended) return state;
  const text = failure === undefined ? 'The proof was stopped.' : `The proof ended early: ${failure.message}`;
  return {...state, place: {at: 'proof', ended: true}, notice: said('warn', `${text} The bundle is complete.`)};
}

function chooseOrigin(state: WizardState, origin: Origin, tools: WizardTools): WizardState {
  if (state.place.at !== 'start' || state.place.choice.kind === 'reading') return state;
  if (state.place.choice.kind === 'with-losses') return state;
  if (sameOrigin(state.origin, origin)) return toPage(state, nextPage(tools.steps, state.plan, undefined), tools);
  const own = state.origin === undefined ? [] : ownAnswers(state, tools);
  const {choice} = state.place;
  const confirmed = choice.kind === 'would-replace' && sameOrigin(choice.origin, origin);
  const next: StartChoice =
    own.length > 0 && !confirmed
      ? {kind: 'would-replace', origin, answers: own.map(({ask}) => ask)}
      : {kind: 'reading', origin};
  return {...state, place: {at: 'start', choice: next}};
}

function startFrom(
  state: WizardState,
  origin: Origin,
  plan: ClusterPlan,
  given: OriginAnswers,
  tools: WizardTools,
): WizardState {
  const answered = tools.steps.filter(({id, show}) => given.steps?.includes(id) ?? show(plan) !== show(emptyPlan));
  const source: SourceId = origin.kind === 'file' || origin.kind === 'kubeadm' ? 'file' : 'preset';
  const problems = Object.groupBy(given.problems, ({at}) => stepAt(tools, at.path)?.id ?? '');
  const fresh: WizardState = {
    ...wizardStart,
    origin,
    originPlan: plan,
    plan,
    sources: Object.fromEntries(answered.map((step) => [step.id, source])),
    problems: Object.fromEntries(Object.entries(problems).map(([id, found]) => [id, found ?? []])),
    target: state.target,
  };
  return toPage(fresh, nextPage(tools.steps, plan, undefined), tools);
}

/** The step that a path of the plan is part of: `nodes[1].addresses[0]` → nodes. */
function stepAt({steps}: WizardTools, path: string): Step | undefined {
  return steps.find(({id}) => path === id || path.startsWith(`${id}[`) || path.startsWith(`${id}.`));
}

function goNext(state: WizardState, tools: WizardTools): WizardState {
  const {place} = state;
  switch (place.at) {
    case 'page': {
      const committed = commitPage(state, place.page, tools);
      const steps = stepsOnPage(tools.steps, committed.plan, place.page);
      const tried = {...committed, tried: include(state.tried, place.page)};
      const wrong = steps.some((step) => problemsAt(tried, step).some(({severity}) => severity === 'error'));
      if (wrong) return tried;
      return toPage(committed, nextPage(tools.steps, committed.plan, place.page), tools);
    }
    case 'preview':
      return state.prepared?.blueprint === undefined ? state : {...state, place: {at: 'target', failure: undefined}};
    case 'proof':
      return place.ended ? {...state, place: {at: 'bootstrap'}} : state;
    case 'bootstrap':
      return {...state, place: {at: 'done'}};
    case 'home':
      return reduceWizard(state, {kind: 'set-up-chosen'}, tools);
    case 'start': {
      const {choice} = place;
      return choice.kind === 'with-losses' ? startFrom(state, choice.origin, choice.plan, choice.given, tools) : state;
    }
    case 'rotate':
    case 'learn':
    case 'target':
    case 'issuing':
    case 'done':
      return state;
    default:
      return place satisfies never;
  }
}

function goBack(state: WizardState, tools: WizardTools): WizardState {
  const {place} = state;
  switch (place.at) {
    case 'rotate':
    case 'learn':
      return {...state, place: {at: 'home'}};
    case 'start':
      return {...state, place: place.choice.kind === 'open' ? {at: 'home'} : openStart};
    case 'page': {
      const committed = commitPage(state, place.page, tools);
      const page = previousPage(tools.steps, committed.plan, place.page);
      return page === undefined ? {...committed, place: openStart} : toPage(committed, page, tools);
    }
    case 'preview': {
      const page = previousPage(tools.steps, state.plan, undefined);
      return page === undefined ? {...state, place: openStart} : toPage(state, page, tools);
    }
    case 'target':
      return toPage(state, undefined, tools);
    case 'done':
      return place.waits === true ? state : {...state, place: {at: 'bootstrap'}};
    case 'bootstrap':
      return {...state, place: {at: 'proof', ended: true}};
    case 'home':
    case 'issuing':
    case 'proof':
      return state;
    default:
      return place satisfies never;
  }
}

/** To a page, or to the preview when there is no page left. */
export function toPage(state: WizardState, page: PageId | undefined, tools: WizardTools): WizardState {
  if (page === undefined) return {...state, place: {at: 'preview'}, prepared: prepare(state, tools)};
  return {...state, place: {at: 'page', page}, visited: include(state.visited, page)};
}

function prepare(state: WizardState, tools: WizardTools): Prepared {
  if (state.prepared?.from === state.plan) return state.prepared;
  const plan = planInForce(state, tools);
  const problems = tools.checkPlan(plan);
  const wrong = problems.some(({severity}) => severity === 'error');
  return {from: state.plan, plan, blueprint: wrong ? undefined : tools.makeBlueprint(plan), problems};
}

function finish(state: WizardState): WizardState {
  const {place} = state;
  if (place.at === 'issuing') return {...state, place: {at: 'done', waits: true}};
  return place.at === 'proof' ? {...state, place: {at: 'proof', ended: true}} : state;
}

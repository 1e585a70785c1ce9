import type {Problem} from '../base/problem.ts';
import type {Blueprint} from '../pki/blueprint-types.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import {emptyPlan} from '../pki/plan.ts';
import type {PageId, Parsed, SourceId, Step} from './step.ts';
import {pageIds} from './step.ts';
import {stepsOnPage, walkedPages, withoutVoided} from './walk.ts';

/** The pure functions that the wizard decides with; all of them know no clock and no disk. */
export interface WizardTools {
  readonly steps: readonly Step[];
  /** The only way of an answer into the plan. */
  readonly accept: (step: Step, raw: string, plan: ClusterPlan) => Parsed;
  /** What is wrong or dangerous in the plan as a whole. */
  readonly checkPlan: (plan: ClusterPlan) => readonly Problem[];
  /** Called only with a plan without errors. */
  readonly makeBlueprint: (plan: ClusterPlan) => Blueprint;
}

/** Where the answers that nobody has typed come from. */
export type Origin =
  | {readonly kind: 'preset'; readonly name: string}
  | {readonly kind: 'file'; readonly path: string}
  | {readonly kind: 'kubeadm'; readonly path: string}
  | {readonly kind: 'machine'};

/** Where we are. */
export type Place =
  | {readonly at: 'home'}
  /** The other journeys, which have places of their own. */
  | {readonly at: 'rotate'}
  | {readonly at: 'learn'}
  | {readonly at: 'start'; readonly choice: StartChoice}
  | {readonly at: 'page'; readonly page: PageId}
  | {readonly at: 'preview'}
  /** Asking for the folder. `failure`: why the last attempt ended here again. */
  | {readonly at: 'target'; readonly failure: RunFailure | undefined}
  | {readonly at: 'issuing'; readonly stopping: boolean}
  | {readonly at: 'proof'; readonly ended: boolean}
  /** How nodes are let in: now, later or not, and what each of them needs. */
  | {readonly at: 'bootstrap'}
  /** `waits`: requests wait for a signature, and nothing is there yet that could be proved or joined. */
  | {readonly at: 'done'; readonly waits?: true};

export type StartChoice =
  | {readonly kind: 'open'}
  /** Chosen, but it would replace these answers: chosen once more, it does. */
  | {readonly kind: 'would-replace'; readonly origin: Origin; readonly answers: readonly string[]}
  | {readonly kind: 'reading'; readonly origin: Origin}
  | {readonly kind: 'refused'; readonly origin: Origin; readonly problems: readonly Problem[]}
  /** Read, but it says things that no plan can: they are to be seen before the first question. */
  | {readonly kind: 'with-losses'; readonly origin: Origin; readonly plan: ClusterPlan; readonly given: OriginAnswers};

export interface RunFailure {
  readonly message: string;
  readonly nextSteps: readonly string[];
  /** What is wrong in particular, where the message sums up. */
  readonly problems: readonly Problem[];
}

/** Something to say in one line, once. */
export type Notice =
  | {
      readonly kind: 'voided';
      /** The question whose answer did it. */
      readonly by: string;
      readonly answers: readonly {readonly ask: string; readonly was: string}[];
    }
  | {readonly kind: 'said'; readonly tone: 'good' | 'warn' | 'bad' | 'plain'; readonly text: string};

/** What the plan leads to, made when the preview is entered. */
export interface Prepared {
  /** The plan it was made from, to know whether it still holds. */
  readonly from: ClusterPlan;
  readonly plan: ClusterPlan;
  /** undefined = the plan has errors, and they are here. */
  readonly blueprint: Blueprint | undefined;
  readonly problems: readonly Problem[];
}

/** The whole state of Set up: one value, changed by `reduceWizard` alone. */
export interface WizardState {
  readonly place: Place;
  readonly origin: Origin | undefined;
  /** The plan as the origin gave it, to tell what the person has changed. */
  readonly originPlan: ClusterPlan;
  /** Every answer that was accepted, also those that are out of force. */
  readonly plan: ClusterPlan;
  /** By step id: text that is not in the plan, because it is being typed or because it is wrong. */
  readonly typed: Readonly<Record<string, string>>;
  /** By step id: what is wrong with the text in `typed`, or with the value of the origin that is not in the plan. */
  readonly problems: Readonly<Record<string, readonly Problem[]>>;
  /** By step id; absent = `default`. */
  readonly sources: Readonly<Record<string, SourceId>>;
  /** Ids of steps whose answers another answer has put out of force. */
  readonly voided: readonly string[];
  /** Pages that one tried to leave with an error on them: from then on they show what is missing. */
  readonly tried: readonly PageId[];
  readonly visited: readonly PageId[];
  readonly prepared: Prepared | undefined;
  /** The bundle's folder as typed; undefined = the suggestion stands. */
  readonly target: string | undefined;
  readonly notice: Notice | undefined;
}

/** What an origin says beyond its plan. */
export interface OriginAnswers {
  /** Ids of the steps that it answers; undefined = those that differ from the default. */
  readonly steps: readonly string[] | undefined;
  /** What is wrong with values that it gives and the plan could not take: they wait under their questions. */
  readonly problems: readonly Problem[];
  /** What it says and a plan cannot. */
  readonly losses?: readonly Problem[];
}

export type WizardEvent =
  | {readonly kind: 'set-up-chosen'}
  | {readonly kind: 'rotate-chosen'}
  | {readonly kind: 'learn-chosen'}
  | {readonly kind: 'origin-chosen'; readonly origin: Origin}
  | {readonly kind: 'origin-read'; readonly origin: Origin; readonly plan: ClusterPlan; readonly given: OriginAnswers}
  | {readonly kind: 'origin-refused'; readonly origin: Origin; readonly problems: readonly Problem[]}
  | {readonly kind: 'typed'; readonly step: string; readonly text: string}
  | {readonly kind: 'answered'; readonly step: string; readonly raw: string}
  | {readonly kind: 'field-left'; readonly step: string}
  | {readonly kind: 'went-next'}
  | {readonly kind: 'went-back'}
  | {readonly kind: 'target-typed'; readonly text: string}
  | {readonly kind: 'issue-started'}
  | {readonly kind: 'stop-asked'}
  | {readonly kind: 'bundle-placed'}
  | {readonly kind: 'issue-failed'; readonly failure: RunFailure}
  | {readonly kind: 'issue-stopped'}
  | {readonly kind: 'issue-finished'}
  | {readonly kind: 'noticed'; readonly notice: Notice | undefined};

export const wizardStart: WizardState = {
  place: {at: 'home'},
  origin: undefined,
  originPlan: emptyPlan,
  plan: emptyPlan,
  typed: {},
  problems: {},
  sources: {},
  voided: [],
  tried: [],
  visited: [],
  prepared: undefined,
  target: undefined,
  notice: undefined,
};

export function said(tone: 'good' | 'warn' | 'bad' | 'plain', text: string): Notice {
  return {kind: 'said', tone, text};
}

export function sameOrigin(one: Origin | undefined, other: Origin): boolean {
  if (one?.kind !== other.kind) return false;
  if (one.kind === 'preset' && other.kind === 'preset') return one.name === other.name;
  if (one.kind === 'file' && other.kind === 'file') return one.path === other.path;
  if (one.kind === 'kubeadm' && other.kind === 'kubeadm') return one.path === other.path;
  return true;
}

/** Steps that the person has answered otherwise than the origin did. */
export function ownAnswers(state: WizardState, tools: Pick<WizardTools, 'steps'>): readonly Step[] {
  return tools.steps.filter(
    (step) => step.show(state.plan) !== step.show(state.originPlan) || state.typed[step.id] !== undefined,
  );
}

/** The plan in force: without the answers that another answer has voided. */
export function planInForce(state: WizardState, tools: Pick<WizardTools, 'steps'>): ClusterPlan {
  return state.voided.length === 0 ? state.plan : withoutVoided(tools.steps, state.plan, new Set(state.voided));
}

/** What stands under the field: what is wrong with the text, else what is wrong or dangerous with the value. */
export function problemsAt(state: WizardState, step: Step): readonly Problem[] {
  const typing = state.problems[step.id];
  if (typing !== undefined) return typing;
  if (state.typed[step.id] !== undefined) return [];
  const found = step.check(state.plan);
  const asked = state.tried.includes(step.page) || (state.sources[step.id] ?? 'default') !== 'default';
  return asked ? found : found.filter(({severity}) => severity === 'warning');
}

function suggestedTarget(plan: ClusterPlan): string {
  return `./${plan.cluster.name === '' ? 'cluster' : plan.cluster.name}-bundle`;
}

/** The folder that the bundle goes to, as it would be now. */
export function targetOf(state: WizardState): string {
  return state.target ?? suggestedTarget(state.plan);
}

/** The pages of this plan and how far each is: what the rail and the header show. */
export interface WalkedPage {
  readonly page: PageId;
  readonly state: 'done' | 'error' | 'to-do';
}

export function pageStates(state: WizardState, tools: WizardTools): readonly WalkedPage[] {
  return walkedPages(tools.steps, state.plan).map((page) => {
    const steps = stepsOnPage(tools.steps, state.plan, page);
    const wrong = steps.some((step) => problemsAt(state, step).some(({severity}) => severity === 'error'));
    if (wrong && (state.visited.includes(page) || state.tried.includes(page))) return {page, state: 'error'};
    const here = state.place.at === 'page' ? pageIds.indexOf(state.place.page) : pageIds.length;
    const passed = state.visited.includes(page) && (state.place.at !== 'page' || here !== pageIds.indexOf(page));
    return {page, state: passed ? 'done' : 'to-do'};
  });
}

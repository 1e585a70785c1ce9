import type {Problem} from '../base/problem.ts';
import type {ClusterPlan} from '../pki/plan.ts';

/** Pages of Set up in walking order; each holds the steps that name it. */
export const pageIds = ['topology', 'nodes', 'network', 'keys', 'people'] as const;
export type PageId = (typeof pageIds)[number];

/** A question of the wizard, declared once: the full screen, line mode, plan files and `--set` all go through it. */
export interface Step {
  /** The plan key's path: `network.serviceSubnets`. */
  readonly id: string;
  readonly page: PageId;
  /** The question, as a short noun phrase: `Service subnets`. */
  readonly ask: string;
  /** One or two sentences: what it is for and what follows from it. */
  readonly help: string;
  readonly kind: StepKind;
  /** Whether the question has a meaning for this plan. */
  readonly when: (plan: ClusterPlan) => boolean;
  /** The value in the plan, as text that `parse` reads back. */
  readonly show: (plan: ClusterPlan) => string;
  /** Text → plan with the value in it, or what is wrong with the text. Knows nothing of other answers. */
  readonly parse: (raw: string, plan: ClusterPlan) => Parsed;
  /** What is wrong or dangerous with the value *in this plan*. */
  readonly check: (plan: ClusterPlan) => readonly Problem[];
}

export type StepKind =
  | {readonly kind: 'text'}
  /** Comma- or space-separated in a text field. */
  | {readonly kind: 'list'}
  | {readonly kind: 'choice'; readonly options: readonly StepOption[]}
  /** One record a line: `name address[,address] role[,role]`; the screen shows a table. */
  | {readonly kind: 'nodes'}
  | {readonly kind: 'users'};

export interface StepOption {
  readonly value: string;
  readonly label: string;
  /** What the choice means and costs. */
  readonly help: string;
}

export type Parsed =
  | {readonly ok: true; readonly plan: ClusterPlan}
  | {readonly ok: false; readonly problems: readonly Problem[]};

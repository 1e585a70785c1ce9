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
  /** Rarely answered: a screen may fold it away, line mode asks for it only on request. Its default is a good one. */
  readonly advanced: boolean;
  /** Whether the question has a meaning for this plan. */
  readonly when: (plan: ClusterPlan) => boolean;
  /** The value in the plan, as text that `parse` reads back; `''` when there is none. */
  readonly show: (plan: ClusterPlan) => string;
  /** Text → plan with the value in it, or what is wrong with the text's form. Knows nothing of other answers. */
  readonly parse: (raw: string, plan: ClusterPlan) => Parsed;
  /** The same for a value of a plan file: `parse` is this after the text was cut into its parts. */
  readonly read: (value: PlanValue, plan: ClusterPlan) => Parsed;
  /** The value in the plan as a plan file has it; null when there is none. `read` takes it back. */
  readonly write: (plan: ClusterPlan) => PlanValue;
  /** Problems of the value *in this plan*: errors stop, warnings say what the choice costs. Other answers are asked too. */
  readonly check: (plan: ClusterPlan) => readonly Problem[];
  /** Schema of the value in a plan file (JSON Schema, draft 2020-12), without title and description. */
  readonly schema: JsonSchema;
}

export type StepKind =
  | {readonly kind: 'text'}
  /** Comma- or space-separated in a text field. */
  | {readonly kind: 'list'}
  /** One of the options; `''` stands for "as the layout's own tool does" where `show` can give it. */
  | {readonly kind: 'choice'; readonly options: readonly StepOption[]}
  /** Any number of the options, comma-separated in text. */
  | {readonly kind: 'choices'; readonly options: readonly StepOption[]}
  /**
   * One record a line (`;` also ends a line), its columns separated by spaces, the items of a list column by commas:
   * `cp-1 10.0.0.11,fd00::11 control-plane`. A screen shows a table. `-` is an empty column, trailing ones may be
   * left out; text with spaces, commas or semicolons is in double quotes.
   */
  | {readonly kind: 'records'; readonly columns: readonly [RecordColumn, ...RecordColumn[]]; readonly example: string};

/** A column of a record; the first one names the record and is never empty. */
export interface RecordColumn {
  /** The key in the plan file: `addresses`. */
  readonly id: string;
  /** Heading, in a word or two. */
  readonly ask: string;
  readonly help: string;
  readonly isList: boolean;
  /** Where only these words are taken. */
  readonly options?: readonly StepOption[];
}

export interface StepOption {
  readonly value: string;
  readonly label: string;
  /** What the choice means and costs. */
  readonly help: string;
}

export type Parsed =
  | {readonly ok: true; readonly plan: ClusterPlan}
  /** `plan` holds what could be read, so that the rest of a file can be judged in the same run. */
  | {readonly ok: false; readonly plan: ClusterPlan; readonly problems: readonly Problem[]};

/** A value of a plan file: every scalar as the text that stands there (`1.30` stays `1.30`), null for nothing. */
export type PlanValue = string | null | readonly PlanValue[] | {readonly [key: string]: PlanValue};

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonSchema;
export interface JsonSchema {
  readonly [key: string]: JsonValue;
}

/** Where an answer comes from; each later one stands above the earlier. */
export const sourceIds = ['default', 'preset', 'file', 'set', 'asked'] as const;
export type SourceId = (typeof sourceIds)[number];

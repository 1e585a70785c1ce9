import type {Problem} from '../base/problem.ts';
import type {Secret} from '../base/secret.ts';
import type {Blueprint} from '../pki/blueprint-types.ts';
import type {ExaminedAuthority} from '../pki/examined.ts';
import type {AuthorityId, ClusterPlan} from '../pki/plan.ts';
import type {Drafts} from '../state/drafts.ts';
import type {PreviewFormat} from '../report/preview-document.ts';
import type {FoundNodes, NodesSource} from '../wizard/found-nodes.ts';
import type {WizardTools} from '../wizard/wizard-state.ts';
import type {KeyCosts} from './key-costs.ts';
import type {SetUpEvent} from './set-up-events.ts';
import type {TokenEvent} from './token.ts';

/** What a front-end of Set up needs of the world. `src/commands` gives the real ones, a test its own. */
export interface SetUpServices extends WizardTools {
  readonly now: () => Date;
  /** The presets in the order to offer them. */
  readonly presets: readonly PresetSummary[];
  /** The machine that this runs on, for the preset that is filled in with it. */
  readonly thisMachine: Machine;
  readonly readPreset: (name: string) => Promise<PlanReading>;
  /** @param path as typed; relative to where the program was started */
  readonly readPlanFile: (path: string) => Promise<PlanReading>;
  /** @param path of a kubeadm configuration, as typed */
  readonly readKubeadm: (path: string) => Promise<PlanReading>;
  /** Throws a `Failure` when the source cannot be read, `Cancelled` after `signal`. */
  readonly readNodes: (source: NodesSource, signal: AbortSignal) => Promise<FoundNodes>;
  /** The default preset with this machine's name and addresses in it. */
  readonly readThisMachine: () => Promise<PlanReading>;
  /** Throws a `Failure` when it cannot be written; never overwrites. */
  readonly savePlan: (plan: ClusterPlan, path: string) => Promise<void>;
  /** Looks into the files of an authority that the plan brings; asks nobody, and never rejects for what is in them. */
  readonly examineAuthority: (id: AuthorityId, plan: ClusterPlan) => Promise<ExaminedAuthority>;
  /** What keys cost on this machine, measured when it is asked for. */
  readonly keyCosts: KeyCosts;
  /** Keeps what is not done from one run to the next; left out = there is nowhere to keep it. */
  readonly drafts?: Drafts | undefined;
  /** The whole preview as one file. Throws a `Failure`: with the code `file-exists` where only `replaces` would do. */
  readonly exportPreview: (blueprint: Blueprint, request: ExportRequest) => Promise<void>;
  /** Throws a `Failure`, or `Cancelled` after `signal`. */
  readonly setUp: (plan: ClusterPlan, options: SetUpRequest) => AsyncIterable<SetUpEvent>;
  /**
   * Has kubeadm make a token in the running cluster of the bundle in this folder, with a line to join with. Throws a
   * `Failure`, or `Cancelled` after `signal`.
   */
  readonly createToken: (directory: string, signal: AbortSignal) => AsyncIterable<TokenEvent>;
}

export interface ExportRequest {
  readonly format: PreviewFormat;
  /** As typed; relative to where the program was started. */
  readonly path: string;
  /** Whether a file that is there may be replaced. */
  readonly replaces: boolean;
}

export interface SetUpRequest {
  /** As typed; relative to where the program was started. */
  readonly directory: string;
  readonly signal: AbortSignal;
  /** Asks a person for the passphrase of a brought authority's key; left out = nobody is there. */
  readonly askPassphrase?: ((authority: AuthorityId) => Promise<Secret>) | undefined;
}

export interface PresetSummary {
  readonly name: string;
  /** What it is, in a sentence. */
  readonly summary: string;
}

export interface Machine {
  /** Its host name. */
  readonly name: string;
  /** Addresses that others reach it by, the best first; may be empty. */
  readonly addresses: readonly string[];
}

/**
 * A plan to start from. It is refused for what no question can mend (no YAML, an unknown key): answers that are missing,
 * wrong, or do not fit each other are asked for.
 */
export type PlanReading =
  | {
      readonly ok: true;
      readonly plan: ClusterPlan;
      /** Ids of the steps that the source answers, defaults included; left out = those that differ from the default. */
      readonly given?: readonly string[];
      /** What is wrong with values that the source gives and `plan` could not take: their questions are asked. */
      readonly problems?: readonly Problem[];
      /** What the source says and a plan cannot: told before the first question. */
      readonly losses?: readonly Problem[];
    }
  | {readonly ok: false; readonly problems: readonly Problem[]};

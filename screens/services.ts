import type {Problem} from '../src/base/problem.ts';
import type {SetUpEvent} from '../src/journeys/set-up-events.ts';
import type {ClusterPlan} from '../src/pki/plan.ts';
import type {PlanValue, Step} from '../src/wizard/step.ts';
import type {WizardTools} from '../src/wizard/wizard-state.ts';

/** What the screens need of the world. `src/commands` gives the real ones, a test its own. */
export interface Services extends WizardTools {
  /** The presets in the order to offer them; the first is the one for this machine. */
  readonly presets: readonly PresetSummary[];
  readonly thisMachine: Machine;
  readonly readPreset: (name: string) => Promise<PlanReading>;
  /** @param path as typed; relative to where the program was started */
  readonly readPlanFile: (path: string) => Promise<PlanReading>;
  /** The default preset with this machine's name and addresses in it. */
  readonly readThisMachine: () => Promise<PlanReading>;
  /** Throws a `Failure` when it cannot be written; never overwrites. */
  readonly savePlan: (plan: ClusterPlan, path: string) => Promise<void>;
  /** Throws a `Failure`, or `Cancelled` after `signal`. */
  readonly setUp: (
    plan: ClusterPlan,
    options: {readonly directory: string; readonly signal: AbortSignal},
  ) => AsyncIterable<SetUpEvent>;
  readonly now: () => Date;
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

export type PlanReading =
  | {readonly ok: true; readonly plan: ClusterPlan}
  | {readonly ok: false; readonly problems: readonly Problem[]};

/** The part of the services that is pure: what reducers and views may use. */
export type Tools = WizardTools &
  Pick<Services, 'presets' | 'thisMachine' | 'now'> & {
    /** The rows of a question whose answer is a table. */
    readonly recordsOf: (step: Step, text: string) => readonly PlanValue[];
  };

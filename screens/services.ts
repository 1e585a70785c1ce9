import type {LearnServices} from '../src/journeys/learn-services.ts';
import type {RotateServices} from '../src/journeys/rotate-services.ts';
import type {SetUpServices} from '../src/journeys/set-up-services.ts';
import type {Copied} from '../src/run/copy-text.ts';
import type {ClusterPlan} from '../src/pki/plan.ts';
import type {PlanValue, Step} from '../src/wizard/step.ts';
import type {OfferedName} from '../src/wizard/offers.ts';
import type {Language} from '../src/base/language.ts';
import type {TriedOption} from '../src/wizard/try-option.ts';
import type {WizardTools} from '../src/wizard/wizard-state.ts';

/** What the screens need of the world. `src/commands` gives the real ones, a test its own. */
export interface Services extends SetUpServices {
  readonly rotate: RotateServices;
  readonly learn: LearnServices;
  readonly now: () => Date;
  /** To where the person pastes from; only a bug rejects. */
  readonly copyText: (text: string) => Promise<Copied>;
}

/** The part of the services that is pure: what reducers and views may use. */
export type Tools = WizardTools &
  Pick<Services, 'presets' | 'thisMachine' | 'now'> & {
    /** The rows of a question whose answer is a table. */
    readonly recordsOf: (step: Step, text: string) => readonly PlanValue[];
    /** What the plan would be with an option; undefined when it cannot be chosen. */
    readonly tryOption: (plan: ClusterPlan, step: Step, value: string) => TriedOption | undefined;
    /** Names to pick for the API server's certificate. */
    readonly offeredNames: (plan: ClusterPlan) => readonly OfferedName[];
    /** What lessons are written in. */
    readonly language: Language;
    /** How many keys are made at a time. */
    readonly parallelKeys: number;
  };

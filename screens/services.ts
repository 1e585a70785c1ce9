import type {SetUpServices} from '../src/journeys/set-up-services.ts';
import type {PlanValue, Step} from '../src/wizard/step.ts';
import type {WizardTools} from '../src/wizard/wizard-state.ts';

/** What the screens need of the world. `src/commands` gives the real ones, a test its own. */
export interface Services extends SetUpServices {
  readonly now: () => Date;
}

/** The part of the services that is pure: what reducers and views may use. */
export type Tools = WizardTools &
  Pick<Services, 'presets' | 'thisMachine' | 'now'> & {
    /** The rows of a question whose answer is a table. */
    readonly recordsOf: (step: Step, text: string) => readonly PlanValue[];
  };

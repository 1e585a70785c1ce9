import {explain} from '../journeys/explain.ts';
import type {LabServices} from '../journeys/lab-services.ts';
import {openMap} from '../journeys/learn-map.ts';
import type {LearnServices} from '../journeys/learn-services.ts';
import type {Context} from './context.ts';
import {mapSource} from './map-source.ts';

/** What the command line chose beside the room. */
export interface LearnChoice {
  /** The one cluster that the lab breaks. */
  readonly labPreset?: string | undefined;
}

/** What the screens of Learn need of the world. */
export function learnServices(context: Context, {labPreset}: LearnChoice = {}): LearnServices {
  const {language, now, environment} = context;
  return {
    language,
    explain: async (text) => explain({text, language, root: undefined, now: now(), sudoUser: environment.SUDO_USER}),
    openMap: async (choice) => openMap(mapSource(context, choice)),
    lab: labWhenNeeded(context, labPreset),
  };
}

/** What makes certificates is loaded when the lab is entered. */
function labWhenNeeded(context: Context, preset: string | undefined): LabServices {
  const load = async (): Promise<LabServices> => (await import('./lab-services.ts')).labServices(context, preset);
  return {
    faults: async () => (await load()).faults(),
    findReal: async (signal) => (await load()).findReal(signal),
    open: async (name, signal) => (await load()).open(name, signal),
    hearReal: async (fault, signal) => (await load()).hearReal(fault, signal),
  };
}

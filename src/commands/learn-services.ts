import {explain} from '../journeys/explain.ts';
import type {LearnServices} from '../journeys/learn-services.ts';
import type {Context} from './context.ts';

/** What the screens of Learn need of the world. */
export function learnServices({language, now, environment}: Context): LearnServices {
  return {
    language,
    explain: async (text) => explain({text, language, root: undefined, now: now(), sudoUser: environment.SUDO_USER}),
  };
}

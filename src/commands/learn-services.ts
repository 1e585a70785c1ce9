import {explain} from '../journeys/explain.ts';
import type {LearnServices} from '../journeys/learn-services.ts';
import type {Context} from './context.ts';
import {quizServices} from './quiz-services.ts';

/** What the screens of Learn need of the world. */
export function learnServices(context: Context): LearnServices {
  const {language, now, environment} = context;
  return {
    language,
    explain: async (text) => explain({text, language, root: undefined, now: now(), sudoUser: environment.SUDO_USER}),
    quiz: quizServices(context),
  };
}

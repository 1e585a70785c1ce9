import {defaultPreset} from '../config/presets.ts';
import {quizQuestions} from '../journeys/quiz.ts';
import type {QuizServices} from '../journeys/quiz-services.ts';
import {openQuizKeeper, type QuizKeeper} from '../state/quiz-progress.ts';
import {stateFolder} from '../state/state-folder.ts';
import type {Context} from './context.ts';
import {comparedPlan} from './plan-source.ts';

/** The quiz with what is known kept in the state folder; where nobody has one, nothing is kept. */
export function quizServices(context: Context): QuizServices {
  const keeper = quizKeeper(context);
  return {
    open: async ({preset = defaultPreset, seed}) => ({
      questions: quizQuestions(comparedPlan(context, {preset, set: []}), context.language),
      ...((await keeper?.read()) ?? {progress: new Map(), trouble: undefined}),
      seed: seed ?? seedFrom(context),
    }),
    remember: async (question, isRight) => keeper?.remember(question, isRight),
  };
}

/** undefined = nobody says whose folder it would be in. */
export function quizKeeper({stateDirectory, environment, cwd}: Context): QuizKeeper | undefined {
  const folder = stateFolder({option: stateDirectory, environment, cwd});
  return folder === undefined ? undefined : openQuizKeeper(folder);
}

/** Short enough to be typed again. */
export function seedFrom({now}: Pick<Context, 'now'>): number {
  return now().getTime() % 1_000_000;
}

import type {LabServices} from '../journeys/lab-services.ts';
import type {LearnServices, LearntServices} from '../journeys/learn-services.ts';
import {nothingLearnt} from '../lessons/learnt.ts';
import type {QuizServices} from '../journeys/quiz-services.ts';
import type {StoriesServices} from '../journeys/stories-services.ts';
import type {LearntKeeper} from '../state/learnt.ts';
import {stateFolder} from '../state/state-folder.ts';
import type {Context} from './context.ts';

/** What the command line chose beside the room. */
export interface LearnChoice {
  /** The cluster that the stories are about. */
  readonly storiesPreset?: string | undefined;
  /** The one cluster that the lab breaks. */
  readonly labPreset?: string | undefined;
}

/** What the screens of Learn need of the world; each part is loaded when it is needed. */
export function learnServices(context: Context, {storiesPreset, labPreset}: LearnChoice = {}): LearnServices {
  const {language, now, environment} = context;
  return {
    language,
    explain: async (text) => {
      const {explain} = await import('../journeys/explain.ts');
      return explain({text, language, root: undefined, now: now(), sudoUser: environment.SUDO_USER});
    },
    openMap: async (choice) => {
      const [{openMap}, {mapSource}] = await Promise.all([
        import('../journeys/learn-map.ts'),
        import('./map-source.ts'),
      ]);
      return openMap(mapSource(context, choice));
    },
    stories: storiesWhenNeeded(context, storiesPreset),
    lab: labWhenNeeded(context, labPreset),
    quiz: quizWhenNeeded(context),
    learnt: learntWhenNeeded(context),
  };
}

/** What makes certificates is loaded when a story is told. */
function storiesWhenNeeded(context: Context, preset: string | undefined): StoriesServices {
  let loading: Promise<StoriesServices> | undefined;
  const load = (): Promise<StoriesServices> =>
    (loading ??= import('./stories-services.ts').then(({storiesServices}) => storiesServices(context, preset)));
  return {
    map: async () => (await load()).map(),
    artefact: async (id) => (await load()).artefact(id),
  };
}

/** What makes questions is loaded when there is a quiz. */
function quizWhenNeeded(context: Context): QuizServices {
  let loading: Promise<QuizServices> | undefined;
  const load = (): Promise<QuizServices> =>
    (loading ??= import('./quiz-services.ts').then(({quizServices}) => quizServices(context)));
  return {
    open: async (wish) => (await load()).open(wish),
    remember: async (question, isRight) => (await load()).remember(question, isRight),
  };
}

/** Kept in the state folder; where nobody has one, nothing is kept. */
function learntWhenNeeded({stateDirectory, environment, cwd}: Context): LearntServices {
  const folder = stateFolder({option: stateDirectory, environment, cwd});
  let loading: Promise<LearntKeeper | undefined> | undefined;
  const load = (): Promise<LearntKeeper | undefined> =>
    (loading ??= import('../state/learnt.ts').then(({openLearntKeeper}) =>
      folder === undefined ? undefined : openLearntKeeper(folder),
    ));
  return {
    read: async () => (await (await load())?.read()) ?? {learnt: nothingLearnt, trouble: undefined},
    remember: async (thing) => (await load())?.remember(thing),
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

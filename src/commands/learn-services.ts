import type {LearnServices} from '../journeys/learn-services.ts';
import type {StoriesServices} from '../journeys/stories-services.ts';
import type {Context} from './context.ts';

/** What the command line chose beside the room. */
export interface LearnChoice {
  /** The cluster that the stories are about. */
  readonly storiesPreset?: string | undefined;
}

/** What the screens of Learn need of the world; each part is loaded when it is needed. */
export function learnServices(context: Context, {storiesPreset}: LearnChoice = {}): LearnServices {
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

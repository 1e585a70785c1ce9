import {explain} from '../journeys/explain.ts';
import {openMap} from '../journeys/learn-map.ts';
import type {LearnServices} from '../journeys/learn-services.ts';
import type {StoriesServices} from '../journeys/stories-services.ts';
import type {Context} from './context.ts';
import {mapSource} from './map-source.ts';

/** What the command line chose beside the room. */
export interface LearnChoice {
  /** The cluster that the stories are about. */
  readonly storiesPreset?: string | undefined;
}

/** What the screens of Learn need of the world. */
export function learnServices(context: Context, {storiesPreset}: LearnChoice = {}): LearnServices {
  const {language, now, environment} = context;
  return {
    language,
    explain: async (text) => explain({text, language, root: undefined, now: now(), sudoUser: environment.SUDO_USER}),
    openMap: async (choice) => openMap(mapSource(context, choice)),
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

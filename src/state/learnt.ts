import {type Learnt, type LearntThing, nothingLearnt, withLearnt} from '../lessons/learnt.ts';
import {type KeptForm, openKeptFile} from './kept-file.ts';

/** Which stories were read and which faults of the lab were mended, from one run to the next. */
export interface LearntKeeper {
  readonly read: () => Promise<KeptLearnt>;
  /** @returns why it could not be kept, a sentence; undefined = it is kept */
  readonly remember: (thing: LearntThing) => Promise<string | undefined>;
}

export interface KeptLearnt {
  readonly learnt: Learnt;
  /** Why what lies there is not used, a sentence. */
  readonly trouble: string | undefined;
}

/** The form that is written here, and the only one that is read. */
const learnVersion = 1;

const form: KeptForm<Learnt> = {
  name: 'learn.json',
  none: nothingLearnt,
  read: learntIn,
  write: ({stories, faults}) => ({
    about: 'What was read and mended in certwright learn. Remove it to begin anew.',
    learnVersion,
    stories: [...stories].toSorted(),
    faults: [...faults].toSorted(),
  }),
  words: {
    kept: 'What you have read and mended',
    anew: 'Learn begins anew',
    allTheSame: 'Learn works all the same.',
    notForgotten: 'learn-not-forgotten',
  },
};

/** @param folder the state folder, absolute */
export function openLearntKeeper(folder: string): LearntKeeper {
  const file = openKeptFile(folder, form);
  return {
    read: async () => {
      const {content: learnt, trouble} = await file.read();
      return {learnt, trouble};
    },
    remember: (thing) => file.change((learnt) => withLearnt(learnt, thing)),
  };
}

function learntIn({learnVersion: version, stories, faults}: Readonly<Record<string, unknown>>): Learnt | undefined {
  if (version !== learnVersion || !areNames(stories) || !areNames(faults)) return undefined;
  return {stories: new Set(stories), faults: new Set(faults)};
}

function areNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

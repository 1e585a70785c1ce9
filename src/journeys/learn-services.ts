import type {Language} from '../base/language.ts';
import type {Explained} from '../lessons/explain.ts';
import type {Learnt, LearntThing} from '../lessons/learnt.ts';
import type {LabServices} from './lab-services.ts';
import type {OpenedMap} from './learn-map.ts';
import type {MapChoice} from './map-choice.ts';
import type {StoriesServices} from './stories-services.ts';
import type {QuizServices} from './quiz-services.ts';

/** What the screens of Learn need of the world; the commands give the real ones, a test its own. */
export interface LearnServices {
  readonly language: Language;
  /** Reads the files of this machine where it is a node, and asks no network. */
  readonly explain: (text: string) => Promise<Explained>;
  readonly lab: LabServices;
  /** Reads only; nothing is tried yet. Throws a `Failure` where there is no such plan, bundle or node. */
  readonly openMap: (choice: MapChoice) => Promise<OpenedMap>;
  readonly stories: StoriesServices;
  readonly quiz: QuizServices;
  readonly learnt: LearntServices;
}

/** What a person has been through, from one run to the next. */
export interface LearntServices {
  /** `trouble`: why what lies there is not used, a sentence. */
  readonly read: () => Promise<{readonly learnt: Learnt; readonly trouble: string | undefined}>;
  /** @returns why it could not be kept, a sentence; undefined = it is kept */
  readonly remember: (thing: LearntThing) => Promise<string | undefined>;
}

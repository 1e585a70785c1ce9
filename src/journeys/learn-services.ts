import type {Language} from '../base/language.ts';
import type {Explained} from '../lessons/explain.ts';
import type {LabServices} from './lab-services.ts';

/** What the screens of Learn need of the world; the commands give the real ones, a test its own. */
export interface LearnServices {
  readonly language: Language;
  /** Reads the files of this machine where it is a node, and asks no network. */
  readonly explain: (text: string) => Promise<Explained>;
  readonly lab: LabServices;
}

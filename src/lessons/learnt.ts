import type {FaultId} from './faults.ts';
import type {StoryId} from './stories.ts';

/** What of Learn a person has been through: stories that were read to their end, and faults that were mended. */
export interface Learnt {
  /** Ids; those of another version of Certwright may be among them. */
  readonly stories: ReadonlySet<string>;
  readonly faults: ReadonlySet<string>;
}

export type LearntThing = {readonly story: StoryId} | {readonly fault: FaultId};

export const nothingLearnt: Learnt = {stories: new Set(), faults: new Set()};

export function withLearnt({stories, faults}: Learnt, thing: LearntThing): Learnt {
  return 'story' in thing
    ? {stories: new Set([...stories, thing.story]), faults}
    : {stories, faults: new Set([...faults, thing.fault])};
}

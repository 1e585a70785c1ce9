import type {Artefact} from '../../../src/lessons/artefact.ts';
import type {ArtefactId, StoryId} from '../../../src/lessons/stories.ts';
import type {ClusterMap} from '../../../src/pki/cluster-map.ts';
import type {RunFailure} from '../../../src/wizard/wizard-state.ts';
import {listStart, type ListState} from '../../parts/list-state.ts';

/** A list of stories, and the one that is read. */
export interface StoriesView {
  readonly list: ListState;
  /** Those read to the end, in former runs too; undefined = what is kept of those has not been asked for. */
  readonly read: ReadonlySet<string> | undefined;
  /** Where stories were left that are not read to the end. */
  readonly left: ReadonlyMap<StoryId, OpenStory>;
  /** undefined = the list. */
  readonly open: OpenStory | undefined;
  /** undefined = not there yet; a story is told without it too. */
  readonly map: ClusterMap | undefined;
  /** What was made for steps stays the same while one goes back and forth. */
  readonly things: ReadonlyMap<ArtefactId, Thing>;
}

export interface OpenStory {
  readonly id: StoryId;
  /** From 0. */
  readonly step: number;
  /** The step with its map, or the real thing alone. */
  readonly shows: 'step' | 'thing';
  /** First visible line of what scrolls. */
  readonly top: number;
}

export type Thing =
  | {readonly kind: 'making'}
  | {readonly kind: 'made'; readonly artefact: Artefact}
  | {readonly kind: 'failed'; readonly failure: RunFailure};

export type StoriesAsk =
  | {readonly kind: 'map'}
  | {readonly kind: 'make'; readonly id: ArtefactId}
  /** What former runs have kept. */
  | {readonly kind: 'learnt'}
  | {readonly kind: 'remember'; readonly story: StoryId};

export type StoriesTell =
  | {readonly kind: 'learnt'; readonly stories: ReadonlySet<string>}
  | {readonly kind: 'map'; readonly map: ClusterMap}
  | {readonly kind: 'made'; readonly id: ArtefactId; readonly artefact: Artefact}
  | {readonly kind: 'failed'; readonly id: ArtefactId; readonly failure: RunFailure};

export const storiesStart: StoriesView = {
  list: listStart,
  read: undefined,
  left: new Map(),
  open: undefined,
  map: undefined,
  things: new Map(),
};

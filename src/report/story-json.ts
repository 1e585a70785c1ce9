import type {Lessons} from '../lessons/lessons.ts';
import type {ToldStory} from '../lessons/stories.ts';
import {arrowOf, type ClusterMap} from '../pki/cluster-map.ts';
import type {ShownStep} from './story-text.ts';

/** Stories for machines. Top-level keys stand in this order. */

export function storyListJson(all: readonly ToldStory[]) {
  return {stories: all.map(({id, title, about, steps}) => ({id, title, about, steps: steps.length}))};
}

export function storyJson(
  {id, title, about}: ToldStory,
  steps: readonly ShownStep[],
  {map, lessons}: {readonly map: ClusterMap; readonly lessons: Lessons},
) {
  return {
    story: id,
    title,
    about,
    steps: steps.map(({step, artefact}) => ({
      id: step.id,
      heading: step.heading,
      text: step.text,
      map: {
        components: step.components,
        connections: step.connections.flatMap((row) => {
          const arrow = arrowOf(map, row);
          if (arrow === undefined) return [];
          const {number, caller, provider} = arrow;
          return [{id: row, number, caller, provider}];
        }),
      },
      artefact:
        artefact === undefined || step.artefact === undefined
          ? null
          : {id: step.artefact, title: lessons.artefacts.titles[step.artefact], parts: artefact.parts},
    })),
  };
}

import {lessonsIn} from '../lessons/languages.ts';
import {stories, tellStory} from '../lessons/stories.ts';
import type {ClusterMap} from '../pki/cluster-map.ts';
import {mapFigure, mapKey} from './map-figure.ts';
import {litWords} from './story-text.ts';

/** The stories as a page of the documentation, without what is made anew each time. */
export function storiesPage(map: ClusterMap): string {
  const lessons = lessonsIn('en');
  const figure = mapFigure(map, {width: 80, height: 16, glyphs: 'unicode'}).map((line) =>
    line
      .map(({text}) => text)
      .join('')
      .trimEnd(),
  );
  const told = stories.map((story) => tellStory(story, lessons.stories));
  const lines = [
    '# Stories',
    '',
    '<!-- Generated from src/lessons; `npx vitest run test/lessons -u` writes it anew. -->',
    '',
    'What `certwright learn stories` tells. There each step has its move lit on the map, and real things made while one reads:',
    'certificates, handshakes on loopback, tokens, requests. `certwright learn stories STORY --output text` prints one with them.',
    '',
    '```',
    ...figure,
    mapKey('unicode', false),
    '```',
    ...told.flatMap(({id, title, about, steps}) => [
      '',
      `## ${title}`,
      '',
      `${about} (\`certwright learn stories ${id}\`)`,
      ...steps.flatMap((step, index) => [
        '',
        `### ${index + 1}. ${step.heading}`,
        '',
        // A line of its own is a paragraph here.
        step.text.replaceAll('\n', '\n\n'),
        '',
        `${lessons.artefacts.onMap}: ${litWords(step, map)}`,
      ]),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

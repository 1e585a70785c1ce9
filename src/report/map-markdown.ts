import type {Language} from '../base/language.ts';
import {lessonsIn} from '../lessons/languages.ts';
import type {MappedCluster} from '../pki/mapped-cluster.ts';
import {escaped} from './explanation-markdown.ts';
import {mapFigure, mapKey} from './map-figure.ts';
import type {MapPart} from './map-parts.ts';
import {mapDetails} from './map-text.ts';

/** A cluster's map as a page of the reference: the figure, then every connection in the order of the numbers. */
export function mapPage(cluster: MappedCluster, name: string, language: Language): string {
  const lessons = lessonsIn(language);
  const look = {width: 80, height: Number.POSITIVE_INFINITY, glyphs: 'unicode'} as const;
  const figure = mapFigure(cluster.map, look).map((line) =>
    line
      .map(({text}) => text)
      .join('')
      .trimEnd(),
  );
  const lines = [
    `# ${lessons.labels.connections}: ${name}`,
    '',
    '<!-- Generated from src/pki and src/lessons; `npx vitest run test/report/map-markdown.test.ts -u` writes it anew. -->',
    '',
    '```',
    ...figure,
    '',
    mapKey('unicode', false),
    '```',
    ...cluster.map.arrows.flatMap(({id, number, caller, provider}) => [
      '',
      `## ${number}: ${caller} → ${provider}`,
      '',
      `\`${id}\``,
      ...mapDetails(cluster, {kind: 'connection', id}, {lessons, verdicts: new Map()}).parts.flatMap(partLines),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function partLines({label, form, lines}: MapPart): readonly string[] {
  switch (form) {
    case 'text':
      return ['', `**${label}**  `, ...lines.map(escaped)];
    case 'list':
      return ['', `**${label}**`, '', ...lines.map((line) => `- ${escaped(line)}`)];
    case 'steps':
      return ['', `**${label}**`, '', ...lines.map((line, index) => `${index + 1}. ${escaped(line)}`)];
    default:
      return form satisfies never;
  }
}

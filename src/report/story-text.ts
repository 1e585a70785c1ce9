import {styleText} from 'node:util';
import {pad, widthOf, wrap} from '../base/cells.ts';
import {type Artefact, type ArtefactPart, type ArtefactRow, nothing} from '../lessons/artefact.ts';
import type {Lessons} from '../lessons/lessons.ts';
import type {ArtefactTexts, StoryStep, ToldStep, ToldStory} from '../lessons/stories.ts';
import {arrowOf, type ClusterMap} from '../pki/cluster-map.ts';
import type {ExplanationLook} from './explanation-text.ts';
import {mapFigure} from './map-figure.ts';

/** A line before it is painted. */
export interface StoryRow {
  readonly text: string;
  readonly as: 'title' | 'plain' | 'quiet' | 'good' | 'bad';
}

/** A step with what was made for it. */
export interface ShownStep {
  readonly step: ToldStep;
  readonly artefact: Artefact | undefined;
}

/** `certwright learn stories`: what there is to read. */
export function storyListLines(all: readonly ToldStory[], look: ExplanationLook): readonly string[] {
  const column = Math.max(...all.map(({id}) => id.length)) + 2;
  const rows = all.flatMap(({id, title, about}): readonly StoryRow[] => [
    {text: `${pad(id, column)}${title}`, as: 'title'},
    ...indented(about, look.width, column),
  ]);
  return painted(rows, look);
}

/** One story from its first step to its last. */
export function storyLines(
  {title, about}: ToldStory,
  steps: readonly ShownStep[],
  {map, lessons, look}: {readonly map: ClusterMap; readonly lessons: Lessons; readonly look: ExplanationLook},
): readonly string[] {
  const lines = [...painted([{text: title, as: 'title'}, ...indented(about, look.width, 0)], look)];
  let drawn = '';
  for (const [index, {step, artefact}] of steps.entries()) {
    const rows: StoryRow[] = [
      {text: '', as: 'plain'},
      {text: `${index + 1}. ${step.heading}`, as: 'title'},
      ...indented(step.text, look.width, 3),
      {text: '', as: 'plain'},
      ...indented(`${lessons.artefacts.onMap}: ${litWords(step, map)}`, look.width, 3),
    ];
    lines.push(...painted(rows, look));
    // The same connections twice running are drawn once.
    const lit = step.connections.filter((id) => arrowOf(map, id) !== undefined).join();
    if (lit !== '' && lit !== drawn) lines.push(...figureLines(step, map, look));
    drawn = lit;
    if (artefact !== undefined && step.artefact !== undefined) {
      const heading: StoryRow = {text: `   ${lessons.artefacts.titles[step.artefact]}`, as: 'title'};
      const made = artefactRows(artefact, lessons.artefacts, look.width - 3);
      lines.push('', ...painted([heading, ...made.map((row) => ({...row, text: `   ${row.text}`}))], look));
    }
  }
  return lines.map((line) => line.trimEnd());
}

function figureLines(step: StoryStep, map: ClusterMap, {width, glyphs}: ExplanationLook): readonly string[] {
  const figure = mapFigure(map, {width: width - 3, height: tallest, glyphs, light: step});
  return figure.length === 0 ? [] : ['', ...figure.map((line) => `   ${line.map(({text}) => text).join('')}`)];
}

/** Rows of the figure that a step is printed with. */
const tallest = 16;

/** `kube-apiserver → etcd (1)`: the move, with the numbers of the map; where nobody calls, who it is about. */
export function litWords({components, connections}: StoryStep, map: ClusterMap): string {
  const arrows = connections.flatMap((id) => arrowOf(map, id) ?? []);
  return arrows.length === 0
    ? components.join(', ')
    : arrows.map(({caller, provider, number}) => `${caller} → ${provider} (${number})`).join(', ');
}

/** The same in fewer words, where the map itself is beside it: `→ kube-apiserver (5, 8)`. */
export function litNumbers({connections}: StoryStep, map: ClusterMap): string {
  const arrows = connections.flatMap((id) => arrowOf(map, id) ?? []);
  return [...Map.groupBy(arrows, ({provider}) => provider)]
    .map(([provider, calls]) => `→ ${provider} (${calls.map(({number}) => number).join(', ')})`)
    .join(', ');
}

/**
 * An artefact for people: each part with its title, facts in two columns, checks with their outcome in a word.
 *
 * @param width cells in a line
 */
export function artefactRows({parts}: Artefact, texts: ArtefactTexts, width: number): readonly StoryRow[] {
  return parts.flatMap((part, index) => [
    ...(index === 0 ? [] : [{text: '', as: 'plain'} as const]),
    {text: titleOf(part, texts), as: 'plain'},
    ...partRows(part, texts, width),
  ]);
}

function titleOf({label, title}: ArtefactPart, {facts}: ArtefactTexts): string {
  return label === undefined ? title : `${facts[label]}: ${title}`;
}

function partRows({rows}: ArtefactPart, texts: ArtefactTexts, width: number): readonly StoryRow[] {
  const mark = Math.max(widthOf(texts.passed), widthOf(texts.failed));
  const label = Math.max(0, ...rows.map((row) => widthOf(labelOf(row, texts) ?? '')));
  const hasMarks = rows.some(({kind}) => kind === 'check' || kind === 'said');
  const before = hasMarks ? mark + 2 : 0;
  return rows.flatMap((row) => {
    const isPassed = 'isPassed' in row ? row.isPassed : undefined;
    const word = isPassed === undefined ? '' : isPassed ? texts.passed : texts.failed;
    const head = `  ${hasMarks ? pad(word, before) : ''}`;
    const as = isPassed === undefined ? 'plain' : isPassed ? 'good' : 'bad';
    switch (row.kind) {
      case 'line':
        return hanging(head, row.text, width, 'quiet');
      case 'fact':
        return hanging(`${head}${pad(texts.facts[row.fact], label)}  `, valueOf(row.value, texts), width, as);
      case 'check':
        return hanging(`${head}${pad(texts.checks[row.check], label)}  `, valueOf(row.value, texts), width, as);
      case 'said': {
        const words = row.words === undefined ? texts.says[row.says] : `${texts.says[row.says]}: ${row.words}`;
        return hanging(`${head}${pad(row.who, label)}  `, words, width, as);
      }
      default:
        return row satisfies never;
    }
  });
}

function valueOf(value: string, {none}: ArtefactTexts): string {
  return value === nothing ? `(${none})` : value;
}

function labelOf(row: ArtefactRow, {facts, checks}: ArtefactTexts): string | undefined {
  switch (row.kind) {
    case 'line':
      return undefined;
    case 'fact':
      return facts[row.fact];
    case 'check':
      return checks[row.check];
    case 'said':
      return row.who;
    default:
      return row satisfies never;
  }
}

/** The first line behind the head, the others below where the text begins. */
function hanging(head: string, text: string, width: number, as: StoryRow['as']): readonly StoryRow[] {
  const indent = widthOf(head);
  // What is indented itself, a line of YAML, goes on below where it begins.
  const own = /^ */.exec(text)?.[0] ?? '';
  return wrap(text.slice(own.length), Math.max(16, width - indent - own.length)).map((line, index) => ({
    text: (index === 0 ? head : ' '.repeat(indent)) + own + line,
    as,
  }));
}

function indented(text: string, width: number, by: number): readonly StoryRow[] {
  return wrap(text, width - by).map((line) => ({text: ' '.repeat(by) + line, as: 'plain'}));
}

function painted(rows: readonly StoryRow[], {colour, glyphs}: ExplanationLook): readonly string[] {
  return rows.map(({text, as}) => {
    const plain = glyphs === 'ascii' ? inAscii(text) : text;
    return colour && as === 'title' ? styleText('bold', plain, {validateStream: false}) : plain;
  });
}

const twins: Readonly<Record<string, string>> = {'→': '->', '…': '...', '’': "'"};

function inAscii(line: string): string {
  return line.replaceAll(/[→…’]/gu, (glyph) => twins[glyph] ?? glyph);
}

import {type Explanation, paragraphOf, type Section} from '../lessons/explanation.ts';
import type {Lessons} from '../lessons/lessons.ts';

/** Explanations as a page of the reference: a heading each, its parts below. */
export function explanationMarkdown(explanations: readonly Explanation[], {labels}: Lessons): readonly string[] {
  return explanations.flatMap(({id, sections}) => [
    '',
    `## \`${id}\``,
    ...sections.flatMap((section) => ['', ...partLines(labels[section.label], section)]),
  ]);
}

function partLines(label: string, {form, lines}: Section): readonly string[] {
  switch (form) {
    case 'text':
      return [`**${label}**  `, escaped(paragraphOf(lines))];
    case 'list':
      return [`**${label}**`, '', ...lines.map((line) => `- ${escaped(line)}`)];
    case 'names':
      return [`**${label}**  `, lines.map((line) => `\`${line}\``).join(', ')];
    case 'commands':
    case 'quote':
      return [`**${label}**`, '', '```', ...lines, '```'];
    default:
      return form satisfies never;
  }
}

/** Words that Markdown would take for its own. */
export function escaped(text: string): string {
  return text.replaceAll(/[*<>|]/g, String.raw`\$&`);
}

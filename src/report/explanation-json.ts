import type {Language} from '../base/language.ts';
import type {Explanation, Section} from '../lessons/explanation.ts';
import type {topics} from '../lessons/topics.ts';

/** `certwright explain --output json`: sections by their name, each a list of texts in `language`. */
export function explanationJson(explanations: readonly Explanation[], language: Language): Record<string, unknown> {
  return {
    explainVersion: 1,
    language,
    explanations: explanations.map(({kind, id, sections}) => ({kind, id, ...byName(sections)})),
  };
}

/** What can be asked, by kind. */
export function topicsJson(all: ReturnType<typeof topics>): Record<string, unknown> {
  return {explainVersion: 1, topics: Object.fromEntries(all.map(({kind, names}) => [kind, names]))};
}

function byName(sections: readonly Section[]): Record<string, readonly string[]> {
  return Object.fromEntries(sections.map(({label, lines}) => [label, lines]));
}

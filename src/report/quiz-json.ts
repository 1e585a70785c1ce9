import type {Language} from '../base/language.ts';
import type {AskedQuestion} from '../lessons/quiz/asked-question.ts';
import type {Worksheet} from './quiz-text.ts';

/** `certwright learn quiz --output json`: top-level keys stand in this order. */
export function quizJson({preset, seed, asked}: Worksheet, language: Language): Record<string, unknown> {
  return {quizVersion: 1, language, preset, seed, questions: asked.map(questionJson)};
}

/** `right` counts from 0. */
function questionJson({question, choices, right}: AskedQuestion): Record<string, unknown> {
  const {id, topic, ask, quotes, why, about} = question;
  return {
    id,
    topic,
    ask,
    quotes,
    choices: choices.map(({text}) => text),
    right,
    why: Object.fromEntries(
      [...Map.groupBy(why, ({label}) => label)].map(([label, parts]) => [label, parts.flatMap(({lines}) => lines)]),
    ),
    explain: about,
  };
}

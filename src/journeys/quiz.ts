import type {Language} from '../base/language.ts';
import {faultQuestions} from '../lab/fault-questions.ts';
import {faults} from '../lab/faults.ts';
import {plansFor} from '../lab/places.ts';
import {lessonsIn} from '../lessons/languages.ts';
import type {Question} from '../lessons/quiz/question.ts';
import {questionsAbout} from '../lessons/quiz/questions.ts';
import {makeBlueprint} from '../pki/blueprint.ts';
import type {ClusterPlan} from '../pki/plan.ts';

/** Everything that the quiz can ask about a cluster of this plan: from the catalogue, and from the faults of the lab. */
export function quizQuestions(plan: ClusterPlan, language: Language): readonly Question[] {
  const lessons = lessonsIn(language);
  return [
    ...questionsAbout(makeBlueprint(plan), lessons),
    ...faults.flatMap((fault) => faultQuestions(fault, makeBlueprint(plansFor(fault, plan).broken), lessons)),
  ];
}

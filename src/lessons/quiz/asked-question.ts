import {chanceFrom, shuffled} from './chance.ts';
import type {Choice, Question} from './question.ts';

/** A question with the choices that are offered this time. */
export interface AskedQuestion {
  readonly question: Question;
  readonly choices: readonly Choice[];
  /** Which of them is right. */
  readonly right: number;
}

/** Wrong ones beside the right one. */
const mostWrong = 3;

/** The same choices in the same order for the same seed, whatever else is asked. */
export function askedWith(question: Question, seed: string): AskedQuestion {
  const chance = chanceFrom(`${seed} ${question.id}`);
  const wrong = question.wrong.flatMap((tier) => shuffled(tier, chance)).slice(0, mostWrong);
  const choices = shuffled([question.right, ...wrong], chance);
  return {question, choices, right: choices.indexOf(question.right)};
}

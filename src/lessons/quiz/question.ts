import type {Section} from '../explanation.ts';

/** What one can be asked about, in the order to learn it. */
export const quizTopics = ['flags', 'connections', 'authorities', 'identities', 'restarts', 'errors'] as const;
export type QuizTopic = (typeof quizTopics)[number];

export interface Choice {
  /** The same in every language, and another for every choice of a question. */
  readonly key: string;
  readonly text: string;
}

/** A question with one right answer, made from a blueprint: nothing of it is written by hand but the form of the sentence. */
export interface Question {
  /** `flags/file/kube-apiserver/--etcd-cafile`: the same in every language and for every cluster that can be asked this. */
  readonly id: string;
  readonly topic: QuizTopic;
  readonly ask: string;
  /** What programs print, a line each; it stands below the question. */
  readonly quotes: readonly string[];
  readonly right: Choice;
  /** Wrong ones to choose from: those of the first list are the most like the right one. None is also right. */
  readonly wrong: readonly (readonly Choice[])[];
  /** Why it is so, told after the answer. */
  readonly why: readonly Section[];
  /** What to say to `certwright explain` to read on. */
  readonly about: string;
}

/** Fewer leave nothing to think about. */
const leastWrong = 2;

/** The question, each choice once, and what a thing is as the reason that it is; none where there is too little to choose from. */
export function question(given: Question): readonly Question[] {
  const seen = new Set([given.right.key, given.right.text]);
  const wrong = given.wrong.map((tier) =>
    tier.filter(({key, text}) => {
      if (seen.has(key) || seen.has(text)) return false;
      seen.add(key);
      seen.add(text);
      return true;
    }),
  );
  const why = given.why.map((part): Section => (part.label === 'what' ? {...part, label: 'reason'} : part));
  return wrong.flat().length < leastWrong ? [] : [{...given, wrong, why}];
}

/** A choice whose text is the same in every language: a path, a flag, a name. */
export function literally(text: string): Choice {
  return {key: text, text};
}

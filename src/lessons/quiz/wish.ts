import {type QuizTopic, quizTopics} from './question.ts';

/** What a quiz is to be about, as a command line or a menu has it. */
export interface QuizWish {
  /** undefined = everything, or one is asked. */
  readonly topic: QuizTopic | undefined;
  /** undefined = the default one. */
  readonly preset: string | undefined;
  /** Of one round. */
  readonly count: number;
  /** undefined = chance. */
  readonly seed: number | undefined;
}

export const usualWish: QuizWish = {topic: undefined, preset: undefined, count: 10, seed: undefined};

/** As one text, for whoever hands a text on: `flags preset=one-ca count=5 seed=7`. */
export function wishText({topic, preset, count, seed}: QuizWish): string {
  return [
    ...(topic === undefined ? [] : [topic]),
    ...(preset === undefined ? [] : [`preset=${preset}`]),
    `count=${count}`,
    ...(seed === undefined ? [] : [`seed=${seed}`]),
  ].join(' ');
}

export function wishIn(text: string): QuizWish {
  const words = text.split(' ');
  const valueOf = (key: string): string | undefined =>
    words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1);
  const [count, seed] = [valueOf('count'), valueOf('seed')];
  return {
    topic: quizTopics.find((topic) => words.includes(topic)),
    preset: valueOf('preset'),
    count: count === undefined ? usualWish.count : Number(count),
    seed: seed === undefined ? undefined : Number(seed),
  };
}

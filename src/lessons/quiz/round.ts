import {type AskedQuestion, askedWith} from './asked-question.ts';
import {chanceFrom, shuffled} from './chance.ts';
import {type QuizProgress, standingOf} from './progress.ts';
import {type Question, quizTopics, type QuizTopic} from './question.ts';

export interface RoundWish {
  /** undefined = of all topics. */
  readonly topic: QuizTopic | undefined;
  /** At most this many. */
  readonly count: number;
  readonly seed: number;
}

/** Questions once through, and then those that were missed, until none is. */
export interface Round {
  readonly seed: number;
  /** 1 = each for the first time. */
  readonly pass: number;
  readonly asked: readonly AskedQuestion[];
  /** The one that is asked now; as many as there are = the round is over. */
  readonly at: number;
  /** The choice that was taken; undefined = not yet. */
  readonly given: number | undefined;
  /** Of this pass. */
  readonly missed: readonly Question[];
  readonly total: number;
  readonly rightAtOnce: number;
}

/** What was missed the last time first, then what was never asked, then what is known; each topic in its turn. */
export function chooseQuestions(
  questions: readonly Question[],
  progress: QuizProgress,
  {topic, count, seed}: RoundWish,
): readonly Question[] {
  const wanted = questions.filter((question) => topic === undefined || question.topic === topic);
  const order = (['missed', 'new', 'known'] as const).flatMap((standing) =>
    inTurns(
      wanted.filter((question) => standingOf(question, progress) === standing),
      `${seed} ${standing}`,
    ),
  );
  return order.slice(0, count);
}

function inTurns(questions: readonly Question[], seed: string): readonly Question[] {
  const chance = chanceFrom(seed);
  const piles = shuffled(
    quizTopics.map((topic) =>
      shuffled(
        questions.filter((question) => question.topic === topic),
        chance,
      ),
    ),
    chance,
  );
  const longest = Math.max(0, ...piles.map((pile) => pile.length));
  return Array.from({length: longest}, (_, turn) => piles.flatMap((pile) => pile[turn] ?? [])).flat();
}

export function startRound(questions: readonly Question[], seed: number): Round {
  return {
    ...passOf(questions, seed, 1),
    seed,
    total: questions.length,
    rightAtOnce: 0,
  };
}

/** Choices stand in another order the second time, so that nobody learns a number. */
function passOf(
  questions: readonly Question[],
  seed: number,
  pass: number,
): Omit<Round, 'seed' | 'total' | 'rightAtOnce'> {
  const order = pass === 1 ? questions : shuffled(questions, chanceFrom(`${seed} ${pass}`));
  return {
    pass,
    asked: order.map((question) => askedWith(question, pass === 1 ? String(seed) : `${seed} ${pass}`)),
    at: 0,
    given: undefined,
    missed: [],
  };
}

/** undefined = the round is over. */
export function askedNow({asked, at}: Round): AskedQuestion | undefined {
  return asked[at];
}

/** undefined = nothing is answered yet. */
export function isRightNow(round: Round): boolean | undefined {
  const {given} = round;
  return given === undefined ? undefined : given === askedNow(round)?.right;
}

export function answerNow(round: Round, choice: number): Round {
  const now = askedNow(round);
  if (now === undefined || round.given !== undefined || now.choices[choice] === undefined) return round;
  const isRight = choice === now.right;
  return {
    ...round,
    given: choice,
    missed: isRight ? round.missed : [...round.missed, now.question],
    rightAtOnce: round.rightAtOnce + (isRight && round.pass === 1 ? 1 : 0),
  };
}

/** To the next question, or to the missed ones once more; stays where nothing is answered. */
export function goOn(round: Round): Round {
  if (round.given === undefined) return round;
  const at = round.at + 1;
  if (at < round.asked.length || round.missed.length === 0) return {...round, at, given: undefined};
  return {...round, ...passOf(round.missed, round.seed, round.pass + 1)};
}

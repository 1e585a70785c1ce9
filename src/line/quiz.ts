import {wrap} from '../base/cells.ts';
import type {OpenedQuiz, QuizServices} from '../journeys/quiz-services.ts';
import type {Lessons} from '../lessons/lessons.ts';
import type {AskedQuestion} from '../lessons/quiz/asked-question.ts';
import {knownOf, type QuizProgress, withAnswer} from '../lessons/quiz/progress.ts';
import {quizTopics, type QuizTopic} from '../lessons/quiz/question.ts';
import {answerNow, askedNow, chooseQuestions, goOn, isRightNow, type Round, startRound} from '../lessons/quiz/round.ts';
import type {QuizWish} from '../lessons/quiz/wish.ts';
import {quoteRows, readOnCommand, reasonRows} from '../report/quiz-text.ts';
import type {Asker} from './ask.ts';

export interface QuizOptions {
  readonly services: QuizServices;
  readonly lessons: Lessons;
  readonly wish: QuizWish;
}

/**
 * The quiz, question by question, each with its reason after the answer.
 *
 * @throws Cancelled after Ctrl-C, a signal, or the end of the input
 */
export async function askQuiz(asker: Asker, {services, lessons, wish}: QuizOptions): Promise<void> {
  const {around} = lessons.quiz;
  const opened = await services.open(wish);
  asker.say(around.title, asker.howTo);
  if (opened.trouble !== undefined) asker.say(opened.trouble);
  let {progress, seed} = opened;
  for (;;) {
    const topic = wish.topic ?? (await askTopic(asker, opened, progress, lessons));
    if (topic === 'back') return;
    const wanted = {topic: topic === 'all' ? undefined : topic, count: wish.count, seed};
    const round = startRound(chooseQuestions(opened.questions, progress, wanted), seed);
    const ended = await askRound(asker, round, progress, {services, lessons});
    progress = ended.progress;
    if (ended.isLeft) return;
    const again = await asker.confirm({ask: around.anotherRound, help: [], initial: false});
    if (again.kind === 'went-back' || !again.value) return;
    seed += 1;
  }
}

async function askTopic(
  asker: Asker,
  {questions}: OpenedQuiz,
  progress: QuizProgress,
  {quiz}: Lessons,
): Promise<QuizTopic | 'all' | 'back'> {
  const {around, topics} = quiz;
  const known = (topic: QuizTopic | undefined): string => {
    const {known: right, total} = knownOf(questions, topic, progress);
    return around.known(right, total);
  };
  const reply = await asker.choose({
    ask: around.chooseTopic,
    help: [],
    options: [
      {value: 'all', label: around.allTopics, help: known(undefined)},
      ...quizTopics.map((topic) => ({value: topic, label: topics[topic], help: known(topic)})),
    ],
  });
  if (reply.kind === 'went-back') return 'back';
  return quizTopics.find((topic) => topic === reply.value) ?? 'all';
}

interface EndedRound {
  readonly progress: QuizProgress;
  readonly isLeft: boolean;
}

async function askRound(
  asker: Asker,
  begun: Round,
  known: QuizProgress,
  options: Pick<QuizOptions, 'services' | 'lessons'>,
): Promise<EndedRound> {
  const {around} = options.lessons.quiz;
  let round = begun;
  let progress = known;
  let isTold = false;
  for (let now = askedNow(round); now !== undefined; now = askedNow(round)) {
    const choice = await askOne(asker, now, round, options.lessons);
    if (choice === undefined) return {progress, isLeft: true};
    round = answerNow(round, choice);
    const isRight = isRightNow(round) === true;
    progress = withAnswer(progress, now.question, isRight);
    const trouble = await options.services.remember(now.question, isRight);
    sayAnswer(asker, now, isRight, options.lessons);
    if (trouble !== undefined && !isTold) asker.say(trouble);
    isTold ||= trouble !== undefined;
    const {pass, missed} = round;
    round = goOn(round);
    if (round.pass > pass) asker.say('', around.missedFollow(missed.length));
  }
  asker.title(around.score(round.rightAtOnce, round.total));
  asker.say(round.rightAtOnce === round.total ? around.allRight : around.missedDone);
  return {progress, isLeft: false};
}

/** undefined = the person goes back. */
async function askOne(
  asker: Asker,
  {question, choices}: AskedQuestion,
  {pass, at, asked}: Round,
  {quiz}: Lessons,
): Promise<number | undefined> {
  const {around} = quiz;
  const columns = columnsOf(asker);
  asker.title((pass === 1 ? around.questionOf : around.againOf)(at + 1, asked.length));
  asker.show([...wrap(question.ask, columns), ...quoteRows(question, columns).map(({text}) => text)]);
  const reply = await asker.choose({
    ask: around.yourAnswer,
    help: [],
    options: choices.map(({text}, index) => ({value: String(index), label: text, help: ''})),
  });
  return reply.kind === 'went-back' ? undefined : Number(reply.value);
}

function sayAnswer(asker: Asker, {question, right}: AskedQuestion, isRight: boolean, lessons: Lessons): void {
  const {around} = lessons.quiz;
  const columns = columnsOf(asker);
  asker.title(isRight ? around.right : around.wrong);
  if (!isRight) asker.show(wrap(around.rightIs(String(right + 1), question.right.text), columns));
  const reasons = reasonRows(question, lessons, columns);
  // The last one is a command, which is not broken.
  asker.show(reasons.slice(0, -1).map(({text}) => text));
  asker.showCommand(readOnCommand(question));
}

/** Where nobody looks at columns there are as many as usual; wider lines than a hundred are hard to read. */
function columnsOf({tableWidth}: Asker): number {
  return tableWidth === 0 ? 80 : Math.min(tableWidth, 100);
}

import {lessonsIn} from '../../../src/lessons/languages.ts';
import type {Lessons} from '../../../src/lessons/lessons.ts';
import type {AskedQuestion} from '../../../src/lessons/quiz/asked-question.ts';
import {knownOf} from '../../../src/lessons/quiz/progress.ts';
import {type QuizTopic, quizTopics} from '../../../src/lessons/quiz/question.ts';
import {askedNow, isRightNow} from '../../../src/lessons/quiz/round.ts';
import {quoteRows, reasonRows} from '../../../src/report/quiz-text.ts';
import type {Language} from '../../../src/base/language.ts';
import {failureLines} from '../../parts/failure-lines.ts';
import {progressBar} from '../../parts/progress-bar.ts';
import type {Line} from '../../parts/text.ts';
import {blank, line, pad, paragraph, span, widthOf, wrap} from '../../parts/text.ts';
import type {Glyphs, Role} from '../../theme.ts';
import type {AskedPlace, QuizView} from './quiz-state.ts';

/** All lines of a place, and which of them must be seen. */
export interface QuizLines {
  readonly lines: readonly Line[];
  /** The first and the last line of what the cursor is on; once a question is answered, where the verdict begins. */
  readonly mark: {readonly from: number; readonly to: number};
}

interface Look {
  readonly width: number;
  readonly language: Language;
  readonly glyphs: Glyphs;
}

/** Every topic, all of them first. */
export const topicChoices: readonly (QuizTopic | undefined)[] = [undefined, ...quizTopics];

export function quizLines(view: QuizView, look: Look): QuizLines {
  const {place} = view;
  switch (place.at) {
    case 'opening':
      return unmarked([]);
    case 'failed':
      return unmarked(failureLines(place.failure, look.width, look.glyphs));
    case 'topics':
      return topicLines(view, look);
    case 'asked':
      return askedLines(view, place, look);
    case 'over':
      return unmarked(overLines(view, place.round, look));
    default:
      return place satisfies never;
  }
}

function unmarked(lines: readonly Line[]): QuizLines {
  return {lines, mark: {from: 0, to: 0}};
}

function topicLines(view: QuizView, {width, language, glyphs}: Look): QuizLines {
  const lessons = lessonsIn(language);
  const {around} = lessons.quiz;
  const head = [line(around.chooseTopic, 'title'), blank];
  return {
    lines: [
      ...head,
      ...topicChoices.map((topic, index) => [
        span(index === view.menu ? `${glyphs.pointer} ` : '  ', 'accent'),
        ...knownLine(topic, view, lessons, {glyphs, as: index === view.menu ? 'accent' : 'plain'}),
      ]),
      ...troubleLines(view, width),
    ],
    mark: {from: head.length + view.menu, to: head.length + view.menu},
  };
}

const barCells = 12;

/** `Flags and files  ███░░░  12 of 56 known`. */
function knownLine(
  topic: QuizTopic | undefined,
  {questions = [], progress}: QuizView,
  lessons: Lessons,
  {glyphs, as}: {readonly glyphs: Glyphs; readonly as: Role},
): Line {
  const {around} = lessons.quiz;
  const {known, total} = knownOf(questions, topic, progress);
  const names = topicChoices.map((one) => topicName(one, lessons));
  return [
    span(pad(topicName(topic, lessons), Math.max(...names.map(widthOf)) + 2), as),
    ...progressBar(known, total, barCells, glyphs),
    span(`  ${around.known(known, total)}`),
  ];
}

function topicName(topic: QuizTopic | undefined, {quiz}: Lessons): string {
  return topic === undefined ? quiz.around.allTopics : quiz.topics[topic];
}

function troubleLines({trouble}: QuizView, width: number): readonly Line[] {
  return trouble === undefined ? [] : [blank, ...paragraph(trouble, width, 'warn')];
}

function askedLines(view: QuizView, place: AskedPlace, look: Look): QuizLines {
  const {width, language} = look;
  const lessons = lessonsIn(language);
  const now = askedNow(place.round);
  if (now === undefined) return unmarked([]);
  const {question} = now;
  const head: readonly Line[] = [
    ...paragraph(question.ask, width, 'title'),
    ...quoteRows(question, width).map(({text}) => line(text, 'quiet')),
    blank,
  ];
  const choices = now.choices.map((_, index) => choiceLines(now, index, place, look));
  const before = head.length + choices.slice(0, place.cursor).flat().length;
  const isRight = isRightNow(place.round);
  if (isRight === undefined) {
    return {
      lines: [...head, ...choices.flat(), ...troubleLines(view, width)],
      mark: {from: before, to: before + (choices[place.cursor]?.length ?? 1) - 1},
    };
  }
  const shown = [...head, ...choices.flat(), blank];
  return {
    lines: [
      ...shown,
      ...verdictLines(now, isRight, lessons, look),
      ...reasonRows(question, lessons, width).flatMap(({text, isHeading}) =>
        // Only a command is ever wider.
        widthOf(text) > width ? paragraph(text, width) : [line(text, isHeading ? 'title' : 'plain')],
      ),
    ],
    mark: {from: shown.length, to: shown.length},
  };
}

/** `❯ 2 /etc/kubernetes/pki/ca.crt`; once answered, with a mark on the right one and on the one that was taken. */
function choiceLines(
  {choices, right}: AskedQuestion,
  index: number,
  {round, cursor}: AskedPlace,
  {width, glyphs}: Look,
): readonly Line[] {
  const isAnswered = round.given !== undefined;
  const isRight = isAnswered && index === right;
  const isWrong = isAnswered && index === round.given && index !== right;
  const isHere = !isAnswered && index === cursor;
  const mark = isRight ? glyphs.done : isWrong ? glyphs.wrong : isHere ? glyphs.pointer : ' ';
  const as: Role = isRight ? 'good' : isWrong ? 'bad' : isHere ? 'accent' : isAnswered ? 'quiet' : 'plain';
  const text = choices[index]?.text ?? '';
  return wrap(text, width - choiceIndent).map((part, row) =>
    row === 0
      ? [span(`${mark} `, as), span(`${index + 1} `, as === 'plain' ? 'key' : as), span(part, as)]
      : [span(' '.repeat(choiceIndent)), span(part, as)],
  );
}

const choiceIndent = 4;

function verdictLines(
  {question, right}: AskedQuestion,
  isRight: boolean,
  {quiz}: Lessons,
  {width, glyphs}: Look,
): readonly Line[] {
  const {around} = quiz;
  return isRight
    ? [line(`${glyphs.done} ${around.right}`, 'good')]
    : [
        line(`${glyphs.wrong} ${around.wrong}`, 'bad'),
        ...paragraph(around.rightIs(String(right + 1), question.right.text), width),
      ];
}

function overLines(
  view: QuizView,
  {rightAtOnce, total}: {rightAtOnce: number; total: number},
  look: Look,
): readonly Line[] {
  const {width, language, glyphs} = look;
  const lessons = lessonsIn(language);
  const {around} = lessons.quiz;
  return [
    [span(`${glyphs.done} `, 'good'), span(around.score(rightAtOnce, total), 'title')],
    ...paragraph(rightAtOnce === total ? around.allRight : around.missedDone, width),
    blank,
    ...topicChoices.map((topic) => knownLine(topic, view, lessons, {glyphs, as: 'plain'})),
    ...troubleLines(view, width),
  ];
}

import {lessonsIn} from '../../../src/lessons/languages.ts';
import type {Lessons} from '../../../src/lessons/lessons.ts';
import type {AskedQuestion} from '../../../src/lessons/quiz/asked-question.ts';
import {knownOf} from '../../../src/lessons/quiz/progress.ts';
import {type QuizTopic, quizTopics} from '../../../src/lessons/quiz/question.ts';
import {askedNow, isRightNow, type Round} from '../../../src/lessons/quiz/round.ts';
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
  /** Above, always there. */
  readonly head: readonly Line[];
  /** What scrolls. */
  readonly lines: readonly Line[];
  /** The last line of what the cursor is on. */
  readonly mark: number;
}

interface Look {
  readonly width: number;
  readonly height: number;
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
  return {head: [], lines, mark: 0};
}

function topicLines(view: QuizView, {width, language, glyphs}: Look): QuizLines {
  const lessons = lessonsIn(language);
  const {around} = lessons.quiz;
  return {
    head: [line(around.chooseTopic, 'title'), blank],
    lines: [
      ...topicChoices.map((topic, index) => [
        span(index === view.menu ? `${glyphs.pointer} ` : '  ', 'accent'),
        ...knownLine(topic, view, lessons, {width, glyphs, as: index === view.menu ? 'accent' : 'plain'}),
      ]),
      ...troubleLines(view, width),
    ],
    mark: view.menu,
  };
}

/** From this width on a line has room for a long bar and for words. */
const roomy = 70;

/** `Flags and files  ███░░░  12 of 56 known`. */
function knownLine(
  topic: QuizTopic | undefined,
  {questions = [], progress, left}: QuizView,
  lessons: Lessons,
  {width, glyphs, as}: {readonly width: number; readonly glyphs: Glyphs; readonly as: Role},
): Line {
  const isRoomy = width >= roomy;
  const {around} = lessons.quiz;
  const {known, total} = knownOf(questions, topic, progress);
  const paused = left.get(topic)?.round;
  const names = topicChoices.map((one) => topicName(one, lessons));
  return [
    span(pad(topicName(topic, lessons), Math.max(...names.map(widthOf)) + 2), as),
    ...progressBar(known, total, isRoomy ? 12 : 6, glyphs),
    span(`  ${around.known(known, total)}`),
    ...(paused === undefined
      ? []
      : [
          span(
            `  ${glyphs.separator} ${isRoomy ? questionWord(paused) : `${paused.at + 1}/${paused.asked.length}`}`,
            'quiet',
          ),
        ]),
  ];
}

/** `question 3/10` */
export function questionWord({pass, at, asked}: Pick<Round, 'pass' | 'at' | 'asked'>): string {
  return `${pass === 1 ? 'question' : 'once more'} ${at + 1}/${asked.length}`;
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
  const ask = paragraph(question.ask, width, 'title');
  const quotes = quoteRows(question, width).map(({text}) => line(text, 'quiet'));
  const choices = now.choices.map((_, index) => choiceLines(now, index, place, look));
  const isRight = isRightNow(place.round);
  if (isRight !== undefined) {
    const verdict = verdictLine(isRight, lessons, look);
    const given = place.round.given === undefined || isRight ? [] : (choices[place.round.given] ?? []);
    return {
      head: answeredHead({ask, quotes, choices, taken: [...(choices[now.right] ?? []), ...given], verdict}, look),
      lines: reasonRows(question, lessons, width).flatMap(({text, isHeading}) =>
        // Only a command is ever wider.
        widthOf(text) > width ? paragraph(text, width) : [line(text, isHeading ? 'title' : 'plain')],
      ),
      mark: 0,
    };
  }
  const before = ask.length + quotes.length + 1 + choices.slice(0, place.cursor + 1).flat().length;
  return {
    head: [],
    lines: [...ask, ...quotes, blank, ...choices.flat(), ...troubleLines(view, width)],
    mark: before - 1,
  };
}

interface Answered {
  readonly ask: readonly Line[];
  readonly quotes: readonly Line[];
  readonly choices: readonly (readonly Line[])[];
  /** The right one, and the one that was taken where that is another. */
  readonly taken: readonly Line[];
  readonly verdict: Line;
}

/** Rows that the reason has at least, below what stays in sight. */
const reasonRowsAtLeast = 5;

/** The question, what was answered and what is right stay above the reason: all choices of it where there is room. */
function answeredHead({ask, quotes, choices, taken, verdict}: Answered, {height}: Look): readonly Line[] {
  const forms: readonly (readonly Line[])[] = [
    [...ask, ...quotes, blank, ...choices.flat(), blank, verdict],
    [...ask, ...quotes, ...taken, verdict],
    [...ask, ...taken, verdict],
  ];
  const [widest, , least = []] = forms;
  const fitting = forms.find((form) => height - form.length >= (form === widest ? 8 : reasonRowsAtLeast));
  return fitting ?? least.slice(-Math.max(1, height - reasonRowsAtLeast));
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

function verdictLine(isRight: boolean, {quiz}: Lessons, {glyphs}: Look): Line {
  const {around} = quiz;
  return isRight ? line(`${glyphs.done} ${around.right}`, 'good') : line(`${glyphs.wrong} ${around.wrong}`, 'bad');
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
    ...topicChoices.map((topic) => knownLine(topic, view, lessons, {width, glyphs, as: 'plain'})),
    ...troubleLines(view, width),
  ];
}

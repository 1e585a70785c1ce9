import {wrap} from '../base/cells.ts';
import type {Lessons} from '../lessons/lessons.ts';
import type {AskedQuestion} from '../lessons/quiz/asked-question.ts';
import type {Question} from '../lessons/quiz/question.ts';
import {type ExplanationLook, type ExplanationRow, paintedRows, sectionRows} from './explanation-text.ts';

export interface Worksheet {
  readonly preset: string;
  readonly seed: number;
  readonly asked: readonly AskedQuestion[];
}

/** For courses: the questions with their choices, then the answers, each with its reason. */
export function worksheetLines(
  {preset, seed, asked}: Worksheet,
  lessons: Lessons,
  look: ExplanationLook,
): readonly string[] {
  const {around} = lessons.quiz;
  const rows: readonly ExplanationRow[] = [
    title(around.title),
    ...wrap(around.worksheet(asked.length, preset, seed), look.width).map(plain),
    ...asked.flatMap((one, index) => [
      plain(''),
      ...hanging(`${index + 1}. `, one.question.ask, look.width).map(title),
      ...quoteRows(one.question, look.width),
      ...one.choices.flatMap(({text}, choice) => hanging(`   ${choice + 1}) `, text, look.width).map(plain)),
    ]),
    plain(''),
    title(around.answers),
    ...asked.flatMap((one, index) => [
      plain(''),
      ...hanging(`${index + 1}. `, `${one.right + 1}) ${one.question.right.text}`, look.width).map(title),
      ...reasonRows(one.question, lessons, look.width),
    ]),
  ];
  return paintedRows(rows, look);
}

/** Why the right answer is right, and where to read on. */
export function reasonRows(question: Question, lessons: Lessons, width: number): readonly ExplanationRow[] {
  return [
    ...sectionRows(question.why, lessons, width),
    title(lessons.quiz.around.readOn),
    plain(`  $ ${readOnCommand(question)}`),
  ];
}

export function readOnCommand({about}: Question): string {
  return `certwright explain ${about}`;
}

/** What programs print, marked as such. */
export function quoteRows({quotes}: Question, width: number): readonly ExplanationRow[] {
  return quotes.flatMap((quote) => hanging('   > ', quote, width).map(plain));
}

/** Text behind a mark, its further lines under its beginning. */
function hanging(mark: string, text: string, width: number): readonly string[] {
  return wrap(text, width - mark.length).map((line, index) => `${index === 0 ? mark : ' '.repeat(mark.length)}${line}`);
}

const title = (text: string): ExplanationRow => ({text, isHeading: true});
const plain = (text: string): ExplanationRow => ({text, isHeading: false});

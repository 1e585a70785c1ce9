import {redact} from '../../../src/base/redact.ts';
import {lessonsIn} from '../../../src/lessons/languages.ts';
import {topics} from '../../../src/lessons/topics.ts';
import {explanationRows, notKnownText, topicRows} from '../../../src/report/explanation-text.ts';
import type {ActionId, Hint} from '../../keys.ts';
import {isTextAction} from '../../keys.ts';
import {isListMove} from '../../parts/list-state.ts';
import {scrolledLines, scrollHints, scrollText} from '../../parts/scroll.ts';
import type {Line} from '../../parts/text.ts';
import {blank, line, paragraph, span} from '../../parts/text.ts';
import {editText, insertText, oneLine, textField, type TextFieldState} from '../../parts/text-field-state.ts';
import {visibleText} from '../../parts/visible-text.ts';
import {failureLines} from '../../parts/failure-lines.ts';
import {countingGlyphs, type Glyphs} from '../../theme.ts';
import type {Around, Room, RoomTurn} from '../room.ts';
import {stay} from '../room.ts';
import {lessonsHere} from './explain-words.ts';
import type {ExplainAsk, ExplainTell, ExplainView} from './explain-state.ts';

/** The question keeps the keys; what is known of it is read with the arrows meanwhile. */
export const explainRoom: Room<ExplainView, ExplainAsk, ExplainTell> = {
  enter: (view, given) => (given === undefined ? stay(view) : asking(view, given)),
  crumbs: () => [],
  progress: () => '',
  hints: hintsOf,
  isTyping: () => true,
  act: (view, action, around) => act(view, action, around),
  type: (view, text) => stay({...view, field: insertText(view.field, text)}),
  paste: (view, text) => (/\n./.test(text.trim()) ? asking(view, text) : stay(typed(view, shownLine(text)))),
  take: (view, tell) => stay(view.answer.kind === 'looking' ? {...view, answer: tell, top: 0} : view),
  paint: (view, {layout, tools, glyphs}) => {
    const {width, height} = layout;
    const shown = visibleText(view.field, width - label.length - 3, glyphs);
    const answer = scrolledLines(answerLines(view, {layout, tools}, glyphs), view.top, height - headRows, glyphs);
    return {
      lines: [[span(`${glyphs.bar} `, 'accent'), span(label, 'accent'), span(shown.text)], blank, ...answer],
      caret: {row: 0, column: 2 + label.length + shown.column},
    };
  },
};

const label = 'Explain  ';
const headRows = 2;

function hintsOf(view: ExplainView, around: Around): readonly Hint[] {
  const isEmpty = view.field.text === '' && view.answer.kind === 'none';
  const count = answerLines(view, around).length;
  const scrolls = scrollHints({count, height: around.layout.height - headRows});
  return [
    {action: 'accept', label: 'explain'},
    isEmpty ? {action: 'back'} : {action: 'back', label: 'clear'},
    // What goes to the ends of a list moves in the text field here.
    ...scrolls.filter(({action}) => action !== 'first'),
  ];
}

function typed(view: ExplainView, text: string): ExplainView {
  return {...view, field: insertText(view.field, text)};
}

/** What is pasted may hold a key or a token by mistake. */
function shownLine(text: string): string {
  return oneLine(redact(text));
}

/** A log keeps its lines for whoever reads it, and is one line where it is shown. */
function asking(view: ExplainView, text: string): RoomTurn<ExplainView, ExplainAsk> {
  const field = textField(shownLine(text));
  return stay({...view, field, asked: text, answer: {kind: 'looking'}, top: 0}, {kind: 'explain', text});
}

function act(view: ExplainView, action: ActionId, around: Around): RoomTurn<ExplainView, ExplainAsk> {
  if (isTextAction(action)) return stay({...view, field: editText(view.field, action)});
  if (isListMove(action)) {
    const count = answerLines(view, around).length;
    return stay({...view, top: scrollText(view.top, action, count, around.layout.height - headRows)});
  }
  if (action === 'accept') return accept(view);
  if (action !== 'back') return stay(view);
  const isEmpty = view.field.text === '' && view.answer.kind === 'none';
  const cleared: ExplainView = {field: textField(''), asked: undefined, answer: {kind: 'none'}, top: 0};
  return isEmpty ? {view, isLeft: true} : stay(cleared, {kind: 'stop'});
}

function accept(view: ExplainView): RoomTurn<ExplainView, ExplainAsk> {
  const {text} = view.field;
  if (text.trim() === '') return stay(view);
  // What was pasted is asked again as it was, not as the one line that stands for it.
  return asking(view, view.asked !== undefined && sameField(view.field, view.asked) ? view.asked : text);
}

function sameField({text}: TextFieldState, asked: string): boolean {
  return text === shownLine(asked);
}

function answerLines(
  {answer, asked}: ExplainView,
  {layout, tools}: Around,
  glyphs: Glyphs = countingGlyphs,
): readonly Line[] {
  const lessons = lessonsHere(lessonsIn(tools.language), tools.language);
  const {width} = layout;
  const titled = (rows: readonly {readonly text: string; readonly isHeading: boolean}[]): readonly Line[] =>
    rows.map(({text, isHeading}) => line(text, isHeading ? 'title' : 'plain'));
  switch (answer.kind) {
    case 'none':
      return titled(topicRows(topics(), lessons, width));
    case 'looking':
      return [];
    case 'explained': {
      const {explained} = answer;
      if (explained.isKnown) return titled(explanationRows(explained.explanations, lessons, width));
      const {message, nextSteps} = notKnownText(asked ?? '', explained, lessons.words);
      return [...paragraph(message, width, 'warn'), ...nextSteps.flatMap((step) => [blank, ...paragraph(step, width)])];
    }
    case 'failed':
      return failureLines(answer.failure, width, glyphs);
    default:
      return answer satisfies never;
  }
}

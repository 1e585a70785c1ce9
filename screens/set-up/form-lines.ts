import type {Step} from '../../src/wizard/step.ts';
import {problemsAt} from '../../src/wizard/wizard-state.ts';
import type {Line} from '../parts/text.ts';
import {blank, line, pad, paragraph, shorten, span, widthOf, wrap} from '../parts/text.ts';
import {visibleText} from '../parts/visible-text.ts';
import type {AppState} from '../screen.ts';
import type {Tools} from '../services.ts';
import type {Glyphs, Role} from '../theme.ts';
import {pageWords} from '../../src/wizard/pages.ts';
import {broughtErrors, broughtLines} from './brought-lines.ts';
import {broughtStep} from './examinations.ts';
import {answerText, formFields, offersField} from './form-fields.ts';
import {dateNote, gistText, offerLines} from './field-notes.ts';
import type {ShownForm} from './form-state.ts';
import type {Caret, FieldLines} from './field-lines.ts';
import {problemLines} from '../parts/problem-lines.ts';
import {recordsLines} from './records-lines.ts';
import {nameOf} from './records-state.ts';

/** Lines of a page, and where among them the eye and the terminal's cursor belong. */
export interface FormLines {
  readonly lines: readonly Line[];
  /** Lines of the field with the focus. */
  readonly focus: {readonly from: number; readonly to: number};
  /** The line that must be visible whatever else is. */
  readonly anchor: number;
  readonly caret: Caret | undefined;
}

/** What of the meaning of an answer stands in its field: all of it, one line of it, or nothing. */
export type InnerAside =
  | {readonly kind: 'inside'; readonly lines: readonly Line[]}
  | {readonly kind: 'gist'}
  | {readonly kind: 'none'};

const maxLabel = 30;

export function formLines(
  state: AppState,
  form: ShownForm,
  width: number,
  aside: InnerAside,
  glyphs: Glyphs,
  tools: Tools,
): FormLines {
  const fields = formFields(state.wizard, form.page, form.view, tools);
  const lines: Line[] = [line(shorten(pageWords[form.page].intro, width, glyphs), 'quiet'), blank];
  const labelWidth = Math.min(maxLabel, Math.max(12, ...fields.steps.map(({ask}) => widthOf(ask)))) + 2;
  let focus = {from: 0, to: 0};
  let anchor = 0;
  let caret: Caret | undefined;
  for (const id of fields.ids) {
    const step = fields.steps.find((one) => one.id === id);
    const isFocused = form.view.focus === id;
    const field =
      step === undefined
        ? id === offersField
          ? offerLines(state, form, isFocused, width, glyphs, tools)
          : moreLines(fields.folded, isFocused, glyphs)
        : isFocused
          ? focusedLines(state, form, step, {label: labelWidth, width, aside}, glyphs, tools)
          : quietLines(state, step, {label: labelWidth, width}, glyphs, tools);
    if (isFocused) {
      focus = {from: lines.length, to: lines.length + field.lines.length};
      anchor = lines.length + (field.anchor ?? 0);
      caret = field.caret === undefined ? undefined : {row: lines.length + field.caret.row, column: field.caret.column};
    }
    lines.push(...field.lines);
  }
  return {lines, focus, anchor, caret};
}

/** The first line of the window: the whole field with the focus where it fits, its cursor in any case. */
export function windowTop({lines, focus, anchor}: FormLines, height: number): number {
  if (lines.length <= height) return 0;
  const last = lines.length - height;
  const fits = focus.to - focus.from <= height;
  const whole = Math.min(last, Math.max(0, fits ? focus.to - height : focus.from));
  return anchor >= whole + height ? Math.min(last, anchor - height + 1) : whole;
}

function moreLines(count: number, isFocused: boolean, glyphs: Glyphs): FieldLines {
  const text = `${glyphs.shut} ${count} more, rarely needed`;
  return {lines: [[span(isFocused ? `${glyphs.bar} ` : '  ', 'accent'), span(text, isFocused ? 'accent' : 'quiet')]]};
}

interface FieldWidths {
  readonly label: number;
  readonly width: number;
}

/** A field without the focus: one line, and under it what is wrong. */
function quietLines(
  state: AppState,
  step: Step,
  {label, width}: FieldWidths,
  glyphs: Glyphs,
  tools: Tools,
): FieldLines {
  const problems = problemsAt(state.wizard, step);
  const errors = problems.filter(({severity}) => severity === 'error');
  const warned = errors.length === 0 && problems.length > 0;
  const mark =
    errors.length > 0 ? span(`${glyphs.wrong} `, 'bad') : warned ? span(`${glyphs.warning} `, 'warn') : span('  ');
  const value = answerWord(state, step, tools);
  const note = dateNote(state, step, tools);
  return {
    lines: [
      [
        mark,
        span(pad(shorten(step.ask, label - 2, glyphs), label)),
        span(value.text, errors.length > 0 ? 'bad' : value.as),
        span(note === '' ? '' : `  ${note}`, 'quiet'),
      ],
      ...problemLines(errors.slice(0, 1), width, 4, glyphs),
      ...(step.id === broughtStep ? problemLines(broughtErrors(state, tools).slice(0, 1), width, 4, glyphs) : []),
    ],
  };
}

function focusedLines(
  state: AppState,
  form: ShownForm,
  step: Step,
  {label, width, aside}: FieldWidths & {readonly aside: InnerAside},
  glyphs: Glyphs,
  tools: Tools,
): FieldLines {
  const inside = width - 4;
  const head = [span(`${glyphs.bar} `, 'accent'), span(pad(shorten(step.ask, label - 2, glyphs), label), 'accent')];
  const help = paragraph(step.help, inside, 'quiet', 0);
  const problems = problemLines(problemsAt(state.wizard, step), inside, 0, glyphs);
  const below = (lines: readonly Line[]): readonly Line[] =>
    lines.map((one) => [span(`${glyphs.bar} `, 'accent'), span('  '), ...one]);
  switch (step.kind.kind) {
    case 'text':
    case 'list': {
      const note = dateNote(state, step, tools);
      const shown = visibleText(form.view.field, width - label - 3, glyphs);
      return {
        lines: [
          [...head, span(shown.text)],
          ...below([...(note === '' ? [] : [line(`Issued today, they are good ${note}.`)]), ...problems, ...help]),
        ],
        caret: {row: 0, column: 2 + label + shown.column},
      };
    }
    case 'choice':
    case 'choices': {
      const options = optionLines(state, form, step, glyphs);
      const about = step.kind.options[form.view.option];
      const gist = aside.kind === 'gist' ? gistText(state, form, step, tools) : '';
      const aboutLines = [
        ...(about === undefined ? [] : [blank, ...paragraph(about.help, inside)]),
        ...(gist === '' ? [] : paragraph(gist, inside, 'accent')),
      ];
      const meaning = aside.kind === 'inside' && aside.lines.length > 0 ? [blank, ...aside.lines] : [];
      const lines = [
        [...head, span(answerWord(state, step, tools).text)],
        ...below([...help, ...options, ...problems, ...aboutLines, ...meaning]),
      ];
      return {lines, anchor: 1 + help.length + form.view.option};
    }
    case 'records': {
      const table = recordsLines(state, form, step, inside, glyphs, tools);
      const above = wholeSentences(step.help, inside, 2).map((text) => line(text, 'quiet'));
      return {
        lines: [
          [...head, span(answerWord(state, step, tools).text, 'quiet')],
          ...below([
            ...above,
            ...table.lines,
            ...table.problems,
            ...(step.id === broughtStep ? broughtLines(state, form, inside, glyphs, tools) : []),
          ]),
        ],
        anchor: 1 + above.length + (table.anchor ?? 0),
        ...(table.caret === undefined
          ? {}
          : {caret: {row: 1 + above.length + table.caret.row, column: 4 + table.caret.column}}),
      };
    }
    default:
      return step.kind satisfies never;
  }
}

function optionLines(state: AppState, form: ShownForm, step: Step, glyphs: Glyphs): readonly Line[] {
  if (step.kind.kind !== 'choice' && step.kind.kind !== 'choices') return [];
  const isMany = step.kind.kind === 'choices';
  const chosen = isMany ? step.show(state.wizard.plan).split(/[\s,]+/) : [answerText(state.wizard, step)];
  return step.kind.options.map(({value, label}, index) => {
    const isChosen = chosen.includes(value);
    const isHere = index === form.view.option;
    const box = isMany ? (isChosen ? glyphs.on : glyphs.off) : isChosen ? glyphs.chosen : glyphs.free;
    return [
      span(isHere ? `${glyphs.pointer} ` : '  ', 'accent'),
      span(`${box} `, isChosen ? 'accent' : 'quiet'),
      span(label, isHere ? 'accent' : 'plain'),
    ];
  });
}

/** As many sentences as fit on so many lines; half a sentence says nothing. */
function wholeSentences(text: string, width: number, most: number): readonly string[] {
  let kept: readonly string[] = [];
  for (const end of text.matchAll(/[.;](?= |$)/g)) {
    const lines = wrap(text.slice(0, end.index + 1), width);
    if (lines.length > most) break;
    kept = lines;
  }
  return kept.length === 0 ? wrap(text, width).slice(0, most) : kept;
}

/** The answer in a few words, for a line. */
function answerWord(state: AppState, step: Step, tools: Tools): {readonly text: string; readonly as: Role} {
  const text = answerText(state.wizard, step);
  const {kind} = step;
  if (kind.kind === 'records') {
    const names = tools.recordsOf(step, text).map((record) => nameOf(step, record));
    return names.length === 0 ? {text: 'none', as: 'quiet'} : {text: someOf(names), as: 'plain'};
  }
  if (kind.kind === 'choice') {
    const option = kind.options.find(({value}) => value === text);
    return {text: option?.label ?? text, as: 'plain'};
  }
  return text === '' ? {text: 'none', as: 'quiet'} : {text, as: 'plain'};
}

function someOf(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}

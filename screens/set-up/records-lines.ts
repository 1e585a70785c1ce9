import type {PlanValue, RecordColumn, Step} from '../../src/wizard/step.ts';
import {problemsAt} from '../../src/wizard/wizard-state.ts';
import type {Line} from '../parts/text.ts';
import {blank, cell, line, pad, paragraph, span, widthOf} from '../parts/text.ts';
import {placeInList} from '../parts/list-state.ts';
import type {AppState} from '../screen.ts';
import type {Tools} from '../services.ts';
import type {Glyphs} from '../theme.ts';
import {answerText} from './form-fields.ts';
import type {FieldLines, TableLines} from './field-lines.ts';
import {visibleText} from '../parts/visible-text.ts';
import {problemLines} from '../parts/problem-lines.ts';
import type {ShownForm} from './form-state.ts';
import {tableOf} from './form-state.ts';
import {textLines} from './records-text-lines.ts';
import {tableHeight} from './records-take.ts';
import type {RecordsView, RowEditor} from './records-state.ts';
import {cellText, chosenOptions, columnsOf, placeProblems} from './records-state.ts';

export function recordsLines(
  state: AppState,
  form: ShownForm,
  step: Step,
  width: number,
  glyphs: Glyphs,
  tools: Tools,
): TableLines {
  const table = tableOf(form.view, step.id);
  switch (table.mode.kind) {
    case 'table':
      return tableLines(state, form, step, table, width, glyphs, tools);
    case 'row':
      return editorLines(step, table.mode, width, glyphs);
    case 'lines':
      return textLines(step, table, width, tableHeight(state, form, tools), glyphs);
    default:
      return table.mode satisfies never;
  }
}

function tableLines(
  state: AppState,
  form: ShownForm,
  step: Step,
  table: RecordsView,
  width: number,
  glyphs: Glyphs,
  tools: Tools,
): TableLines {
  const columns = columnsOf(step) ?? [];
  const records = tools.recordsOf(step, answerText(state.wizard, step));
  const found = problemsAt(state.wizard, step);
  if (records.length === 0) {
    return {lines: emptyLines(step, width), problems: problemLines(found, width, 0, glyphs)};
  }
  const problems = placeProblems(step, found, answerText(state.wizard, step));
  const height = tableHeight(state, form, tools);
  const list = placeInList(table.list, table.list.cursor, records.length, height);
  const visible = records.slice(list.top, list.top + height);
  const widths = columnWidths(step, records, width - 2);
  const wrong = new Set(problems.filter(({problem}) => problem.severity === 'error').map(({row}) => row));
  const rows = visible.map((record, index): Line => {
    const isHere = list.top + index === list.cursor;
    const isWrong = wrong.has(list.top + index);
    return [
      span(isHere ? `${glyphs.pointer} ` : isWrong ? `${glyphs.wrong} ` : '  ', isHere ? 'accent' : 'bad'),
      ...columns.map((column, at) =>
        span(
          apart(shownCell(column, cellText(column, record)), widths[at] ?? 0, glyphs),
          isWrong ? 'bad' : isHere ? 'accent' : at === 0 ? 'plain' : 'quiet',
        ),
      ),
    ];
  });
  const head: Line = [
    span('  '),
    ...columns.map((column, at) => span(apart(column.ask.toUpperCase(), widths[at] ?? 0, glyphs), 'quiet')),
  ];
  const here = problems.filter(({row}) => row === list.cursor);
  const shown = here.length > 0 ? here : problems.slice(0, 1);
  const more = problems.length - shown.length;
  return {
    lines: [head, ...rows, positionLine(list.top, visible.length, records.length, more, glyphs)],
    anchor: 1 + list.cursor - list.top,
    problems: problemLines(
      shown.map(({problem}) => problem),
      width,
      0,
      glyphs,
    ),
  };
}

/** Between columns, also where a text is cut. */
const columnGap = 2;

function apart(text: string, width: number, glyphs: Glyphs): string {
  return cell(text, width - columnGap, glyphs) + ' '.repeat(columnGap);
}

/** What to do with an empty table. */
function emptyLines(step: Step, width: number): readonly Line[] {
  const example = step.kind.kind === 'records' ? step.kind.example : '';
  return [
    blank,
    line('Nothing here yet.', 'quiet'),
    [
      span('a', 'key'),
      span(' adds a row; ', 'quiet'),
      ...(step.id === 'nodes' ? [span('i', 'key'), span(' imports nodes; ', 'quiet')] : []),
      span('p', 'key'),
      span(' takes many lines such as', 'quiet'),
    ],
    ...paragraph(example, width, 'plain', 2),
    blank,
  ];
}

function positionLine(top: number, visible: number, count: number, moreProblems: number, glyphs: Glyphs): Line {
  const above = top > 0 ? `${glyphs.above} ${top} above  ` : '';
  const hidden = count - top - visible;
  const below = hidden > 0 ? `${glyphs.below} ${hidden} below  ` : '';
  const more = moreProblems > 0 ? `${moreProblems} more to look at` : '';
  return line(`  ${above}${below}${more}`, 'quiet');
}

/** As wide as needed; where that is too much, the widest columns give first. */
function columnWidths(step: Step, records: readonly PlanValue[], width: number): readonly number[] {
  const widths = [...neededWidths(step, records)];
  while (widths.reduce((sum, one) => sum + one, 0) > width + columnGap) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= 6) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

/** Every row of a table is looked at for it: once, and not with each move of the cursor. */
const measured = new WeakMap<readonly PlanValue[], readonly number[]>();

function neededWidths(step: Step, records: readonly PlanValue[]): readonly number[] {
  const known = measured.get(records);
  if (known !== undefined) return known;
  const widths = (columnsOf(step) ?? []).map((column) =>
    records.reduce<number>(
      (most, record) => Math.max(most, widthOf(cellText(column, record)) + columnGap),
      widthOf(column.ask) + columnGap,
    ),
  );
  measured.set(records, widths);
  return widths;
}

function editorLines(step: Step, editor: RowEditor, width: number, glyphs: Glyphs): TableLines {
  const columns = columnsOf(step) ?? [];
  const labelWidth = Math.max(...columns.map(({ask}) => widthOf(ask))) + 2;
  const lines: Line[] = [line(editor.isNew ? 'A new row' : `Row ${editor.index + 1}`, 'title')];
  let caret: FieldLines['caret'];
  let anchor = 0;
  columns.forEach((column, index) => {
    const isHere = index === editor.column;
    const text = editor.cells[index] ?? {text: '', caret: 0};
    const labelCells = column.options === undefined ? labelWidth : labelWidth - 1;
    const label = span(pad(column.ask, labelCells), isHere ? 'accent' : 'plain');
    const pointer = span(isHere ? `${glyphs.pointer} ` : '  ', 'accent');
    const shown = visibleText({...text, text: shownCell(column, text.text)}, width - labelWidth - 2, glyphs);
    if (isHere) {
      anchor = lines.length;
      if (column.options === undefined) caret = {row: lines.length, column: 2 + labelWidth + shown.column};
    }
    lines.push([
      pointer,
      label,
      ...(column.options === undefined
        ? [span(shown.text)]
        : optionSpans(editor, index, column.options, isHere, glyphs)),
    ]);
    if (isHere)
      lines.push(
        ...paragraph(column.help, width - labelWidth - 2, 'quiet').map((one) => [
          span(' '.repeat(labelWidth + 2)),
          ...one,
        ]),
      );
    const wrong = editor.problems.filter((one) => (one.column ?? columns[0]?.id) === column.id);
    lines.push(
      ...problemLines(
        wrong.map(({problem}) => problem),
        width,
        labelWidth + 2,
        glyphs,
      ),
    );
  });
  return {
    lines: [blank, ...lines, blank],
    anchor: anchor + 1,
    problems: [],
    ...(caret === undefined ? {} : {caret: {...caret, row: caret.row + 1}}),
  };
}

function optionSpans(
  editor: RowEditor,
  column: number,
  options: readonly {readonly value: string; readonly label: string}[],
  isHere: boolean,
  glyphs: Glyphs,
): Line {
  const chosen = chosenOptions(editor, column);
  return options.flatMap(({value, label}, index) => {
    const isOn = chosen.includes(value);
    const isUnderCursor = isHere && index === editor.option;
    return [
      span(isUnderCursor ? glyphs.pointer : ' ', 'accent'),
      span(`${isOn ? glyphs.on : glyphs.off} `, isOn ? 'accent' : 'quiet'),
      span(`${label}  `, isUnderCursor ? 'accent' : isOn ? 'plain' : 'quiet'),
    ];
  });
}

/** A plan says where a passphrase is, never the passphrase itself: whoever types one here all the same sees stars. */
function shownCell({id}: RecordColumn, text: string): string {
  const isPlace = /^(?:file|env):/.test(text) || 'file:'.startsWith(text) || 'env:'.startsWith(text);
  return id !== 'passphrase' || isPlace ? text : '*'.repeat(text.length);
}

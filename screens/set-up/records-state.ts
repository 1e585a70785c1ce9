import type {Problem} from '../../src/base/problem.ts';
import type {PlanValue, RecordColumn, Step} from '../../src/wizard/step.ts';
import {cutText, isList, isMap, joinRecord} from '../../src/wizard/text-form.ts';
import type {ListState} from '../parts/list-state.ts';
import {listStart} from '../parts/list-state.ts';
import type {TextFieldState} from '../parts/text-field-state.ts';
import {textField} from '../parts/text-field-state.ts';

/** A question whose answer is a table. */
export interface RecordsView {
  readonly list: ListState;
  readonly mode: RecordsMode;
  /** What keys have changed, the last one at the end, to take it back. */
  readonly history: readonly TableChange[];
  /** Many lines that could not be taken yet. */
  readonly draft: string | undefined;
}

export interface TableChange {
  /** What was done: `the removal of cp-2`. */
  readonly what: string;
  /** The table's text before and after it. */
  readonly before: string;
  readonly after: string;
  /** The row that the cursor was on. */
  readonly cursor: number;
}

/** More changes than this nobody takes back one by one. */
const mostChanges = 50;

export function withChange(table: RecordsView, change: TableChange): RecordsView {
  return change.before === change.after ? table : {...table, history: [...table.history, change].slice(-mostChanges)};
}

export type RecordsMode =
  | {readonly kind: 'table'}
  | RowEditor
  /** All rows as lines of text. */
  | {readonly kind: 'lines'; readonly field: TextFieldState; readonly problems: readonly TableProblem[]};

export interface RowEditor {
  readonly kind: 'row';
  /** The row's place; the number of rows for a new one. */
  readonly index: number;
  readonly isNew: boolean;
  /** By column. */
  readonly cells: readonly TextFieldState[];
  /** The column with the focus. */
  readonly column: number;
  /** The option under the cursor, in a column with options. */
  readonly option: number;
  readonly problems: readonly TableProblem[];
}

export const recordsStart: RecordsView = {list: listStart, mode: {kind: 'table'}, history: [], draft: undefined};

type Columns = readonly [RecordColumn, ...RecordColumn[]];

export function columnsOf(step: Step): Columns | undefined {
  return step.kind.kind === 'records' ? step.kind.columns : undefined;
}

/** The table's rows as the text holds them. */
export function recordsOf(step: Step, text: string): readonly PlanValue[] {
  const value = cutText(step.kind, text);
  return isList(value) ? value : [];
}

/** The row as one line of text, which is how it is edited and accepted. */
export function lineOf(columns: Columns, record: PlanValue): string {
  return joinRecord(columns, record);
}

/** The text of one cell. */
export function cellText(column: RecordColumn, record: PlanValue): string {
  const value = isMap(record) && Object.hasOwn(record, column.id) ? record[column.id] : undefined;
  if (value === undefined || value === null) return '';
  if (isList(value)) return value.map((item) => (typeof item === 'string' ? item : '')).join(', ');
  return typeof value === 'string' ? value : joinRecord([column], record);
}

export function editorFor(columns: Columns, record: PlanValue | undefined, index: number): RowEditor {
  const cells = columns.map((column) => textField(record === undefined ? '' : cellText(column, record)));
  return {kind: 'row', index, isNew: record === undefined, cells, column: 0, option: 0, problems: []};
}

/** The record that the editor holds. */
export function editedRecord(columns: Columns, editor: RowEditor): PlanValue {
  return Object.fromEntries(
    columns.map((column, index): readonly [string, PlanValue] => {
      const text = editor.cells[index]?.text.trim() ?? '';
      const items = text.split(/[\s,;]+/).filter((item) => item !== '');
      return [column.id, column.isList ? items : text === '' ? null : text];
    }),
  );
}

/** Options chosen in a column. */
export function chosenOptions(editor: RowEditor, column: number): readonly string[] {
  return (editor.cells[column]?.text ?? '').split(/[\s,]+/).filter((item) => item !== '');
}

export function toggleOption(editor: RowEditor, columns: Columns): RowEditor {
  const column = columns[editor.column];
  const option = column?.options?.[editor.option];
  if (column === undefined || option === undefined) return editor;
  const chosen = chosenOptions(editor, editor.column);
  const isChosen = chosen.includes(option.value);
  const without = chosen.filter((value) => value !== option.value);
  const next = isChosen ? without : column.isList ? [...without, option.value] : [option.value];
  const ordered = (column.options ?? []).map(({value}) => value).filter((value) => next.includes(value));
  return withCell(editor, textField(ordered.join(', ')));
}

export function withCell(editor: RowEditor, cell: TextFieldState): RowEditor {
  return {...editor, cells: editor.cells.map((old, index) => (index === editor.column ? cell : old))};
}

export function toColumn(editor: RowEditor, column: number): RowEditor {
  const cells = editor.cells.map((cell, index) => (index === column ? textField(cell.text) : cell));
  return {...editor, cells, column: Math.max(0, Math.min(column, editor.cells.length - 1)), option: 0};
}

/** A problem, and where in the table it is. */
export interface TableProblem {
  readonly problem: Problem;
  /** undefined = it is about the table as a whole. */
  readonly row: number | undefined;
  /** The column's id. */
  readonly column: string | undefined;
}

/**
 * `nodes[1].addresses[0]` → row 1, column `addresses`. Where the plan has a map, the row is the one of that name:
 * `trust.authorities.etcd-ca.key` → the row whose first cell is `etcd-ca`, column `key`.
 *
 * @param text the table that the problems are about
 */
export function placeProblems(step: Step, problems: readonly Problem[], text: string): readonly TableProblem[] {
  return problems.map((problem) => {
    const {path} = problem.at;
    const inside = path.startsWith(step.id) ? path.slice(step.id.length) : '';
    const [, index, column] = /^\[(\d+)\](?:\.([^.[]+))?/.exec(inside) ?? [];
    if (index !== undefined) return {problem, row: Number(index), column};
    const named = inside.startsWith('.') ? rowOfName(step, inside.slice(1), text) : undefined;
    return named === undefined ? {problem, row: undefined, column: undefined} : {problem, ...named};
  });
}

function rowOfName(
  step: Step,
  rest: string,
  text: string,
): {readonly row: number; readonly column: string | undefined} | undefined {
  const names = recordsOf(step, text).map((record) => nameOf(step, record));
  const row = names.findIndex((name) => rest === name || rest.startsWith(`${name}.`));
  const name = names[row];
  return name === undefined ? undefined : {row, column: /^[^.[]+/.exec(rest.slice(name.length + 1))?.[0]};
}

/** The first cell, which names the row. */
export function nameOf(step: Step, record: PlanValue): string {
  const first = columnsOf(step)?.[0];
  return first === undefined ? '' : cellText(first, record);
}

import type {Step} from '../../src/wizard/step.ts';
import type {ActionId} from '../keys.ts';
import {isTextAction} from '../keys.ts';
import {isListMove, moveInList} from '../parts/list-state.ts';
import type {TextFieldState} from '../parts/text-field-state.ts';
import {editText, insertText, manyLines, moveLine, oneLine, textField} from '../parts/text-field-state.ts';
import type {AppState} from '../screen.ts';
import type {Tools} from '../services.ts';
import {answerText} from './form-fields.ts';
import {openImport} from './import-overlay.ts';
import {changeRows} from './records-change.ts';
import {hasOptions} from './records-hints.ts';
import {tableHeight, takeLines, takeRow} from './records-take.ts';
import type {ShownForm} from './form-state.ts';
import {tableOf, withTable} from './form-state.ts';
import type {RecordsView, RowEditor, TableProblem} from './records-state.ts';
import {columnsOf, editorFor, toColumn, toggleOption, withCell} from './records-state.ts';

/** Keys of a question whose answer is a table: rows by keys, one row in an editor, or all of them as lines of text. */

export function isTypingInTable(form: ShownForm, step: Step): boolean {
  const {mode} = tableOf(form.view, step.id);
  return mode.kind === 'lines' || (mode.kind === 'row' && !hasOptions(step, mode));
}

/** `undefined` = not a key of the table: the page decides. */
export function actOnTable(
  state: AppState,
  form: ShownForm,
  step: Step,
  action: ActionId,
  tools: Tools,
): AppState | undefined {
  const table = tableOf(form.view, step.id);
  switch (table.mode.kind) {
    case 'table':
      return actOnRows(state, form, step, table, action, tools);
    case 'row':
      return actOnEditor(state, form, step, table, table.mode, action, tools);
    case 'lines':
      return actOnLines(state, form, step, table, table.mode.field, action, tools);
    default:
      return table.mode satisfies never;
  }
}

export function typeIntoTable(state: AppState, form: ShownForm, step: Step, text: string): AppState {
  const table = tableOf(form.view, step.id);
  const {mode} = table;
  if (mode.kind === 'lines') {
    return withTable(state, form, step.id, {...table, mode: {...mode, field: insertText(mode.field, text)}});
  }
  const cell = mode.kind === 'row' ? mode.cells[mode.column] : undefined;
  if (mode.kind !== 'row' || cell === undefined) return state;
  return withTable(state, form, step.id, {...table, mode: withCell(mode, insertText(cell, text))});
}

/** Lines pasted onto the table become rows at once; where one is wrong, all of them wait in the editor of lines. */
export function pasteIntoTable(state: AppState, form: ShownForm, step: Step, text: string, tools: Tools): AppState {
  const table = tableOf(form.view, step.id);
  if (table.mode.kind === 'lines') return typeIntoTable(state, form, step, manyLines(text));
  if (table.mode.kind === 'row') return typeIntoTable(state, form, step, oneLine(text));
  const before = answerText(state.wizard, step);
  const all = [before, manyLines(text).trim()].filter((part) => part !== '').join('\n');
  return takeLines(state, form, step, table, all, tools);
}

function actOnRows(
  state: AppState,
  form: ShownForm,
  step: Step,
  table: RecordsView,
  action: ActionId,
  tools: Tools,
): AppState | undefined {
  const columns = columnsOf(step);
  if (columns === undefined) return undefined;
  const text = answerText(state.wizard, step);
  const records = tools.recordsOf(step, text);
  const {cursor} = table.list;
  const height = tableHeight(state, form, tools);
  const isPaging = action === 'page-up' || action === 'page-down';
  // With nothing to scroll to, the page keys turn the pages of the wizard as they do beside every other question.
  if (isPaging && records.length <= height) return undefined;
  if (isListMove(action)) {
    const list = moveInList(table.list, action, records.length, height);
    return list === table.list ? state : withTable(state, form, step.id, {...table, list});
  }
  switch (action) {
    case 'add':
      return withTable(state, form, step.id, {...table, mode: editorFor(columns, undefined, records.length)});
    case 'edit': {
      const record = records[cursor];
      if (record === undefined) return state;
      return withTable(state, form, step.id, {...table, mode: editorFor(columns, record, cursor)});
    }
    case 'remove':
    case 'undo':
    case 'duplicate':
    case 'move-row-up':
    case 'move-row-down':
    case 'role-control-plane':
    case 'role-etcd':
    case 'role-worker':
      return changeRows(state, form, step, table, action, tools);
    case 'import':
      return openImport(state, step);
    case 'paste-lines': {
      const field = textField(table.draft ?? (text === '' ? '' : `${text}\n`));
      return withTable(state, form, step.id, {...table, mode: {kind: 'lines', field, problems: []}});
    }
    default:
      return undefined;
  }
}

function actOnEditor(
  state: AppState,
  form: ShownForm,
  step: Step,
  table: RecordsView,
  editor: RowEditor,
  action: ActionId,
  tools: Tools,
): AppState | undefined {
  const columns = columnsOf(step);
  if (columns === undefined) return undefined;
  const become = (mode: RecordsView['mode']): AppState => withTable(state, form, step.id, {...table, mode});
  const cell = editor.cells[editor.column];
  if (isTextAction(action)) return cell === undefined ? state : become(withCell(editor, editText(cell, action)));
  const optionCount = columns[editor.column]?.options?.length ?? 0;
  switch (action) {
    case 'up':
    case 'previous-field':
      return become(toColumn(editor, editor.column - 1));
    case 'down':
    case 'next-field':
      return become(toColumn(editor, editor.column + 1));
    case 'close':
      return become({...editor, option: Math.max(0, editor.option - 1)});
    case 'open':
      return become({...editor, option: Math.min(optionCount - 1, editor.option + 1)});
    case 'toggle':
      return become(toggleOption(editor, columns));
    case 'back':
      return become({kind: 'table'});
    case 'accept':
      if (editor.column < columns.length - 1) return become(toColumn(editor, editor.column + 1));
      return takeRow(state, form, step, table, editor, tools);
    default:
      return state;
  }
}

function actOnLines(
  state: AppState,
  form: ShownForm,
  step: Step,
  table: RecordsView,
  field: TextFieldState,
  action: ActionId,
  tools: Tools,
): AppState {
  const become = (next: TextFieldState): AppState =>
    withTable(state, form, step.id, {...table, mode: {kind: 'lines', field: next, problems: linesProblems(table)}});
  if (isTextAction(action)) return become(editText(field, action));
  switch (action) {
    case 'accept':
      return become(insertText(field, '\n'));
    case 'up':
      return become(moveLine(field, -1));
    case 'down':
      return become(moveLine(field, 1));
    case 'next-field':
      return takeLines(state, form, step, table, field.text, tools);
    case 'back':
      return withTable(state, form, step.id, {
        ...table,
        mode: {kind: 'table'},
        draft: draftOf(state, step, field.text),
      });
    default:
      return state;
  }
}

function linesProblems({mode}: RecordsView): readonly TableProblem[] {
  return mode.kind === 'lines' ? mode.problems : [];
}

/** Lines that differ from the table wait for the next time; the same ones need not. */
function draftOf(state: AppState, step: Step, text: string): string | undefined {
  return text.trim() === answerText(state.wizard, step).trim() ? undefined : text;
}

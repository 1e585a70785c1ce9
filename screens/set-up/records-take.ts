import {count} from '../../src/report/words.ts';
import type {Step} from '../../src/wizard/step.ts';
import {said} from '../../src/wizard/wizard-state.ts';
import {placeInList} from '../parts/list-state.ts';
import type {AppState} from '../screen.ts';
import {layoutAt, withWizard} from '../screen.ts';
import type {Tools} from '../services.ts';
import {answerText, formFields} from './form-fields.ts';
import type {ShownForm} from './form-state.ts';
import {withTable} from './form-state.ts';
import type {RecordsView, RowEditor, TableProblem} from './records-state.ts';
import {columnsOf, editedRecord, lineOf, placeProblems, toColumn, withChange} from './records-state.ts';

/** How rows of a table go into the plan: one from its editor, or all of them as lines of text. */

/** Rows of the table that fit on the page. Form lines are made by the same number. */
export function tableHeight(state: AppState, form: ShownForm, tools: Tools): number {
  const others = formFields(state.wizard, form.page, form.view, tools).ids.length - 1;
  return Math.max(3, layoutAt(state).height - others - tableChrome);
}

/** Title and blank line of the page; label, help, headings, and room for what is wrong. */
const tableChrome = 10;

/** The row goes into the plan, or the editor stays open with what is wrong. */
export function takeRow(
  state: AppState,
  form: ShownForm,
  step: Step,
  table: RecordsView,
  editor: RowEditor,
  tools: Tools,
): AppState {
  const columns = columnsOf(step);
  if (columns === undefined) return state;
  const records = tools.recordsOf(step, answerText(state.wizard, step));
  const lines = records.map((record) => lineOf(columns, record));
  const changed = lines.toSpliced(editor.index, editor.isNew ? 0 : 1, lineOf(columns, editedRecord(columns, editor)));
  const problems = errorsOf(state, step, changed.join('\n'), tools).filter(({row}) => row === editor.index);
  if (problems.length > 0) {
    const wrong = columns.findIndex(({id}) => problems.some(({column}) => column === id));
    return withTable(state, form, step.id, {
      ...table,
      mode: {...toColumn(editor, Math.max(0, wrong)), problems},
    });
  }
  const name = lineOf(columns, editedRecord(columns, editor)).split(' ')[0] ?? '';
  const what = editor.isNew ? `the new row ${name}` : `the change of ${name}`;
  return withLines(state, form, step, changed, {table, cursor: editor.index, what}, tools);
}

export function takeLines(
  state: AppState,
  form: ShownForm,
  step: Step,
  table: RecordsView,
  text: string,
  tools: Tools,
): AppState {
  const problems = errorsOf(state, step, text, tools);
  const parsed = tools.accept(step, text, state.wizard.plan);
  if (!parsed.ok || problems.some(({row}) => row !== undefined)) {
    const field = {text, caret: caretAtRow(text, problems[0]?.row)};
    return withTable(state, form, step.id, {...table, mode: {kind: 'lines', field, problems}, draft: text});
  }
  const before = tools.recordsOf(step, answerText(state.wizard, step)).length;
  const answered = withWizard(state, {kind: 'answered', step: step.id, raw: text}, tools);
  const now = tools.recordsOf(step, step.show(answered.wizard.plan)).length;
  const list = placeInList(
    table.list,
    before === now ? table.list.cursor : now - 1,
    now,
    tableHeight(state, form, tools),
  );
  const changed = changedTable(table, state, answered, step, 'the lines');
  const settled = withTable(answered, form, step.id, {...changed, mode: {kind: 'table'}, draft: undefined, list});
  return now > before ? withNotice(settled, `${count(now - before, 'row')} added.`, tools) : settled;
}

/** What would be wrong in the table with this text: its form, and how it fits the rest of the plan. */
function errorsOf(state: AppState, step: Step, text: string, tools: Tools): readonly TableProblem[] {
  const parsed = tools.accept(step, text, state.wizard.plan);
  const problems = parsed.ok ? step.check(parsed.plan) : parsed.problems;
  return placeProblems(
    step,
    problems.filter(({severity}) => severity === 'error'),
    text,
  );
}

/** Notes what was done, so that it can be taken back. */
function changedTable(table: RecordsView, before: AppState, after: AppState, step: Step, what: string): RecordsView {
  return withChange(table, {
    what,
    before: answerText(before.wizard, step),
    after: answerText(after.wizard, step),
    cursor: table.list.cursor,
  });
}

interface LinesChange {
  readonly table: RecordsView;
  /** The row that the cursor goes to. */
  readonly cursor: number;
  /** What was done: `the removal of cp-2`; undefined = it was taken back, which is no change to take back. */
  readonly what: string | undefined;
}

/** The table has these lines now. What is wrong with them stays as it is, and is said under the table. */
export function withLines(
  state: AppState,
  form: ShownForm,
  step: Step,
  lines: readonly string[],
  {table, cursor, what}: LinesChange,
  tools: Tools,
): AppState {
  const answered = withWizard(state, {kind: 'answered', step: step.id, raw: lines.join('\n')}, tools);
  const list = placeInList(table.list, cursor, lines.length, tableHeight(state, form, tools));
  const changed = what === undefined ? table : changedTable(table, state, answered, step, what);
  return withTable(answered, form, step.id, {...changed, mode: {kind: 'table'}, draft: undefined, list});
}

export function withNotice(state: AppState, text: string, tools: Tools): AppState {
  // What was voided is more important than what was done.
  return state.wizard.notice?.kind === 'voided'
    ? state
    : withWizard(state, {kind: 'noticed', notice: said('plain', text)}, tools);
}

/** The start of the row's line; rows are the lines that hold something. */
function caretAtRow(text: string, row: number | undefined): number {
  if (row === undefined) return text.length;
  let seen = -1;
  let start = 0;
  for (const line of text.split('\n')) {
    if (line.trim() !== '') seen += 1;
    if (seen === row) return start;
    start += line.length + 1;
  }
  return text.length;
}

import {duplicateRow, moveRow, reservedAddresses, toggleWord} from '../../src/wizard/change-records.ts';
import type {Step} from '../../src/wizard/step.ts';
import type {ActionId} from '../keys.ts';
import type {AppState} from '../screen.ts';
import type {Tools} from '../services.ts';
import {answerText} from './form-fields.ts';
import type {ShownForm} from './form-state.ts';
import {withTable} from './form-state.ts';
import type {RecordsView} from './records-state.ts';
import {columnsOf, editorFor, lineOf, nameOf} from './records-state.ts';
import {withLines, withNotice} from './records-take.ts';

/** Keys that change whole rows of a table. Each is one change, and one undo takes it back. */

type RowAction = Extract<
  ActionId,
  'remove' | 'undo' | 'duplicate' | 'move-row-up' | 'move-row-down' | 'role-control-plane' | 'role-etcd' | 'role-worker'
>;

export function changeRows(
  state: AppState,
  form: ShownForm,
  step: Step,
  table: RecordsView,
  action: RowAction,
  tools: Tools,
): AppState {
  const columns = columnsOf(step);
  if (columns === undefined) return state;
  if (action === 'undo') return undo(state, form, step, table, tools);
  const rows = tools.recordsOf(step, answerText(state.wizard, step));
  const {cursor} = table.list;
  const row = rows[cursor];
  if (row === undefined) return state;
  const lines = rows.map((each) => lineOf(columns, each));
  const name = nameOf(step, row);
  const become = (changed: readonly string[], to: number, what: string): AppState =>
    withLines(state, form, step, changed, {table, cursor: to, what}, tools);
  switch (action) {
    case 'remove': {
      const removed = become(lines.toSpliced(cursor, 1), cursor, `the removal of ${name}`);
      return withNotice(removed, `${name} is removed. u brings it back.`, tools);
    }
    case 'duplicate':
      return duplicate(state, form, step, table, tools);
    case 'move-row-up':
    case 'move-row-down': {
      const to = cursor + (action === 'move-row-up' ? -1 : 1);
      const moved = moveRow(lines, cursor, to);
      return moved === lines ? state : become(moved, to, `the move of ${name}`);
    }
    case 'role-control-plane':
    case 'role-etcd':
    case 'role-worker': {
      const column = columns.find(({id}) => id === 'roles');
      if (column === undefined) return state;
      const toggled = toggleWord(column, row, action.slice('role-'.length));
      return become(lines.with(cursor, lineOf(columns, toggled)), cursor, `the role of ${name}`);
    }
    default:
      return action satisfies never;
  }
}

/** The last change that is still what it led to; one that something else has come after is no longer ours to take back. */
function undo(state: AppState, form: ShownForm, step: Step, table: RecordsView, tools: Tools): AppState {
  const last = table.history.at(-1);
  if (last === undefined) return withNotice(state, 'There is nothing to take back.', tools);
  const history = table.history.slice(0, -1);
  if (last.after !== answerText(state.wizard, step)) {
    return withNotice(
      withTable(state, form, step.id, {...table, history: []}),
      'The table was changed otherwise since; nothing is taken back.',
      tools,
    );
  }
  const lines = last.before === '' ? [] : last.before.split('\n');
  const undone = withLines(
    state,
    form,
    step,
    lines,
    {table: {...table, history}, cursor: last.cursor, what: undefined},
    tools,
  );
  return withNotice(undone, `Taken back: ${last.what}.`, tools);
}

/** A row like the one under the cursor, below it; where no free address is near, its editor opens to be given one. */
function duplicate(state: AppState, form: ShownForm, step: Step, table: RecordsView, tools: Tools): AppState {
  const columns = columnsOf(step);
  if (columns === undefined) return state;
  const rows = tools.recordsOf(step, answerText(state.wizard, step));
  const {cursor} = table.list;
  const {row, name, addresses, without} = duplicateRow(columns, rows, cursor, reservedAddresses(state.wizard.plan));
  const below = cursor + 1;
  if (without.length > 0) {
    const editor = {...editorFor(columns, row, below), isNew: true};
    const open = withTable(state, form, step.id, {...table, mode: editor});
    return withNotice(open, `No free address is near ${without.join(', ')}: give one.`, tools);
  }
  const lines = rows.map((each) => lineOf(columns, each)).toSpliced(below, 0, lineOf(columns, row));
  const added = withLines(state, form, step, lines, {table, cursor: below, what: `the new row ${name}`}, tools);
  const where = addresses.length === 0 ? '' : ` with ${addresses.join(', ')}, which no other row has`;
  return withNotice(added, `${name} is added${where}. e changes it, u takes it back.`, tools);
}

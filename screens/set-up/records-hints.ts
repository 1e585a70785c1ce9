import {hasOrder} from '../../src/wizard/change-records.ts';
import type {Step} from '../../src/wizard/step.ts';
import type {Hint} from '../keys.ts';
import type {ShownForm} from './form-state.ts';
import {tableOf} from './form-state.ts';
import type {RowEditor} from './records-state.ts';
import {columnsOf} from './records-state.ts';

/** Which keys live in a table, in the editor of a row, and in its lines of text. */

export function hintsOfTable(form: ShownForm, step: Step): readonly Hint[] {
  const {mode} = tableOf(form.view, step.id);
  switch (mode.kind) {
    case 'table':
      return hintsOfRows(step);
    case 'row':
      return [
        {action: 'accept', label: 'next, then done'},
        ...(hasOptions(step, mode) ? toggles : []),
        {action: 'up', with: 'down', label: 'field'},
        {action: 'next-field', with: 'previous-field', quiet: true},
        {action: 'back', label: 'leave it'},
      ];
    case 'lines':
      return [
        {action: 'next-field', label: 'take these lines'},
        {action: 'up', with: 'down', label: 'line'},
        {action: 'accept', label: 'new line', quiet: true},
        {action: 'back', label: 'back to the table'},
      ];
    default:
      return mode satisfies never;
  }
}

/** What can be done with rows; roles and other places to take nodes from are for the table of nodes. */
function hintsOfRows(step: Step): readonly Hint[] {
  const isNodes = step.id === 'nodes';
  const inOrder = hasOrder(step);
  return [
    {action: 'accept', label: 'next'},
    {action: 'add', with: 'edit', label: 'add, edit'},
    ...(isNodes ? roleHints : []),
    ...(isNodes ? ([{action: 'duplicate', with: 'import', label: 'copy, import'}] as const) : []),
    ...(inOrder && !isNodes ? ([{action: 'duplicate'}] as const) : []),
    {action: 'remove'},
    {action: 'paste-lines', ...(isNodes ? {quiet: true} : {})},
    {action: 'up', with: 'down', label: 'row', ...(isNodes ? {quiet: true} : {})},
    ...(inOrder ? ([{action: 'move-row-down', with: 'move-row-up', quiet: true}] as const) : []),
    {action: 'undo', quiet: true},
    {action: 'page-up', with: 'page-down', quiet: true},
    {action: 'first', with: 'last', quiet: true},
  ];
}

const roleHints: readonly Hint[] = [
  {action: 'role-control-plane', keys: 'CEW', label: 'role'},
  {action: 'role-etcd', quiet: true},
  {action: 'role-worker', quiet: true},
];

const toggles: readonly Hint[] = [
  {action: 'toggle', label: 'on or off'},
  {action: 'close', with: 'open', label: 'option'},
];

/** Whether the cell with the focus is chosen from words. */
export function hasOptions(step: Step, editor: RowEditor): boolean {
  return columnsOf(step)?.[editor.column]?.options !== undefined;
}

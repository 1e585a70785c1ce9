import type {NodeView} from '../../src/journeys/rotate-services.ts';
import type {Restart} from '../../src/pki/rotation.ts';
import type {ShownPlan} from '../../src/report/renewal-text.ts';
import type {RunFailure} from '../../src/wizard/wizard-state.ts';
import {listStart, type ListState} from '../parts/list-state.ts';
import {textField, type TextFieldState} from '../parts/text-field-state.ts';
import type {NodeRow, NodeTable, TableRow} from './node-rows.ts';
import {shownRows, tableOf} from './node-rows.ts';
import type {RotationRun} from './rotation-run.ts';
import {standOn} from './row-list.ts';
import {chosenNames, choiceStart, type Choice} from './wish.ts';

/** The whole of Rotate: one value. No key is in it: what was issued stays with who issued it. */
export interface RotateState {
  /** The folder that is the node's `/`, as typed; `/` is this machine. */
  readonly root: string;
  readonly place: RotatePlace;
  /** As it was looked at last. */
  readonly node: LookedAtNode | undefined;
  readonly choice: Choice;
  /** In the inventory. */
  readonly list: ListState;
  readonly filter: TextFieldState;
  /** In the difference. */
  readonly differenceList: ListState;
  /** What was changed in this run of the program, for what is said once the screen is gone; the last one. */
  readonly ended: RotationRun | undefined;
}

export interface LookedAtNode {
  /** Its `/`, as typed: what commands name. */
  readonly root: string;
  readonly view: NodeView;
  readonly table: NodeTable;
  /** What the filter lets through, with its headings. */
  readonly rows: readonly TableRow[];
}

/** Where in Rotate one is. */
export type RotatePlace =
  | {readonly at: 'looking'}
  /** Asks for the folder of a node's files. `failure`: why the last one would not do. */
  | {readonly at: 'folder'; readonly field: TextFieldState; readonly failure: RunFailure | undefined}
  /** What an earlier run has left comes before anything else. */
  | {readonly at: 'interrupted'; readonly isRecovering: boolean; readonly failure: RunFailure | undefined}
  | {readonly at: 'inventory'; readonly isFiltering: boolean}
  /** A row of the inventory, in full. */
  | {readonly at: 'item'; readonly row: NodeRow; readonly top: number}
  /** The names that a certificate is to get and to lose. */
  | {
      readonly at: 'names';
      readonly row: NodeRow & {readonly kind: 'leaf'};
      readonly list: ListState;
      readonly field: TextFieldState;
      readonly fault: string | undefined;
    }
  /** For how long, and with which key. */
  | {
      readonly at: 'options';
      readonly focus: 'validity' | 'key';
      readonly field: TextFieldState;
      readonly fault: string | undefined;
    }
  | {readonly at: 'preparing'; readonly failure: RunFailure | undefined}
  | ({readonly at: 'difference'} & Difference)
  | {
      readonly at: 'changing';
      readonly run: RotationRun;
      /** First visible line; undefined = it follows what comes. */
      readonly top: number | undefined;
      /** Of the three answers to a question. */
      readonly answer: number;
      /** What it was made from, to go back to when nothing was changed. */
      readonly difference: Difference;
    }
  | {readonly at: 'result'; readonly run: RotationRun; readonly top: number; readonly copied: number | undefined};

export interface Difference {
  readonly shown: ShownPlan;
  readonly restarts: readonly Restart[];
  /** First visible line of the row that is opened; undefined = the list is shown. */
  readonly opened: number | undefined;
  /** Why the last attempt changed nothing. */
  readonly failure: RunFailure | undefined;
}

export const rotateStart: RotateState = {
  root: '/',
  place: {at: 'looking'},
  node: undefined,
  choice: choiceStart,
  list: listStart,
  filter: textField(''),
  differenceList: listStart,
  ended: undefined,
};

/** Takes what a look has found; choices stay as far as there still is something to choose. */
export function withNode(rotate: RotateState, view: NodeView, height: number): RotateState {
  const isSame = rotate.node?.view.root === view.root;
  const kept = isSame ? rotate : {...rotate, choice: choiceStart, filter: textField(''), list: listStart};
  const table = tableOf(view);
  const rows = shownRows(table, kept.filter.text);
  const under = rowUnderCursor(kept);
  const row =
    under === undefined
      ? rows.findIndex((one) => !one.isHeading && one.kind === 'leaf')
      : rows.findIndex(({id}) => id === under.id);
  const list = standOn({...kept.list, cursor: Math.max(0, row)}, rows, height);
  const place: RotatePlace =
    view.interrupted === undefined
      ? {at: 'inventory', isFiltering: false}
      : {at: 'interrupted', isRecovering: false, failure: undefined};
  return {...kept, node: {root: rotate.root, view, table, rows}, list, place};
}

export function withFilter(rotate: RotateState, filter: TextFieldState, height: number): RotateState {
  const {node} = rotate;
  if (node === undefined || filter.text === rotate.filter.text) return {...rotate, filter};
  const under = rowUnderCursor(rotate);
  const rows = shownRows(node.table, filter.text);
  const row = rows.findIndex(({id}) => id === under?.id);
  const list = standOn({...rotate.list, cursor: Math.max(0, row)}, rows, height);
  return {...rotate, filter, node: {...node, rows}, list};
}

export function rowUnderCursor({node, list}: RotateState): NodeRow | undefined {
  const row = node?.rows[list.cursor];
  return row === undefined || row.isHeading ? undefined : row;
}

export function chosenCount({node, choice}: RotateState): number {
  return node === undefined ? 0 : chosenNames(node.view, choice).size;
}

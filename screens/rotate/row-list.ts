import type {ListMove, ListState} from '../parts/list-state.ts';
import {moveInList, placeInList} from '../parts/list-state.ts';

/** A row that the cursor stands on, or a heading that it passes over. */
export interface ListRow {
  readonly isHeading: boolean;
}

/** Moves the cursor; from a heading it goes on the way it came, and back where that way ends. */
export function moveOverHeadings(list: ListState, move: ListMove, rows: readonly ListRow[], height: number): ListState {
  const moved = moveInList(list, move, rows.length, height);
  const isUp = move === 'up' || move === 'page-up' || move === 'last';
  return standOn(moved, rows, height, isUp ? -1 : 1);
}

/** Puts the cursor on a row, or on the nearest that is no heading. */
export function standOn(list: ListState, rows: readonly ListRow[], height: number, first: 1 | -1 = 1): ListState {
  const row = nextRow(list.cursor, first, rows) ?? nextRow(list.cursor, first === 1 ? -1 : 1, rows) ?? list.cursor;
  const placed = placeInList(list, row, rows.length, height);
  // What stands above the first row is seen with it.
  const isFirst = nextRow(row - 1, -1, rows) === undefined;
  return isFirst && placed.top > 0 && placed.cursor < height ? {cursor: placed.cursor, top: 0} : placed;
}

function nextRow(from: number, by: 1 | -1, rows: readonly ListRow[]): number | undefined {
  for (let row = from; row >= 0 && row < rows.length; row += by) if (rows[row]?.isHeading === false) return row;
  return undefined;
}

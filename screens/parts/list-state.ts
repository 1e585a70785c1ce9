/** A cursor in a list of which only a window is drawn. */
export interface ListState {
  readonly cursor: number;
  /** The first row of the window. */
  readonly top: number;
}

export const listStart: ListState = {cursor: 0, top: 0};

export type ListMove = 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last';
const listMoves: readonly string[] = ['up', 'down', 'page-up', 'page-down', 'first', 'last'] satisfies ListMove[];

export function isListMove(action: string): action is ListMove {
  return listMoves.includes(action);
}

/** @param height rows of the window; the cursor is always inside it afterwards */
export function moveInList(list: ListState, move: ListMove, count: number, height: number): ListState {
  return placeInList(list, target(list.cursor, move, count, height), count, height);
}

/** Puts the cursor on a row and the window around it, moving the window as little as possible; the same list if nothing moves. */
export function placeInList(list: ListState, row: number, count: number, height: number): ListState {
  const cursor = Math.max(0, Math.min(row, count - 1));
  const rows = Math.max(1, height);
  const highest = Math.max(0, Math.min(cursor, count - rows));
  const top = Math.max(0, Math.min(list.top, highest), cursor - rows + 1);
  return cursor === list.cursor && top === list.top ? list : {cursor, top};
}

function target(cursor: number, move: ListMove, count: number, height: number): number {
  const page = Math.max(1, height - 1);
  switch (move) {
    case 'up':
      return cursor - 1;
    case 'down':
      return cursor + 1;
    case 'page-up':
      return cursor - page;
    case 'page-down':
      return cursor + page;
    case 'first':
      return 0;
    case 'last':
      return count - 1;
    default:
      return move satisfies never;
  }
}

/** For text that scrolls without a cursor. */
export function scrollTo(top: number, move: ListMove, count: number, height: number): number {
  const last = Math.max(0, count - height);
  return Math.max(0, Math.min(target(Math.min(top, last), move, last + 1, height), last));
}

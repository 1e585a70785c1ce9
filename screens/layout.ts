/** Terminal cells. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Below this one message is shown instead, and the state waits. */
export const minimumSize: Size = {columns: 60, rows: 16};

/** Rows that are not the screen's own: header, rule, status line, footer. */
const chromeRows = 4;
const railFrom = 100;
const railWidth = 24;
/** Empty columns at the left and the right of a body. */
export const margin = 2;

/** Where things are; the reducer moves windows by it and the frame is drawn by it, so they always agree. */
export interface Layout {
  readonly size: Size;
  readonly isEnough: boolean;
  /** Columns of the rail of steps; 0 = there is none. */
  readonly rail: number;
  /** Columns and rows that a screen may fill. */
  readonly width: number;
  readonly height: number;
  /** The body's first cell, for the terminal's own cursor. */
  readonly left: number;
  readonly top: number;
}

export function layoutOf(size: Size, hasRail: boolean): Layout {
  const rail = hasRail && size.columns >= railFrom ? railWidth : 0;
  return {
    size,
    isEnough: size.columns >= minimumSize.columns && size.rows >= minimumSize.rows,
    rail,
    width: Math.max(1, size.columns - rail - 2 * margin),
    height: Math.max(1, size.rows - chromeRows),
    left: rail + margin,
    top: 2,
  };
}

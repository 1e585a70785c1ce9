/** Glyphs of plain text, with their ASCII twins, and the room that there is. */
export interface TextGlyphs {
  readonly ellipsis: string;
  readonly arrow: string;
  readonly dot: string;
  /** Columns of the terminal: tables that are wider become lists. Left out = they stay tables. */
  readonly width?: number;
}

export const textGlyphs: Readonly<Record<'unicode' | 'ascii', TextGlyphs>> = {
  unicode: {ellipsis: '…', arrow: '→', dot: '·'},
  ascii: {ellipsis: '...', arrow: '->', dot: '-'},
};

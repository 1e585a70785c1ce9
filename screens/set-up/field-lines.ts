import type {Line} from '../parts/text.ts';

export interface Caret {
  readonly row: number;
  readonly column: number;
}

/** Lines of one field, with places relative to its first line. */
export interface FieldLines {
  readonly lines: readonly Line[];
  readonly anchor?: number;
  readonly caret?: Caret;
}

/** A table, its row editor, or its lines of text; what is wrong comes apart, so that it can stand under all of it. */
export type TableLines = FieldLines & {readonly problems: readonly Line[]};

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

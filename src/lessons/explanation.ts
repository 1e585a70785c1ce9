import type {Problem} from '../base/problem.ts';
import type {Inventory} from '../pki/inventory.ts';
import type {KindId, LabelId} from './lessons.ts';

/** What is said of one thing or error: plain data in one language, for text, JSON and documents alike. */
export interface Explanation {
  readonly kind: KindId;
  /** The thing's id, flag or path; the error's id. */
  readonly id: string;
  readonly sections: readonly Section[];
}

export interface Section {
  readonly label: LabelId;
  /** `text`: paragraphs; `list`: an item a line; `names`: one after the other; `commands`: to be run as they stand; `quote`: somebody else's words. */
  readonly form: 'text' | 'list' | 'names' | 'commands' | 'quote';
  readonly lines: readonly string[];
}

/** The node that an explanation may speak of. */
export interface ThisNode {
  /** `/`, or the folder that stands for it. */
  readonly root: string;
  readonly inventory: Inventory;
  readonly findings: readonly Problem[];
  readonly now: Date;
}

export function section(label: LabelId, form: Section['form'], lines: readonly string[]): readonly Section[] {
  const said = [...new Set(lines)].filter((line) => line !== '');
  return said.length === 0 ? [] : [{label, form, lines: said}];
}

/** Sentences as one paragraph: Chinese and Japanese put no space between them. */
export function paragraphOf(lines: readonly string[]): string {
  return lines.join(lines.some((line) => line.endsWith('。')) ? '' : ' ');
}

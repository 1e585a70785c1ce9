import type {Explanation} from './explanation.ts';
import {explainErrorId} from './explain-error.ts';
import {explainThing} from './explain-thing.ts';
import type {KindId, Lessons} from './lessons.ts';
import {namedThings} from './things.ts';

/** A page of the reference: everything of some kinds. */
export interface ReferencePage {
  /** File name without its ending. */
  readonly name: 'certificates' | 'connections' | 'flags' | 'errors' | 'words';
  readonly kinds: readonly KindId[];
}

export const referencePages: readonly ReferencePage[] = [
  {name: 'certificates', kinds: ['certificate', 'authority', 'key-pair', 'kubeconfig']},
  {name: 'connections', kinds: ['connection', 'component']},
  {name: 'flags', kinds: ['flag']},
  {name: 'errors', kinds: ['error']},
  {name: 'words', kinds: ['word']},
];

/** What the reference says on a page, in the catalogue's order. */
export function referenceOf({kinds}: ReferencePage, lessons: Lessons): readonly Explanation[] {
  return namedThings.flatMap(([, thing]) => {
    if (!kinds.includes(thing.kind)) return [];
    return [thing.kind === 'error' ? explainErrorId(thing.id, lessons) : explainThing(thing, lessons)];
  });
}

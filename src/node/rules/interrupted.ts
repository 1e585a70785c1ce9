import type {Problem} from '../../base/problem.ts';
import {type Examination, wrong} from './rule.ts';

/** A change that is under way, or was cut off: until it is settled, files may be half old and half new. */
export function* interrupted({openChange}: Examination): Iterable<Problem> {
  if (openChange === undefined) return;
  yield wrong(
    'change-interrupted',
    openChange.path,
    `"${openChange.what}" was begun here and has not ended: files may be half old and half new`,
    'where no other run is at work on this node, certwright recover finishes or undoes it',
  );
}

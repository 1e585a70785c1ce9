import type {RunMarks} from '../node/change/lock.ts';
import {markOfThisProcess, readMark, stateOf} from '../run/process-mark.ts';

/** How this run marks what it holds, and how it knows the marks of runs that are over. */
export function runMarks(started: Date): RunMarks {
  return {
    own: JSON.stringify({started: started.toISOString(), ...markOfThisProcess()}),
    isOver: (text) => {
      const mark = readMark(text);
      return mark !== undefined && stateOf(mark) === 'dead';
    },
  };
}

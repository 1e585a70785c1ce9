import {finishInterrupted, interruptedOn} from '../journeys/go-back.ts';
import {recoveredText} from '../report/recovered-text.ts';
import type {Context} from './context.ts';
import {tell} from './print.ts';
import {runMarks} from './run-marks.ts';

/**
 * Settles what an interrupted run has left before a node is changed again: that is always safe, and what would be planned
 * with half of the files new is not.
 *
 * @param mayChange otherwise it is only told
 */
export function settleInterrupted(context: Context, root: string, mayChange: boolean): void {
  const open = interruptedOn(root);
  if (open === undefined) return;
  if (!mayChange) {
    tell(context, `"${open.what}" was begun here and has not ended: certwright recover finishes or undoes it.`);
    return;
  }
  const recovered = finishInterrupted(root, runMarks(context.now()));
  if (recovered !== undefined) tell(context, `An earlier run was cut off. ${recoveredText(recovered)}`);
}

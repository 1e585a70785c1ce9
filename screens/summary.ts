import {ownAnswers} from '../src/wizard/wizard-state.ts';
import type {AppState} from './screen.ts';
import type {Services} from './services.ts';
import {doneLines, textOf} from './set-up/done-lines.ts';
import {sameCommand} from '../src/report/same-command.ts';

/** The alternate screen leaves nothing behind, so what matters is said once more. */
export function summaryOf(state: AppState, services: Pick<Services, 'steps'>, columns: number): string {
  const {wizard, run} = state;
  if (run?.isPlaced === true)
    return `${textOf(doneLines(state, services, Math.min(columns, 100), Number.POSITIVE_INFINITY)).trim()}\n`;
  if (wizard.origin === undefined || ownAnswers(wizard, services).length === 0) return '';
  const same = sameCommand(wizard, wizard.plan, 'DIR', undefined, services);
  return same === undefined
    ? 'Nothing was written.\n'
    : `Nothing was written. To issue what was answered:\n  ${same.join(' ')}\n`;
}

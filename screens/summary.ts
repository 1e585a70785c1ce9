import {ownAnswers} from '../src/wizard/wizard-state.ts';
import type {AppState} from './screen.ts';
import type {Services} from './services.ts';
import {doneLines, textOf} from './set-up/done-lines.ts';
import {sameCommand} from '../src/report/same-command.ts';

/** The alternate screen leaves nothing behind, so what matters is said once more. */
export function summaryOf(
  state: AppState,
  services: Pick<Services, 'steps'>,
  columns: number,
  /** Path of the draft that is kept. */
  draft?: string,
): string {
  const {wizard, run} = state;
  if (run?.isPlaced === true)
    return `${textOf(doneLines(state, services, Math.min(columns, 100), Number.POSITIVE_INFINITY)).trim()}\n`;
  if (draft === undefined && (wizard.origin === undefined || ownAnswers(wizard, services).length === 0)) return '';
  const same = sameCommand(wizard, wizard.plan, 'DIR', undefined, services);
  const kept =
    draft === undefined
      ? 'Nothing was written.'
      : `Nothing was issued. Your answers are kept as a draft:\n  ${draft}\nThe next start offers to go on with it.`;
  if (same === undefined || Object.keys(wizard.typed).length > 0) return `${kept}\n`;
  return `${kept}${draft === undefined ? ' ' : '\n'}To issue what was answered:\n  ${same.join(' ')}\n`;
}

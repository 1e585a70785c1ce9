import {ownAnswers} from '../src/wizard/wizard-state.ts';
import {resultLines} from './rotate/result-lines.ts';
import type {AppState} from './screen.ts';
import type {Services} from './services.ts';
import {doneLines, textOf} from './set-up/done-lines.ts';
import {sameCommand} from '../src/report/same-command.ts';
import {countingGlyphs, type Glyphs} from './theme.ts';

/** The alternate screen leaves nothing behind, so what matters is said once more. */
export function summaryOf(
  state: AppState,
  services: Pick<Services, 'steps'>,
  columns: number,
  /** Path of the draft that is kept. */
  draft?: string,
  glyphs: Glyphs = countingGlyphs,
): string {
  return [rotateSummary(state, columns, glyphs), setUpSummary(state, services, columns, draft)]
    .filter(Boolean)
    .join('\n');
}

function rotateSummary({rotate: {ended}}: AppState, columns: number, glyphs: Glyphs): string {
  if (ended === undefined) return '';
  return `${textOf(resultLines(ended, Math.min(columns, 100), Number.POSITIVE_INFINITY, glyphs, 'in brief')).trim()}\n`;
}

function setUpSummary(
  state: AppState,
  services: Pick<Services, 'steps'>,
  columns: number,
  draft: string | undefined,
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

import type {Step} from '../../src/wizard/step.ts';
import type {WizardState} from '../../src/wizard/wizard-state.ts';
import type {AppState} from '../screen.ts';
import type {Tools} from '../services.ts';
import {answerText, stepById} from './form-fields.ts';
import type {FormView} from './form-state.ts';
import type {RecordsView} from './records-state.ts';
import {columnsOf, editedRecord, lineOf} from './records-state.ts';

/**
 * The wizard with what stands in the open editors of its tables as typed text: a row that is being filled in is a row
 * of the table, as far as it has come.
 */
export function withOpenEdits({wizard, views}: Pick<AppState, 'wizard' | 'views'>, tools: Tools): WizardState {
  const forms: readonly (readonly [string, FormView])[] = Object.entries<FormView | undefined>(views.forms).flatMap(
    ([page, view]) => (view === undefined ? [] : [[page, view] as const]),
  );
  const open = forms.flatMap(([page, view]) =>
    Object.entries(view.tables).flatMap(([id, table]): readonly (readonly [string, string])[] => {
      const step = stepById(tools, id);
      const text = step?.page === page ? openText(wizard, step, table, tools) : undefined;
      return text === undefined || step === undefined || text.trim() === answerText(wizard, step) ? [] : [[id, text]];
    }),
  );
  return open.length === 0 ? wizard : {...wizard, typed: {...wizard.typed, ...Object.fromEntries(open)}};
}

function openText(wizard: WizardState, step: Step, {mode, draft}: RecordsView, tools: Tools): string | undefined {
  switch (mode.kind) {
    case 'table':
      return draft;
    case 'lines':
      return mode.field.text;
    case 'row': {
      const columns = columnsOf(step);
      if (columns === undefined || mode.cells.every(({text}) => text.trim() === '')) return undefined;
      const rows = tools.recordsOf(step, answerText(wizard, step)).map((record) => lineOf(columns, record));
      return rows.toSpliced(mode.index, mode.isNew ? 0 : 1, lineOf(columns, editedRecord(columns, mode))).join('\n');
    }
    default:
      return mode satisfies never;
  }
}

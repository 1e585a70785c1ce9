import {importNodes, newRoles, type NodesImport} from '../../src/wizard/import-nodes.ts';
import type {AppState} from '../screen.ts';
import type {Tools} from '../services.ts';
import {answerText} from './form-fields.ts';
import type {ImportStage} from './import-overlay.ts';
import {columnsOf} from './records-state.ts';

/** What the import would make of the table; undefined while nothing was found. */
export function importOf({overlay, wizard}: AppState, tools: Tools): NodesImport | undefined {
  if (overlay.kind !== 'import' || overlay.stage.kind !== 'found') return undefined;
  const step = tools.steps.find(({id}) => id === overlay.step);
  const columns = step === undefined ? undefined : columnsOf(step);
  if (step === undefined || columns === undefined) return undefined;
  const {stage} = overlay;
  const choice = {roles: newRoles[overlay.roles] ?? 'by-name', leftOut: stage.leftOut};
  return remembered(stage, wizard.plan, choice.roles, () =>
    importNodes(stage.found, tools.recordsOf(step, answerText(wizard, step)), choice, {
      step,
      columns,
      plan: wizard.plan,
      accept: tools.accept,
    }),
  );
}

/** A check of a thousand nodes is not made anew for each frame: the same choice in the same plan is the same import. */
const made = new WeakMap<ReadonlySet<string>, {readonly key: readonly unknown[]; readonly result: NodesImport}>();

function remembered(
  {leftOut, found}: Extract<ImportStage, {readonly kind: 'found'}>,
  plan: unknown,
  roles: string,
  make: () => NodesImport,
): NodesImport {
  const key = [found, plan, roles];
  const known = made.get(leftOut);
  if (known !== undefined && known.key.every((part, index) => part === key[index])) return known.result;
  const result = make();
  made.set(leftOut, {key, result});
  return result;
}

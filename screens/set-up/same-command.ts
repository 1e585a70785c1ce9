import type {ClusterPlan} from '../../src/pki/plan.ts';
import type {WizardState} from '../../src/wizard/wizard-state.ts';
import type {Tools} from '../services.ts';

/** More `--set`s than this are harder to read than a plan file. */
const fewSettings = 4;

/**
 * What the wizard was told, as one command without a screen. A few changes to a preset or a file are `--set`s;
 * anything longer is the plan that lies in the bundle.
 *
 * @returns words of a shell, quoted where they have to be
 * @param savedPlan path of a file that holds the whole plan; undefined = there is none yet
 */
export function sameCommand(
  wizard: WizardState,
  plan: ClusterPlan,
  directory: string,
  savedPlan: string | undefined,
  tools: Pick<Tools, 'steps'>,
): readonly string[] | undefined {
  const changed = tools.steps.filter((step) => step.show(plan) !== step.show(wizard.originPlan));
  const source = sourceOf(wizard);
  const isShort = changed.length <= fewSettings && changed.every(({kind}) => kind.kind !== 'records');
  if (source !== undefined && isShort) {
    const settings = changed.flatMap((step) => ['--set', shellWord(`${step.id}=${step.show(plan)}`)]);
    return ['certwright', 'issue', ...source, ...settings, '--out', shellWord(directory)];
  }
  if (savedPlan === undefined) return undefined;
  return ['certwright', 'issue', '--plan', shellWord(savedPlan), '--out', shellWord(`${directory}.new`)];
}

function sourceOf({origin}: WizardState): readonly string[] | undefined {
  switch (origin?.kind) {
    case 'preset':
      return ['--preset', shellWord(origin.name)];
    case 'file':
      return ['--plan', shellWord(origin.path)];
    case 'machine':
    case undefined:
      return undefined;
    default:
      return origin satisfies never;
  }
}

/** Quoted for a POSIX shell where it has to be. */
export function shellWord(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

import type {ClusterPlan} from '../pki/plan.ts';
import type {Origin, WizardState, WizardTools} from '../wizard/wizard-state.ts';

/** More `--set`s than this are harder to read than a plan file. */
const fewSettings = 4;

/**
 * What the wizard was told, as one command without a screen. A few changes to a preset or a file are `--set`s; anything
 * longer is a plan file.
 *
 * @param plan the plan that was issued
 * @param savedPlan path of a file that holds the whole plan; undefined = there is none
 * @returns words of a shell, quoted where they have to be; undefined where it takes a file, and there is none
 */
export function sameCommand(
  wizard: Pick<WizardState, 'origin' | 'originPlan'>,
  plan: ClusterPlan,
  directory: string,
  savedPlan: string | undefined,
  {steps}: Pick<WizardTools, 'steps'>,
): readonly string[] | undefined {
  const changed = steps.filter((step) => step.show(plan) !== step.show(wizard.originPlan));
  const source = sourceOf(wizard.origin);
  const isShort = changed.length <= fewSettings && changed.every(({kind}) => kind.kind !== 'records');
  if (source !== undefined && isShort) {
    const settings = changed.flatMap((step) => ['--set', `${step.id}=${step.show(plan)}`]);
    return issueCommand([...source, ...settings], directory);
  }
  return savedPlan === undefined ? undefined : issueCommand(['--plan', savedPlan], `${directory}.new`);
}

function issueCommand(source: readonly string[], directory: string): readonly string[] {
  return ['certwright', 'issue', ...source, '--out', directory].map(shellWord);
}

/** A machine's own names and addresses are in no preset: its plan has to be a file. */
function sourceOf(origin: Origin | undefined): readonly string[] | undefined {
  switch (origin?.kind) {
    case 'preset':
      return ['--preset', origin.name];
    case 'file':
      return ['--plan', origin.path];
    case 'kubeadm':
      return ['--from-kubeadm', origin.path];
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

import {nearest} from '../base/nearest.ts';
import {problem, type Problem} from '../base/problem.ts';
import type {PlannedComponent} from '../pki/blueprint-types.ts';
import type {BlueprintIndex} from './blueprint-index.ts';
import {componentForm, formsOf, type ComponentForm, type FormId} from './component-forms.ts';

export interface FormChoice {
  readonly form: FormId;
  /** Name of a node; undefined = of every node. */
  readonly node?: string | undefined;
  /** `kube-apiserver`; undefined = every component that has the form. */
  readonly component?: string | undefined;
}

/**
 * The lines of `plan --form`: one form as it is, to be written into its file; several each under a comment that says
 * where it goes.
 */
export function formLines(
  index: BlueprintIndex,
  choice: FormChoice,
): {readonly lines: readonly string[]; readonly problems: readonly Problem[]} {
  const problems = [...unknownNode(index, choice), ...unknownComponent(index, choice)];
  if (problems.length > 0) return {lines: [], problems};
  const chosen = chosenComponents(index, choice);
  const forms = chosen
    .filter((one) => formsOf(index, one).includes(choice.form))
    .map((one) => ({node: one.node, ...componentForm(index, one, choice.form)}));
  if (forms.length === 0) return {lines: [], problems: [noSuchForm(index, chosen, choice)]};
  // kubeadm's file is the node's: every component there would print it again.
  const files = [...new Map(forms.map((one) => [`${one.node} ${one.path}`, one])).values()];
  const [only, ...others] = files;
  if (only !== undefined && others.length === 0) return {lines: textLines(only), problems: []};
  const lines = files.flatMap((one, place) => [
    ...(place === 0 ? [] : [one.id === 'unit' || one.id === 'flags' ? '' : '---']),
    `# ${one.node}: ${one.path}`,
    ...textLines(one),
  ]);
  return {lines, problems: []};
}

function textLines({text}: ComponentForm): readonly string[] {
  return text.trimEnd().split('\n');
}

function chosenComponents({of}: BlueprintIndex, {node, component}: FormChoice): readonly PlannedComponent[] {
  return of.components.filter(
    (one) => (node === undefined || one.node === node) && (component === undefined || one.component === component),
  );
}

function unknownNode({of}: BlueprintIndex, {node}: FormChoice): readonly Problem[] {
  const names = of.nodes.map(({name}) => name);
  if (node === undefined || names.includes(node)) return [];
  return [problem('unknown-node', '', `the plan has no node ${JSON.stringify(node)}`, oneOf(node, names))];
}

function unknownComponent({of}: BlueprintIndex, {component}: FormChoice): readonly Problem[] {
  const names = [...new Set(of.components.map((one) => one.component as string))];
  if (component === undefined || names.includes(component)) return [];
  const message = `no node of the plan runs ${JSON.stringify(component)}`;
  return [problem('unknown-component', '', message, oneOf(component, names))];
}

function noSuchForm(index: BlueprintIndex, chosen: readonly PlannedComponent[], {form}: FormChoice): Problem {
  const forms = [...new Set(chosen.flatMap((one) => formsOf(index, one)))];
  const fix = forms.length === 0 ? 'leave --node or --component out' : `the forms here are ${forms.join(', ')}`;
  return problem('no-such-form', '', `nothing of what is named runs as ${form} in this layout`, fix);
}

/** What was meant, or what there is. */
function oneOf(typed: string, names: readonly string[]): string {
  const meant = nearest(typed.slice(0, 80), names);
  if (meant !== undefined) return `did you mean ${meant}?`;
  return names.length <= 12 ? `there are ${names.join(', ')}` : `there are ${names.length}, such as ${names[0] ?? ''}`;
}

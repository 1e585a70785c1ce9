import {InputFailure} from '../base/failure.ts';
import {makeBlueprint} from '../pki/blueprint.ts';
import {indexBlueprint} from '../report/blueprint-index.ts';
import {blueprintJson} from '../report/blueprint-json.ts';
import {blueprintMarkdown} from '../report/blueprint-markdown.ts';
import {blueprintInFull, blueprintSummary} from '../report/blueprint-text.ts';
import {formLines} from '../report/chosen-forms.ts';
import type {FormId} from '../report/component-forms.ts';
import type {Context} from './context.ts';
import {givenPlan, type PlanSource} from './plan-source.ts';
import {glyphsFor, printJson, printLines} from './print.ts';

export interface PlanOptions extends PlanSource {
  readonly output: 'table' | 'wide' | 'yaml' | 'json' | 'markdown';
  /** Print components in this form instead. */
  readonly form?: FormId | undefined;
  /** Only those of this node. */
  readonly node?: string | undefined;
  /** Only this one. */
  readonly component?: string | undefined;
}

/** Prints what follows from a plan. No key is made, nothing is written. */
export async function plan(context: Context, options: PlanOptions): Promise<number> {
  const {plan: chosen, yaml} = givenPlan(context, options);
  const {form, node, component} = options;
  if (form !== undefined) {
    const {lines, problems} = formLines(indexBlueprint(makeBlueprint(chosen)), {form, node, component});
    if (problems.length > 0) throw new InputFailure('that is not in this plan', problems);
    printLines(context, lines);
    return 0;
  }
  if (node !== undefined || component !== undefined) {
    const fix = 'add --form, such as --form flags';
    throw new InputFailure('--node and --component say of what the form is printed, and no form is named', [], fix);
  }
  const glyphs = glyphsFor(context);
  switch (options.output) {
    case 'yaml':
      context.stdout.write(yaml);
      return 0;
    case 'json':
      printJson(context, blueprintJson(makeBlueprint(chosen)));
      return 0;
    case 'markdown':
      printLines(context, blueprintMarkdown(makeBlueprint(chosen)));
      return 0;
    case 'wide':
      printLines(context, blueprintInFull(makeBlueprint(chosen), glyphs));
      return 0;
    case 'table':
      printLines(context, blueprintSummary(makeBlueprint(chosen), glyphs));
      return 0;
    default:
      return options.output satisfies never;
  }
}

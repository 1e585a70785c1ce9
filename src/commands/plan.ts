import {makeBlueprint} from '../pki/blueprint.ts';
import {blueprintJson} from '../report/blueprint-json.ts';
import {blueprintMarkdown} from '../report/blueprint-markdown.ts';
import {blueprintInFull, blueprintSummary} from '../report/blueprint-text.ts';
import type {Context} from './context.ts';
import {givenPlan, type PlanSource} from './plan-source.ts';
import {glyphsFor, printJson, printLines} from './print.ts';

export interface PlanOptions extends PlanSource {
  readonly output: 'table' | 'wide' | 'yaml' | 'json' | 'markdown';
}

/** Prints what follows from a plan. No key is made, nothing is written. */
export async function plan(context: Context, options: PlanOptions): Promise<number> {
  const {plan: chosen, yaml} = givenPlan(context, options);
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

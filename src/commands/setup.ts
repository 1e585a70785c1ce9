import {InputFailure} from '../base/failure.ts';
import type {Context} from './context.ts';
import {setUpServices} from './services.ts';
import {openScreen} from './wizard.ts';

export interface SetupOptions {
  readonly preset?: string;
  readonly plan?: string;
  readonly line: boolean;
}

/** Set up: full screen, or question by question. */
export async function setup(context: Context, {line, ...origin}: SetupOptions): Promise<number> {
  if (context.asks !== 'screen' || line) {
    // Where the full screen would do, `--line` means prompts.
    return setupInLines(context.asks === 'screen' ? {...context, asks: 'prompts'} : context, origin);
  }
  const {preset, plan: file} = origin;
  if (preset === undefined && file === undefined) return openScreen(context, {kind: 'set-up'});
  const services = setUpServices(context);
  const reading = file === undefined ? await services.readPreset(preset ?? '') : await services.readPlanFile(file);
  if (!reading.ok) throw new InputFailure(`${file ?? preset} is no plan to start from`, reading.problems);
  return openScreen(context, {
    kind: 'plan',
    origin: file === undefined ? {kind: 'preset', name: preset ?? ''} : {kind: 'file', path: file},
    plan: reading.plan,
    given: {steps: reading.given, problems: reading.problems ?? []},
  });
}

/** The prompts are loaded here, and only here. */
export async function setupInLines(context: Context, origin: Omit<SetupOptions, 'line'>): Promise<number> {
  const {runLineMode} = await import('../line/line-mode.ts');
  return runLineMode(context, {...origin, services: setUpServices(context)});
}

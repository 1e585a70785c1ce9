import {InputFailure} from '../base/failure.ts';
import {originName, originNamed, readOrigin} from '../journeys/origins.ts';
import type {Context} from './context.ts';
import {withDrafts} from './drafts.ts';
import {setUpServices} from './services.ts';
import {openScreen} from './wizard.ts';

export interface SetupOptions {
  readonly preset?: string;
  readonly plan?: string;
  readonly fromKubeadm?: string;
  readonly line: boolean;
}

/** Set up: full screen, or question by question. */
export async function setup(context: Context, {line, ...origin}: SetupOptions): Promise<number> {
  if (context.asks !== 'screen' || line) {
    // Where the full screen would do, `--line` means prompts.
    return setupInLines(context.asks === 'screen' ? {...context, asks: 'prompts'} : context, origin);
  }
  const named = originNamed(origin);
  if (named === undefined) return openScreen(context, {kind: 'set-up'});
  const reading = await readOrigin(setUpServices(context), named);
  if (!reading.ok) throw new InputFailure(`${originName(named)} is no plan to start from`, reading.problems);
  const {plan, given: steps, problems = [], losses = []} = reading;
  return openScreen(context, {kind: 'plan', origin: named, plan, given: {steps, problems, losses}});
}

/** The prompts are loaded here, and only here. */
export async function setupInLines(context: Context, origin: Omit<SetupOptions, 'line'>): Promise<number> {
  const {runLineMode} = await import('../line/line-mode.ts');
  return runLineMode(context, {...origin, services: withDrafts(setUpServices(context), context)});
}

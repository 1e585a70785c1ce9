import {Cancelled, Failure} from '../base/failure.ts';
import type {Restart} from '../pki/rotation.ts';
import {type LiveNode, NotBack, untilWell} from './component-health.ts';
import {restartComponent} from './restart.ts';
import type {RotateOptions} from './rotate-services.ts';
import type {RotationEvent} from './rotation-events.ts';
import {usualPatience} from './waiting.ts';

export interface RestartOptions extends RotateOptions {
  /** Milliseconds that a component may take until it is well; default: four minutes. */
  readonly starting?: number | undefined;
}

type Tell = (event: RotationEvent) => void;

export interface Restarted {
  readonly done: readonly Restart[];
  /** The one that did not come back, and what was decided; those after it were not begun. */
  readonly failed: {readonly restart: Restart; readonly decision: 'roll-back' | 'leave'} | undefined;
}

/** One after the other; after a signal none is begun. */
export async function restartAll(node: LiveNode, options: RestartOptions, tell: Tell): Promise<Restarted> {
  const done: Restart[] = [];
  for (const restart of options.restart) {
    if (options.signal.aborted) break;
    tell({kind: 'restart-begun', restart});
    try {
      const decision = await restartOne(node, restart, options, tell);
      if (decision !== 'back') return {done, failed: {restart, decision}};
    } catch (error) {
      if (error instanceof Cancelled) break;
      throw error;
    }
    done.push(restart);
    tell({kind: 'restarted', restart});
  }
  return {done, failed: undefined};
}

async function restartOne(
  node: LiveNode,
  restart: Restart,
  {signal, starting = usualPatience.starting, decide}: RestartOptions,
  tell: Tell,
): Promise<'back' | 'roll-back' | 'leave'> {
  const began = node.now();
  const patience = {...usualPatience, starting};
  const waits = (what: string): void => tell({kind: 'restart-waits', restart, what});
  let attempt = () => restartComponent(node, restart, patience, waits, signal);
  for (;;) {
    try {
      await attempt();
      return 'back';
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const decision = await decide({restart, why: error.message, nextSteps: error.nextSteps});
      if (decision !== 'wait') {
        tell({kind: 'restart-failed', restart, why: error.message, nextSteps: error.nextSteps});
        return decision;
      }
      const goesOn = error instanceof NotBack && !error.isToRestart;
      attempt = () =>
        goesOn
          ? untilWell(node, restart, began, patience, waits, signal)
          : restartComponent(node, restart, patience, waits, signal);
    }
  }
}

/**
 * With the old files: nobody is asked any more.
 *
 * @returns what is left to a person: what does not come back, and after a signal those that were not restarted
 */
export async function restartBack(
  node: LiveNode,
  restarts: readonly Restart[],
  options: RestartOptions,
  tell: Tell,
): Promise<readonly Restart[]> {
  const left: Restart[] = [];
  for (const restart of restarts) {
    if (options.signal.aborted) {
      left.push(restart);
      continue;
    }
    tell({kind: 'restart-begun', restart});
    try {
      const decision = await restartOne(node, restart, {...options, decide: async () => 'leave'}, tell);
      if (decision === 'back') tell({kind: 'restarted', restart});
      else left.push(restart);
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
      left.push(restart);
    }
  }
  return left;
}

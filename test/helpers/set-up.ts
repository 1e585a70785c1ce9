import {setUp, type SetUpOptions} from '../../src/journeys/set-up.ts';
import type {SetUpEvent} from '../../src/journeys/set-up-events.ts';
import type {ClusterPlan} from '../../src/pki/plan.ts';

/** Options of a run into `directory` with nobody to ask, and the proof left out. */
export function setUpOptions(directory: string, changes: Partial<SetUpOptions> = {}): SetUpOptions {
  return {
    directory,
    planYaml: 'planVersion: 1\n',
    proof: false,
    tar: false,
    now: () => new Date(),
    passphrases: {environment: () => undefined},
    ...changes,
  };
}

/** Reads a journey to its end. */
export async function everyEvent(events: AsyncIterable<SetUpEvent>): Promise<SetUpEvent[]> {
  const seen: SetUpEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

/** The whole run; what happened. */
export function runSetUp(
  plan: ClusterPlan,
  directory: string,
  changes: Partial<SetUpOptions> = {},
): Promise<SetUpEvent[]> {
  return everyEvent(setUp(plan, setUpOptions(directory, changes)));
}

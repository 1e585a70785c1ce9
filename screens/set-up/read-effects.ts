import {Cancelled, Failure} from '../../src/base/failure.ts';
import {problem} from '../../src/base/problem.ts';
import {readOrigin} from '../../src/journeys/origins.ts';
import type {NodesSource} from '../../src/wizard/found-nodes.ts';
import type {Origin} from '../../src/wizard/wizard-state.ts';
import type {AppEvent} from '../app-state.ts';
import type {Services} from '../services.ts';

/** What is read for the wizard, as the event that it leads to. Anything but a `Failure` is a bug, and passed on. */

export async function performReading(services: Services, origin: Origin): Promise<AppEvent> {
  try {
    const reading = await readOrigin(services, origin);
    if (!reading.ok) return {kind: 'wizard', event: {kind: 'origin-refused', origin, problems: reading.problems}};
    const {plan, given: steps, problems = [], losses = []} = reading;
    return {kind: 'wizard', event: {kind: 'origin-read', origin, plan, given: {steps, problems, losses}}};
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // What a file said that could not be read, in the form of everything else that can be wrong with a plan.
    const problems = [problem(error.code, '', error.message, error.nextSteps[0])];
    return {kind: 'wizard', event: {kind: 'origin-refused', origin, problems}};
  }
}

/** undefined = somebody has left before anything was found. */
export async function performSearch(
  services: Services,
  source: NodesSource,
  signal: AbortSignal,
): Promise<AppEvent | undefined> {
  try {
    return {kind: 'nodes-found', source, found: await services.readNodes(source, signal)};
  } catch (error) {
    if (error instanceof Cancelled) return undefined;
    if (!(error instanceof Failure)) throw error;
    return {kind: 'nodes-found', source, found: [error.message, ...error.nextSteps].join('; ')};
  }
}

import {InputFailure, type Failure} from '../src/base/failure.ts';
import type {RunFailure} from '../src/wizard/wizard-state.ts';

/** What the wizard keeps of a failure. */
export function failureOf(failure: Failure): RunFailure {
  const problems = failure instanceof InputFailure ? failure.problems : [];
  return {message: failure.message, nextSteps: failure.nextSteps, problems};
}

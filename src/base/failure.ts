import type {Problem} from './problem.ts';

/** The world said no. Carries a stable code and at least one next step; knows nothing of rendering. */
export class Failure extends Error {
  override readonly name: string = 'Failure';
  readonly code: string;
  readonly nextSteps: readonly string[];

  /**
   * @param code stable, kebab-case
   * @param message present tense, no secret in it
   */
  constructor(code: string, message: string, options: {nextSteps: readonly [string, ...string[]]; cause?: unknown}) {
    super(message, options.cause === undefined ? undefined : {cause: options.cause});
    this.code = code;
    this.nextSteps = options.nextSteps;
  }
}

/** Where nothing more particular is known. */
export const mendAbove = 'mend what is named above, then run it again';

/** What was asked for is not right: one or many problems, each with its place. Exit code 2. */
export class InputFailure extends Failure {
  override readonly name = 'InputFailure';
  readonly problems: readonly Problem[];

  constructor(message: string, problems: readonly Problem[], nextStep: string = mendAbove) {
    super('wrong-input', message, {nextSteps: [nextStep]});
    this.problems = problems;
  }
}

/** Ctrl-C or Esc from any front-end, or a signal. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  constructor(message = 'cancelled') {
    super(message);
  }
}

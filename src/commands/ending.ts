import {Cancelled, Failure, InputFailure} from '../base/failure.ts';
import {redact} from '../base/redact.ts';
import {describeFailure} from '../report/failures.ts';

/**
 * What a command's exit codes mean. `usual`: 0 done, 1 could not be done, 2 wrong input, 70 a bug, 75 locked, or changed by
 * somebody else meanwhile, 77 not permitted. `monitoring`: 0 ok, 1 warning, 2 critical, 3 could not be examined, as Nagios
 * plugins have it.
 */
export type ExitCodes = 'usual' | 'monitoring';

export interface Ending {
  readonly exitCode: number;
  /** For standard error, with its last newline. */
  readonly text: string;
}

export interface EndingSituation {
  readonly exits: ExitCodes;
  /** `--debug`: with the stack of a failure and of what caused it. */
  readonly debug: boolean;
  /** `certwright 0.1.0, Node.js 26.10.0, linux x64`. */
  readonly program: string;
}

/** How a run ends that ended with an error. */
export function endingOf(thrown: unknown, situation: EndingSituation): Ending {
  const error = missingPart(thrown) ?? thrown;
  if (error instanceof Cancelled) return {exitCode: 130, text: `certwright: ${error.message}\n`};
  const unexamined = situation.exits === 'monitoring' ? 3 : undefined;
  if (error instanceof Failure) {
    const details = situation.debug ? `\n${redact(stackOf(error))}\n` : '';
    return {exitCode: unexamined ?? codeOf(error), text: `${describeFailure(error)}\n${details}`};
  }
  return {exitCode: unexamined ?? 70, text: describeBug(error, situation.program)};
}

/** Parts are loaded when they are needed: an update under a run that lasts has moved them away. */
function missingPart(error: unknown): Failure | undefined {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) return undefined;
  return new Failure('program-changed', 'a part of Certwright is not there any more', {
    nextSteps: ['was it updated meanwhile? start it again; if not, install it again'],
    cause: error,
  });
}

function codeOf(failure: Failure): number {
  if (failure instanceof InputFailure) return 2;
  if (failure.code === 'locked' || failure.code === 'changed-meanwhile') return 75;
  if (failure.code === 'not-permitted') return 77;
  return 1;
}

function describeBug(error: unknown, program: string): string {
  return `certwright: this is a bug in Certwright, not in what you did.
Please report it with the lines below; CONTRIBUTING.md says where. Keys and tokens were taken out of them.

${program}
${redact(stackOf(error))}
`;
}

/** The stack, and that of each cause below it. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? own : `${own}\ncaused by ${stackOf(error.cause)}`;
}

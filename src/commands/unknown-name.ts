import {InputFailure} from '../base/failure.ts';
import {nearest} from '../base/nearest.ts';
import {problem} from '../base/problem.ts';

interface UnknownName {
  /** As typed. */
  readonly name: string;
  readonly known: Iterable<string>;
  readonly code: string;
  /** The argument that it was given as, as help writes it. */
  readonly argument: string;
  /** What is wrong, given the name in quotes. */
  readonly message: (asked: string) => string;
  /** Where no known name is near; left out where the next step lists them. */
  readonly otherwise?: string;
  readonly nextStep?: string;
}

/** A name that is none of those there are, with the one that was most likely meant. */
export function unknownName(unknown: UnknownName): InputFailure {
  const {code, argument, message, otherwise, nextStep} = unknown;
  // Whatever was pasted by mistake is not repeated as a whole.
  const name = unknown.name.slice(0, 80);
  const said = message(JSON.stringify(name));
  const meant = nearest(name, unknown.known);
  const fix = meant === undefined ? otherwise : `did you mean ${meant}?`;
  return new InputFailure(said, [problem(code, argument, said, fix)], nextStep);
}

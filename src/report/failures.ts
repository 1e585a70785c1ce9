import {InputFailure, type Failure, mendAbove} from '../base/failure.ts';
import type {Place, Problem} from '../base/problem.ts';

/**
 * What a person reads when it could not be done: what is wrong, every problem with its place, and what to do.
 *
 *     certwright: the plan has 2 problems
 *       plan.yaml:12:5 network.serviceSubnets[0]
 *         10.96.0.0/33 is no subnet: an IPv4 prefix is at most 32
 *         write 10.96.0.0/12
 *       …
 *       What to do: mend what is named above, then run it again
 *
 * One problem that says no more than the failure itself is not said again: what mends it is the first thing to do.
 */
export function describeFailure(failure: Failure): string {
  const {problems, steps} = partsOf(failure);
  const [only, ...others] = steps;
  return [
    `certwright: ${failure.message}`,
    ...problems.map((problem) => indent(describeProblem(problem))),
    ...(others.length === 0 ? [`  What to do: ${only}`] : ['  What to do:', ...steps.map((step) => `  - ${step}`)]),
  ].join('\n');
}

function partsOf(failure: Failure): {readonly problems: readonly Problem[]; readonly steps: readonly string[]} {
  const {nextSteps} = failure;
  const problems = failure instanceof InputFailure ? failure.problems : [];
  const [first, ...more] = problems;
  const isSame = more.length === 0 && first?.message === failure.message && first.at.source === undefined;
  if (!isSame) return {problems, steps: nextSteps};
  const {fix} = first;
  return {
    problems: [],
    steps: fix === undefined ? nextSteps : [fix, ...nextSteps.filter((step) => step !== mendAbove)],
  };
}

/** Place, what is wrong, what to do: a line each. */
export function describeProblem(problem: Problem): string {
  const place = describePlace(problem.at);
  const label = problem.severity === 'warning' ? 'warning: ' : '';
  const lines = [`${label}${problem.message}`, ...(problem.fix === undefined ? [] : [problem.fix])];
  return place === '' ? lines.join('\n  ') : [place, ...lines].join('\n  ');
}

/** `plan.yaml:12:5 nodes[1].name`; what is not known is left out. */
function describePlace({source, line, column, path}: Place): string {
  const position = [source, line, column].filter((part) => part !== undefined).join(':');
  return [position, path].filter((part) => part !== '').join(' ');
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}

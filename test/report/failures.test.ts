import {expect, test} from 'vitest';
import {Failure, InputFailure} from '../../src/base/failure.ts';
import {problem, warning} from '../../src/base/problem.ts';
import {describeFailure, describeProblem} from '../../src/report/failures.ts';

test('every problem is told with its place in the file, what is wrong and what to do', () => {
  const failure = new InputFailure('the plan has 2 problems', [
    {
      code: 'not-a-subnet',
      severity: 'error',
      at: {path: 'network.serviceSubnets[0]', line: 12, column: 5, source: 'plan.yaml'},
      message: '10.96.0.0/33 is no subnet: an IPv4 prefix is at most 32',
      fix: 'write 10.96.0.0/12',
    },
    problem('no-nodes', 'nodes', 'a cluster needs a control-plane node'),
  ]);
  expect(describeFailure(failure)).toBe(`certwright: the plan has 2 problems
  plan.yaml:12:5 network.serviceSubnets[0]
    10.96.0.0/33 is no subnet: an IPv4 prefix is at most 32
    write 10.96.0.0/12
  nodes
    a cluster needs a control-plane node
  What to do: mend what is named above, then run it again`);
});

test('one problem that says what the failure says is said once, and what mends it comes first', () => {
  const said = 'there is no fault "x"';
  const withFix = new InputFailure(said, [problem('unknown', 'FAULT', said, 'did you mean y?')], 'lab lists them all');
  expect(describeFailure(withFix)).toBe(
    `certwright: ${said}\n  What to do:\n  - did you mean y?\n  - lab lists them all`,
  );
  const withoutStep = new InputFailure(said, [problem('unknown', 'FAULT', said, 'choose y')]);
  expect(describeFailure(withoutStep)).toBe(`certwright: ${said}\n  What to do: choose y`);
  const withoutFix = new InputFailure(said, [problem('unknown', 'FAULT', said)], 'lab lists them all');
  expect(describeFailure(withoutFix)).toBe(`certwright: ${said}\n  What to do: lab lists them all`);
});

test('the same in a file keeps its place', () => {
  const at = {path: 'nodes', line: 3, column: 1, source: 'plan.yaml'};
  const failure = new InputFailure('no nodes', [{code: 'no-nodes', severity: 'error', at, message: 'no nodes'}]);
  expect(describeFailure(failure)).toContain('plan.yaml:3:1 nodes\n    no nodes');
});

test('several next steps are a list', () => {
  const failure = new Failure('x', 'it is so', {nextSteps: ['do this', 'or that']});
  expect(describeFailure(failure)).toBe('certwright: it is so\n  What to do:\n  - do this\n  - or that');
});

test('a warning is called one, and a problem without a place has no empty line', () => {
  expect(describeProblem(warning('w', '', 'one CA signs everything'))).toBe('warning: one CA signs everything');
});

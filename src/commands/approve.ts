import {Failure, InputFailure} from '../base/failure.ts';
import {problem} from '../base/problem.ts';
import {approveAll, isRight, pendingRequests, type Approvals, type PendingRequests} from '../journeys/approve.ts';
import {kubectlFor} from '../kubectl/kubectl.ts';
import {approvalJson, approvalLines, type ShownRequest} from '../report/approval-text.ts';
import {count} from '../report/words.ts';
import {runProgram} from '../run/run-program.ts';
import {askYes} from './ask.ts';
import type {Context} from './context.ts';
import {kubeconfigPath} from './kubeconfig-path.ts';
import {glyphsFor, printJson, printLines, tell} from './print.ts';

export interface ApproveOptions {
  /** Only these; none = all that are pending. */
  readonly names: readonly string[];
  readonly kubeconfig?: string;
  /** Approves what is right without asking. */
  readonly yes: boolean;
  readonly output: 'table' | 'json';
}

/** Shows the kubelets' requests for serving certificates, judged, and approves those that are right. */
export async function approve(context: Context, options: ApproveOptions): Promise<number> {
  const kubectl = kubectlFor({
    kubeconfig: await kubeconfigPath(context, options.kubeconfig),
    runProgram,
    path: context.environment['PATH'],
    signal: context.signal,
  });
  const pending = await pendingRequests(kubectl, options.names);
  const shown = pending.judged.map(({request, judgement}) => ({...request, judgement}));
  const right = pending.judged.filter(isRight);
  if (options.output === 'table') {
    printLines(context, approvalLines(shown, pending.others, glyphsFor(context).width));
  }
  const mayApprove = right.length > 0 && (options.yes || (await isSure(context, options, right.length)));
  const outcome: Approvals = mayApprove
    ? await approveAll(kubectl, right, {
        now: context.now,
        onApproved: (name) => tell(context, `approved ${name}`),
      })
    : {approved: [], missed: []};
  if (options.output === 'json') {
    printJson(context, approvalJson(shown, pending.others, new Set(outcome.approved)));
  }
  if (right.length > 0 && !mayApprove) throw notApproved(context, options, right.length);
  for (const {name, why} of outcome.missed) tell(context, `not approved ${name}: ${why}`);
  if (options.output === 'table') sayEnd(context, pending, shown, outcome);
  return outcome.approved.length === pending.judged.length ? 0 : 1;
}

/** A document on standard output leaves no place to ask in. */
async function isSure(context: Context, {output}: ApproveOptions, number: number): Promise<boolean> {
  if (context.asks === 'nobody' || output === 'json') return false;
  return askYes(context, `Approve ${number === 1 ? 'the one that is right' : `the ${number} that are right`}?`, [
    'The controller manager signs what is approved: from then on whoever holds its key can pass for these names.',
  ]);
}

function notApproved(context: Context, {output}: ApproveOptions, number: number): Failure {
  if (context.asks !== 'nobody' && output === 'table') {
    return new Failure('not-confirmed', 'nothing was approved', {nextSteps: ['run it again when you are sure']});
  }
  return new InputFailure('nobody is there to confirm the approval', [
    problem(
      'not-confirmed',
      '--yes',
      `${count(number, 'request')} would be approved`,
      'add --yes to approve what is right; what is wrong is never approved',
    ),
  ]);
}

function sayEnd(
  context: Context,
  {judged}: PendingRequests,
  shown: readonly ShownRequest[],
  {approved}: Approvals,
): void {
  if (judged.length === 0) return;
  const left = shown.length - approved.length;
  printLines(context, [
    '',
    `${count(approved.length, 'request')} approved${left === 0 ? '' : `, ${left} not`}.`,
    ...(approved.length === 0 ? [] : ['Their kubelets serve with the new certificates within a minute: no restart.']),
  ]);
}

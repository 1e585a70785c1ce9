import {Failure, InputFailure} from '../base/failure.ts';
import {nearest} from '../base/nearest.ts';
import {problem, type Problem} from '../base/problem.ts';
import type {Kubectl} from '../kubectl/kubectl.ts';
import {listNodes} from '../kubectl/nodes.ts';
import {isRefusal} from '../kubectl/refusal.ts';
import {approveSigningRequest, listSigningRequests, stateOf, type SigningRequest} from '../kubectl/signing-requests.ts';
import {judgeServingRequest, type KnownNode, type ServingJudgement} from '../pki/serving-request.ts';
import {readRequest} from '../x509/read-request.ts';

/** A kubelet's request for its serving certificate, and whether it is right. */
export interface JudgedRequest {
  readonly request: SigningRequest;
  readonly judgement: ServingJudgement;
}

export interface PendingRequests {
  readonly judged: readonly JudgedRequest[];
  /** Pending too, for other signers: somebody else's to judge. Empty when some were named. */
  readonly others: readonly SigningRequest[];
}

const servingSigner = 'kubernetes.io/kubelet-serving';

/**
 * What is pending, judged by what the Nodes say of themselves.
 *
 * @param names only these; none = all
 * @throws InputFailure when a named request is not there, not pending, or not a kubelet's for serving
 */
export async function pendingRequests(kubectl: Kubectl, names: readonly string[]): Promise<PendingRequests> {
  const all = await listSigningRequests(kubectl);
  refuseUnknown(all, names);
  const pending = all.filter((request) => stateOf(request) === 'pending');
  const serving = pending.filter(({signerName}) => signerName === servingSigner);
  const chosen = serving.filter(({name}) => names.length === 0 || names.includes(name));
  const nodes = chosen.length === 0 ? [] : await listNodes(kubectl);
  return {
    judged: chosen.map((request) => ({request, judgement: judge(request, nodes)})),
    others: names.length > 0 ? [] : pending.filter(({signerName}) => signerName !== servingSigner),
  };
}

export function isRight({judgement}: JudgedRequest): boolean {
  return judgement.problems.length === 0;
}

/** What came of the requests that were to be approved. */
export interface Approvals {
  readonly approved: readonly string[];
  /** Changed or decided by somebody else since they were read, and why. */
  readonly missed: readonly {readonly name: string; readonly why: string}[];
}

/**
 * Approves each one as it was judged, and no other that has its name by now.
 *
 * @throws Failure when this kubeconfig may not approve, or the API server is gone; what was approved before stays so
 */
export async function approveAll(
  kubectl: Kubectl,
  requests: readonly JudgedRequest[],
  {now, onApproved}: {readonly now: () => Date; readonly onApproved: (name: string) => void},
): Promise<Approvals> {
  const wrong = requests.find((one) => !isRight(one));
  if (wrong !== undefined) throw new TypeError(`${wrong.request.name} is not right, and was to be approved`);
  const approved: string[] = [];
  const missed: {name: string; why: string}[] = [];
  for (const {request} of requests) {
    const {name} = request;
    try {
      const message = 'every name in it is an address of the Node that asked: checked by certwright approve';
      await approveSigningRequest(kubectl, request, {message, now: now()});
      approved.push(name);
      onApproved(name);
    } catch (error) {
      if (!isRefusal(error, 'api-conflict') && !isRefusal(error, 'api-not-found')) throw error;
      missed.push({name, why: error.message});
    }
  }
  return {approved, missed};
}

function judge(request: SigningRequest, nodes: readonly KnownNode[]): ServingJudgement {
  const {username, groups, usages} = request;
  try {
    const {subject, sans, otherNames, isAuthority, key} = readRequest(request.request, request.name);
    const wish = {...subject, names: sans, otherNames, isAuthority, usages, username, groups};
    const judgement = judgeServingRequest(wish, nodes);
    const isWeak = key.type === 'other' || (key.type === 'RSA' && key.bits < 2048);
    return isWeak ? withProblem(judgement, problem('key-weak', 'request', `its key is ${key.name}`)) : judgement;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const nothing: ServingJudgement = {node: undefined, names: [], problems: []};
    return withProblem(nothing, problem(error.code, 'request', error.message));
  }
}

function withProblem(judgement: ServingJudgement, found: Problem): ServingJudgement {
  return {...judgement, problems: [...judgement.problems, found]};
}

function refuseUnknown(all: readonly SigningRequest[], names: readonly string[]): void {
  const problems = [...new Set(names)].flatMap((name): Problem[] => {
    const found = all.find((request) => request.name === name);
    if (found === undefined) {
      const meant = nearest(
        name,
        all.map((request) => request.name),
      );
      return [problem('no-such-request', name, 'there is no such request', meant && `did you mean ${meant}?`)];
    }
    if (found.signerName !== servingSigner) {
      const fix = `look at it: kubectl describe csr ${name}; then kubectl certificate approve or deny it`;
      return [problem('not-judged', name, `it is for ${found.signerName}, which is not judged here`, fix)];
    }
    const state = stateOf(found);
    return state === 'pending' ? [] : [problem('not-pending', name, `it is ${state} already`)];
  });
  if (problems.length > 0) throw new InputFailure('what was named cannot be approved here', problems);
}

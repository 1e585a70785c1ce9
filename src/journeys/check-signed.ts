import {Failure} from '../base/failure.ts';
import {certificatesIn} from '../base/pem.ts';
import type {Problem} from '../base/problem.ts';
import type {Secret} from '../base/secret.ts';
import {readClientAuthorities} from '../kubectl/api-server.ts';
import type {Kubectl} from '../kubectl/kubectl.ts';
import type {PlannedCertificate} from '../pki/blueprint-types.ts';
import {checkIssued} from '../x509/chain.ts';
import type {ClusterDoor} from './cluster-door.ts';

/**
 * Judges what the cluster has signed before it is used: that it is for our key and nobody else's name, and that the API
 * server will take it, by the CA in the kubeconfig or, where clients have a CA of their own, by the one that the API
 * server itself names.
 *
 * @throws Failure with the code of what is wrong
 */
export async function checkSignedByCluster(
  certificate: string,
  expected: {
    readonly planned: PlannedCertificate;
    readonly key: Secret;
    readonly door: ClusterDoor;
    readonly kubectl: Kubectl;
    readonly now: Date;
    /** What to do when it is not right. */
    readonly startOver: string;
  },
): Promise<void> {
  const {door, kubectl, startOver} = expected;
  const byDoor = judge(certificate, certificatesIn(door.certificateAuthority), expected);
  if (byDoor === undefined) return;
  const told = byDoor.code === 'wrong-authority' ? await readClientAuthorities(kubectl) : undefined;
  const problem = told === undefined ? byDoor : judge(certificate, certificatesIn(told), expected);
  if (problem !== undefined) throw new Failure(problem.code, problem.message, {nextSteps: [startOver]});
}

/** The first that is wrong; undefined when one of the authorities has signed it and all else is right too. */
function judge(
  certificate: string,
  authorities: readonly string[],
  {planned, key, now}: {readonly planned: PlannedCertificate; readonly key: Secret; readonly now: Date},
): Problem | undefined {
  let found: Problem | undefined;
  for (const authority of authorities) {
    const problems = checkIssued(planned, certificate, {
      key,
      authorities: new Map([[planned.authority, authority]]),
      now,
    });
    const errors = problems.filter(({severity}) => severity === 'error');
    const other = errors.find(({code}) => code !== 'wrong-authority');
    if (other !== undefined) return other;
    if (errors.length === 0) return undefined;
    [found] = errors;
  }
  return found;
}

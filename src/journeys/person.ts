import type {Problem} from '../base/problem.ts';
import type {PlannedCertificate} from '../pki/blueprint-types.ts';
import {emptyPlan, type KeyAlgorithm, keyAlgorithms, type PlanUser} from '../pki/plan.ts';
import {checkUsers} from '../wizard/checks-people.ts';
import type {KeyKind} from '../x509/keys.ts';

/** The group that no rule of the cluster holds for, and that the API signs for nobody. */
export const masters = 'system:masters';

/** What certificates.k8s.io says to a request for `system:masters` (plugin/pkg/admission/certificates/subjectrestriction). */
export const mastersRefusal =
  'use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed';

/** What is wrong with a name and groups, by the rules of the plan's `users`, each at the word that it was given as. */
export function checkPerson(person: PlanUser): readonly Problem[] {
  return checkUsers({...emptyPlan, users: [person]})
    .filter(({code}) => code !== 'group-bypasses-rbac')
    .map((found) => ({...found, at: {path: found.at.path.startsWith('users[0].groups') ? '--group' : 'NAME'}}));
}

/** The algorithm to make a key with that fits one that is there already. */
export function algorithmLike({type, name}: KeyKind): KeyAlgorithm {
  const same = keyAlgorithms.find((algorithm) => algorithm === name);
  return same ?? (type === 'ECDSA' ? 'ECDSA-P384' : 'RSA-2048');
}

/** A person's certificate that stands in no plan. */
export function plannedFor(
  {name, groups}: PlanUser,
  authority: string,
  algorithm: PlannedCertificate['algorithm'],
): PlannedCertificate {
  return {
    name: `the certificate of ${name}`,
    id: 'user',
    node: undefined,
    subject: {commonName: name, organizations: groups},
    usages: ['client auth'],
    sans: [],
    authority,
    chain: [],
    algorithm,
    validity: emptyPlan.validity.leaves,
    why: '',
  };
}

import {Failure} from '../base/failure.ts';
import type {Problem} from '../base/problem.ts';
import {Secret} from '../base/secret.ts';
import {checkNewFile, writePrivateFile} from '../bundle/private-file.ts';
import {writeKubeconfig} from '../kubeconfig/write-kubeconfig.ts';
import type {PlanUser} from '../pki/plan.ts';
import {checkIssued} from '../x509/chain.ts';
import {inspectCertificate} from '../x509/inspect.ts';
import {generateKeys} from '../x509/keys.ts';
import {makeRequest, signRequest} from '../x509/request.ts';
import type {ClusterDoor} from './cluster-door.ts';
import type {UserSigner} from './user-signers.ts';

/** A person has got in: what was made. */
export interface MadeUser {
  readonly person: PlanUser;
  /** Of the kubeconfig. */
  readonly path: string;
  readonly server: string;
  readonly notAfter: Date;
  /** The one that signed: an id, a path, or its subject. */
  readonly authority: string;
  /** It ends with its CA, earlier than was asked. */
  readonly isCutShort: boolean;
}

export interface UserOptions {
  /** Hours; undefined = as the plan, or kubeadm, has it. */
  readonly validity: number | undefined;
  /** Where the kubeconfig goes; absolute. */
  readonly path: string;
  readonly now: Date;
}

const hour = 3_600_000;

/**
 * Signs a client certificate with the cluster CA, and writes a kubeconfig with it.
 *
 * @throws Failure `file-exists`, `authority-expired`, and what else keeps a certificate from being made
 */
export async function makeUser(person: PlanUser, signer: UserSigner, options: UserOptions): Promise<MadeUser> {
  checkNewFile(options.path);
  const {authority, planned, chain, door} = signer;
  const wanted = options.validity ?? planned.validity;
  const left =
    (inspectCertificate(authority.certificate, authority.name).notAfter.getTime() - options.now.getTime()) / hour;
  const validity = left > 0 ? Math.min(wanted, left) : wanted;
  const key = await generateKeys(planned.algorithm);
  const request = await makeRequest({...planned, isAuthority: false}, key);
  const {certificate, facts} = await signRequest(request, authority, {
    now: options.now,
    validity,
    isAuthority: false,
    from: {request: `the request of ${person.name}`, authority: authority.name},
  });
  refuse(
    checkIssued({...planned, validity}, certificate, {
      key: key.privateKey,
      authorities: new Map([[planned.authority, authority.certificate]]),
      now: options.now,
    }),
  );
  writeUserKubeconfig(options.path, door, person, {certificate: certificate + chain, key: key.privateKey});
  return {
    person,
    path: options.path,
    server: door.server,
    notAfter: facts.notAfter,
    authority: authority.name,
    isCutShort: validity < wanted,
  };
}

/** @param pair the leaf and what goes along with it, PEM */
export function writeUserKubeconfig(
  path: string,
  {clusterName, server, certificateAuthority, tlsServerName}: ClusterDoor,
  {name}: PlanUser,
  pair: {readonly certificate: string; readonly key: Secret},
): void {
  const text = writeKubeconfig({
    clusterName,
    server,
    certificateAuthority,
    tlsServerName,
    user: name,
    contextName: `${name}@${clusterName}`,
    credential: {kind: 'certificate', ...pair},
  });
  writePrivateFile(path, new Secret(text));
}

/** What was just made is judged as if somebody else had made it: no kubeconfig is written that the API would refuse. */
function refuse(problems: readonly Problem[]): void {
  const first = problems.find(({severity}) => severity === 'error');
  if (first !== undefined) {
    throw new Failure(first.code, first.message, {nextSteps: [first.fix ?? 'use another authority']});
  }
}

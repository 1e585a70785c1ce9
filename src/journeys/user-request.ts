import {setTimeout} from 'node:timers/promises';
import {describeHours} from '../base/duration.ts';
import {Cancelled, Failure} from '../base/failure.ts';
import {toName} from '../base/names.ts';
import {certificatesIn} from '../base/pem.ts';
import type {Secret} from '../base/secret.ts';
import {checkNewFile, readPrivateFile, removePrivateFile, writePrivateFile} from '../bundle/private-file.ts';
import {readVersion} from '../kubectl/api-server.ts';
import type {Kubectl} from '../kubectl/kubectl.ts';
import {isRefusal, type RefusalCode} from '../kubectl/refusal.ts';
import {
  approveSigningRequest,
  createSigningRequest,
  deleteSigningRequest,
  findSigningRequest,
  stateOf,
  type RequestState,
  type SigningRequest,
} from '../kubectl/signing-requests.ts';
import type {PlanUser} from '../pki/plan.ts';
import {inspectCertificate} from '../x509/inspect.ts';
import {generateKeys, publicKeyPin, readPrivateKey, samePublicKey, type KeyPair} from '../x509/keys.ts';
import {readRequest} from '../x509/read-request.ts';
import {makeRequest} from '../x509/request.ts';
import {checkSignedByCluster} from './check-signed.ts';
import type {ClusterDoor} from './cluster-door.ts';
import {algorithmLike, masters, mastersRefusal, plannedFor} from './person.ts';
import {writeUserKubeconfig, type MadeUser} from './user.ts';

/**
 * A person's certificate through certificates.k8s.io: key and request are made here, somebody who may approves, the
 * cluster signs. The key waits in a file of its own until the kubeconfig takes it, so that the same command goes on
 * where an earlier one has stopped. One file, because the steps share one order of what exists when.
 */

/** What a run tells while it goes on. */
export type UserRequestEvent =
  | {readonly kind: 'key-made' | 'key-found'; readonly path: string}
  | {readonly kind: 'validity-not-sent'; readonly version: string}
  | {readonly kind: 'request-created' | 'request-found'; readonly name: string; readonly username: string}
  | {
      readonly kind: 'approved' | 'waiting-for-approval' | 'waiting-for-signature' | 'signed' | 'request-removed';
      readonly name: string;
    }
  | {readonly kind: 'request-left'; readonly name: string; readonly why: string};

export interface UserRequestOptions {
  readonly kubectl: Kubectl;
  readonly door: ClusterDoor;
  /** Hours; undefined = as long as the signer grants by itself. */
  readonly validity: number | undefined;
  /** Where the kubeconfig goes; absolute. The key waits in `<path>.key`. */
  readonly path: string;
  readonly now: () => Date;
  /** Whether to approve it with this kubeconfig. */
  readonly mayApprove: (request: SigningRequest) => Promise<boolean>;
  /** Milliseconds to wait for somebody else's approval. */
  readonly approvalWait: number;
  /** Milliseconds to wait for the signer. */
  readonly signatureWait: number;
  /** Milliseconds between two looks. */
  readonly pause?: number;
  /** The command that goes on, as it is to be typed. */
  readonly sameCommand: string;
  readonly signal: AbortSignal;
  readonly on: (event: UserRequestEvent) => void;
}

const clientSigner = 'kubernetes.io/kube-apiserver-client';

/** From here on a request may say how long its certificate is to live. */
const expirationMinor = 22;

/**
 * @throws Failure `awaits-approval`, `request-denied`, `request-failed`, `not-signed`, `request-differs`, and the API
 * server's own; InputFailure never: the person has been checked
 * @throws Cancelled: key and request stay, and the same command goes on
 */
export async function requestUser(person: PlanUser, options: UserRequestOptions): Promise<MadeUser> {
  const {kubectl, path, on} = options;
  if (person.groups.includes(masters)) {
    throw new Failure('api-forbidden', mastersRefusal, {nextSteps: ['use a group of your own, and bind a role to it']});
  }
  checkNewFile(path);
  const version = await readVersion(kubectl);
  const canSayValidity = version.minor >= expirationMinor;
  if (options.validity !== undefined && !canSayValidity) on({kind: 'validity-not-sent', version: version.text});
  const {pair, isNew} = await takeKey(person, options);
  const name = requestName(person, pair);
  const request = await takeRequest(name, person, pair, {...options, isNew, canSayValidity});
  const signed = await signature(request, options);
  const certificate = certificatesIn(signed.certificate ?? '').join('');
  await checkSignedByCluster(certificate, {
    planned: {...plannedFor(person, "the cluster's CA", 'RSA-2048'), validity: 0},
    key: pair.privateKey,
    door: options.door,
    kubectl,
    now: options.now(),
    startOver: startOver(name, path),
  });
  writeUserKubeconfig(path, options.door, person, {certificate, key: pair.privateKey});
  removePrivateFile(keyPath(path));
  await removeRequest(name, options);
  const {notAfter, issuer} = inspectCertificate(certificate);
  return {person, path, server: options.door.server, notAfter, authority: issuer.text, isCutShort: false};
}

/** Where the key waits until the kubeconfig takes it. */
function keyPath(path: string): string {
  return `${path}.key`;
}

async function takeKey(
  person: PlanUser,
  {path, door, on}: UserRequestOptions,
): Promise<{readonly pair: KeyPair; readonly isNew: boolean}> {
  const place = keyPath(path);
  const waiting: Secret | undefined = readPrivateFile(place);
  if (waiting !== undefined) {
    on({kind: 'key-found', path: place});
    return {pair: readPrivateKey(waiting, undefined, place), isNew: false};
  }
  const {key} = inspectCertificate(door.certificateAuthority, 'the CA of the kubeconfig');
  const pair = await generateKeys(algorithmLike(key));
  writePrivateFile(place, pair.privateKey);
  on({kind: 'key-made', path: place});
  return {pair, isNew: true};
}

/** Follows from person and key, so that whoever has the key finds the request again. */
function requestName({name}: PlanUser, {publicKey}: KeyPair): string {
  const readable = (toName(name) ?? 'user').replaceAll('.', '-').slice(0, 63);
  return `certwright-${readable}-${publicKeyPin(publicKey).slice('sha256:'.length, 'sha256:'.length + 12)}`;
}

/** Answers that mean that there is no request, and will be none: a key made for it is good for nothing. */
const finalRefusals: readonly RefusalCode[] = ['api-forbidden', 'api-unauthorized', 'api-invalid', 'api-not-found'];

async function takeRequest(
  name: string,
  person: PlanUser,
  pair: KeyPair,
  options: UserRequestOptions & {readonly isNew: boolean; readonly canSayValidity: boolean},
): Promise<SigningRequest> {
  const {kubectl, path, validity, on} = options;
  try {
    const found = options.isNew ? undefined : await findSigningRequest(kubectl, name);
    if (found !== undefined) {
      checkFound(found, person, pair, path);
      on({kind: 'request-found', name, username: found.username});
      return found;
    }
    const subject = {commonName: person.name, organizations: person.groups};
    const created = await createSigningRequest(kubectl, {
      name,
      request: await makeRequest({subject, sans: [], usages: ['client auth'], isAuthority: false}, pair),
      signerName: clientSigner,
      usages: ['client auth'],
      expirationSeconds: validity === undefined || !options.canSayValidity ? undefined : Math.round(validity * 3600),
    });
    on({kind: 'request-created', name, username: created.username});
    return created;
  } catch (error) {
    if (options.isNew && finalRefusals.some((code) => isRefusal(error, code))) removePrivateFile(keyPath(path));
    throw error;
  }
}

/** The key is the same, or it would have another name; what is asked for it may differ from what was asked then. */
function checkFound(found: SigningRequest, {name, groups}: PlanUser, {publicKey}: KeyPair, path: string): void {
  const {subject, publicKey: theirs} = readRequest(found.request, found.name);
  const isSame =
    samePublicKey(publicKey, theirs) &&
    subject.commonName === name &&
    subject.organizations.toSorted().join('\0') === groups.toSorted().join('\0') &&
    found.signerName === clientSigner;
  if (isSame) return;
  throw new Failure('request-differs', `the request ${found.name}, made with this key, is for ${subject.text}`, {
    nextSteps: [`to go on with it, ask for the same name and groups`, startOver(found.name, path)],
  });
}

function startOver(name: string, path: string): string {
  return `to start over: kubectl delete csr ${name}; rm ${keyPath(path)}`;
}

/** Comes back with the certificate in it. */
async function signature(first: SigningRequest, options: UserRequestOptions): Promise<SigningRequest> {
  const {name} = first;
  const decided = stateOf(first) === 'pending' ? await decision(first, options) : first;
  if (stateOf(decided) === 'approved') options.on({kind: 'waiting-for-signature', name});
  const last = await lookUntil(decided, (state) => state !== 'approved', options.signatureWait, options);
  const state = stateOf(last);
  switch (state) {
    case 'signed':
      options.on({kind: 'signed', name});
      return last;
    case 'denied':
    case 'failed':
      // Neither is ever taken back, and the key has no other use.
      removePrivateFile(keyPath(options.path));
      throw ended(last, state);
    case 'approved':
    case 'pending':
      throw notSigned(name, options);
    default:
      return state satisfies never;
  }
}

/** The request, once it is no longer pending. */
async function decision(request: SigningRequest, options: UserRequestOptions): Promise<SigningRequest> {
  const {name} = request;
  if (await options.mayApprove(request)) {
    await approve(request, options);
    options.on({kind: 'approved', name});
    return stillThere(name, options);
  }
  if (options.approvalWait > 0) options.on({kind: 'waiting-for-approval', name});
  const decided = await lookUntil(request, (state) => state !== 'pending', options.approvalWait, options);
  if (stateOf(decided) !== 'pending') return decided;
  throw new Failure('awaits-approval', `the request ${name} waits for somebody to approve it`, {
    nextSteps: waysOn(name, options),
  });
}

/** Looks again and again; comes back with the last look when it is over or the time is. */
async function lookUntil(
  first: SigningRequest,
  isOver: (state: RequestState) => boolean,
  limit: number,
  options: UserRequestOptions,
): Promise<SigningRequest> {
  const {pause = 1_000, signal} = options;
  let request = first;
  for (let left = limit; left > 0 && !isOver(stateOf(request)); left -= pause) {
    await wait(pause, signal);
    request = await stillThere(request.name, options);
  }
  return request;
}

async function approve(request: SigningRequest, options: UserRequestOptions): Promise<void> {
  try {
    const message = 'approved by who asked for it, with certwright user --csr';
    await approveSigningRequest(options.kubectl, request, {message, now: options.now()});
  } catch (error) {
    if (!isRefusal(error, 'api-forbidden')) throw error;
    throw new Failure(error.code, error.message, {nextSteps: waysOn(request.name, options)});
  }
}

async function stillThere(name: string, {kubectl, path}: UserRequestOptions): Promise<SigningRequest> {
  const found = await findSigningRequest(kubectl, name);
  if (found !== undefined) return found;
  throw new Failure('request-gone', `the request ${name} is gone: somebody has removed it`, {
    nextSteps: ['run it again to ask anew with the same key', `or give it up: rm ${keyPath(path)}`],
  });
}

async function removeRequest(name: string, {kubectl, on}: UserRequestOptions): Promise<void> {
  try {
    await deleteSigningRequest(kubectl, name);
    on({kind: 'request-removed', name});
  } catch (error) {
    // The kubeconfig is written: what is left over spoils nothing.
    if (!(error instanceof Failure)) throw error;
    on({kind: 'request-left', name, why: error.message});
  }
}

async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(milliseconds, undefined, {signal});
  } catch {
    throw new Cancelled();
  }
}

function ended({name, conditions}: SigningRequest, state: 'denied' | 'failed'): Failure {
  const condition = conditions.find(({type}) => type.toLowerCase() === state);
  const why = [condition?.reason, condition?.message].filter((text) => text !== undefined && text !== '').join(': ');
  const reason = why === '' ? 'no reason is given' : why;
  return state === 'denied'
    ? new Failure('request-denied', `the request ${name} was denied: ${reason}`, {
        nextSteps: ['ask whoever denied it; its key was removed, and the next run asks anew'],
      })
    : new Failure('request-failed', `the request ${name} was approved, but the signer refuses it: ${reason}`, {
        nextSteps: ['mend what it names, then run it again: the key was removed, and the next run asks anew'],
      });
}

function waysOn(name: string, {sameCommand, path}: UserRequestOptions): [string, ...string[]] {
  return [
    `somebody who may approve it runs: kubectl certificate approve ${name}`,
    `then go on with the same key: ${sameCommand}`,
    `or give it up: kubectl delete csr ${name}; rm ${keyPath(path)}`,
  ];
}

function notSigned(name: string, {sameCommand, signatureWait}: UserRequestOptions): Failure {
  const waited = describeHours(signatureWait / 3_600_000);
  return new Failure('not-signed', `the request ${name} is approved, and nobody has signed it within ${waited}`, {
    nextSteps: [
      'see that kube-controller-manager runs with --cluster-signing-cert-file and --cluster-signing-key-file: it signs',
      `then go on with the same key: ${sameCommand}`,
    ],
  });
}

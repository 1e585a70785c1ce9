import {Cancelled, Failure, InputFailure} from '../base/failure.ts';
import type {Problem} from '../base/problem.ts';
import type {Secret} from '../base/secret.ts';
import type {Blueprint, PlannedAuthority, PlannedCertificate, PlannedKeyPair} from '../pki/blueprint-types.ts';
import type {CertificateFacts, Issued, IssuedAuthority, IssuedCertificate, IssuedKeyPair} from '../pki/issued.ts';
import type {AuthorityId, KeyAlgorithm} from '../pki/plan.ts';
import {makeBootstrapToken} from './bootstrap-token.ts';
import {
  awaitsSignature,
  type BroughtPair,
  checkBrought,
  checkSigned,
  type Elsewhere,
  isBrought,
  signerOf,
} from './brought.ts';
import {type Issuer, issuerFrom, makeCertificate} from './certificate.ts';
import {nameOf} from './chain.ts';
import {inspectCertificate} from './inspect.ts';
import {generateKeys, type KeyPair, publicKeyPem, readPrivateKey} from './keys.ts';
import {encodeName} from './names.ts';
import {makeRequest} from './request.ts';
import {type TakeTurn, takingTurns, unlessCancelled} from './turns.ts';

/** What happens while a blueprint is issued. `name` is an authority's id, a certificate's name or a key pair's id. */
export type IssueEvent =
  | {readonly kind: 'key-made'; readonly name: string}
  | {readonly kind: 'certificate-issued'; readonly name: string; readonly facts: CertificateFacts};

export interface IssueOptions extends Elsewhere {
  readonly now: Date;
  /** Threads of libuv's pool (`UV_THREADPOOL_SIZE`, 4 if not set): that many keys are made at a time. */
  readonly threads?: number;
  readonly on?: (event: IssueEvent) => void;
  /** Calls it off; the promise is rejected with `Cancelled`, and no event comes any more. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes every key and certificate of a blueprint. Keys are made and certificates signed on libuv's thread pool, so that
 * a screen stays alive; authorities are signed before what they sign, everything else goes as its key gets ready.
 *
 * @throws InputFailure when what was brought or signed elsewhere does not fit, with every problem
 * @throws Failure `authority-key-missing` when an external CA has yet to sign something
 * @throws Cancelled
 */
export async function issueBlueprint(blueprint: Blueprint, options: IssueOptions): Promise<Issued> {
  refuse(checkBrought(blueprint, options));
  refuse(await checkSigned(blueprint, options));
  const waiting = awaitsSignature(blueprint, options.brought).filter((one) => !options.signed?.has(nameOf(one)));
  if (waiting.length > 0) {
    throw new Failure(
      'authority-key-missing',
      `${signerOf(waiting[0])} has yet to sign ${waiting.map((one) => nameOf(one)).join(', ')}: its key is not here`,
      {nextSteps: ['have the requests signed, then go on with: certwright issue --signed DIR']},
    );
  }
  return unlessCancelled(options.signal, (stop) => issueAll(blueprint, options, workshop(options, stop)));
}

/** A certificate that an authority elsewhere has to sign, with the key made for it. */
export interface MadeRequest {
  /** An authority's id or a certificate's name: what `signed` calls it when it comes back. */
  readonly name: string;
  readonly planned: PlannedAuthority | PlannedCertificate;
  /** Who has to sign it. */
  readonly authority: AuthorityId;
  readonly key: Secret;
  /** PEM. */
  readonly request: string;
}

/**
 * Makes keys and requests for what authorities without a key have to sign; intermediates too, when it is the root that
 * is elsewhere. In the blueprint's order; empty when nothing has to be asked.
 */
export async function requestsFor(blueprint: Blueprint, options: IssueOptions): Promise<readonly MadeRequest[]> {
  refuse(checkBrought(blueprint, options));
  return unlessCancelled(options.signal, (stop) => {
    const {makeKey} = workshop(options, stop);
    return Promise.all(
      awaitsSignature(blueprint, options.brought).map(async (planned): Promise<MadeRequest> => {
        const name = nameOf(planned);
        const key = await makeKey(name, planned.algorithm);
        const isAuthority = !('authority' in planned);
        const usages = isAuthority ? [] : planned.usages;
        const request = await makeRequest({...planned, usages, isAuthority}, key);
        return {name, planned, authority: signerOf(planned), key: key.privateKey, request};
      }),
    );
  });
}

function refuse(problems: readonly Problem[]): void {
  const errors = problems.filter(({severity}) => severity === 'error');
  if (errors.length > 0) {
    throw new InputFailure('what was brought does not fit the plan', errors);
  }
}

/** Where keys are made, and where what happens is told. */
interface Workshop {
  readonly makeKey: (name: string, algorithm: KeyAlgorithm) => Promise<KeyPair>;
  readonly tell: (event: IssueEvent) => void;
}

function workshop({threads = 4, on}: IssueOptions, stop: AbortSignal): Workshop {
  // One more than there are threads: the next key is queued when one is done, without a round through the event loop.
  const takeTurn: TakeTurn = takingTurns(threads + 1, stop);
  const tell = (event: IssueEvent) => {
    if (stop.aborted) throw new Cancelled();
    on?.(event);
  };
  return {
    tell,
    makeKey: async (name, algorithm) => {
      const key = await takeTurn(() => generateKeys(algorithm));
      tell({kind: 'key-made', name});
      return key;
    },
  };
}

/** An authority that is there, with what it signs by; undefined when its key is elsewhere. */
interface ReadyAuthority {
  readonly issued: IssuedAuthority;
  readonly issuer: Issuer | undefined;
}

async function issueAll(blueprint: Blueprint, options: IssueOptions, shop: Workshop): Promise<Issued> {
  // Everything is begun at once, authorities first, and waits for its turn to get a key and for its authority.
  const authorities = new Map<AuthorityId, Promise<ReadyAuthority>>();
  for (const planned of blueprint.authorities) {
    authorities.set(planned.id, issueAuthority(planned, authorities, options, shop));
  }
  const [ready, certificates, keyPairs] = await Promise.all([
    Promise.all(authorities.values()),
    Promise.all(blueprint.certificates.map((planned) => issueLeaf(planned, authorities, options, shop))),
    Promise.all(blueprint.keyPairs.map((planned) => issueKeyPair(planned, shop))),
  ]);
  return {
    authorities: new Map(ready.map(({issued}) => [issued.planned.id, issued])),
    certificates: new Map(certificates.map((issued) => [issued.planned.name, issued])),
    keyPairs: new Map(keyPairs),
    bootstrapToken: needsToken(blueprint) ? makeBootstrapToken() : undefined,
  };
}

async function issueAuthority(
  planned: PlannedAuthority,
  authorities: ReadonlyMap<AuthorityId, Promise<ReadyAuthority>>,
  {brought, signed, now}: IssueOptions,
  {makeKey, tell}: Workshop,
): Promise<ReadyAuthority> {
  const given = isBrought(planned) ? brought?.get(planned.id) : signed?.get(planned.id);
  if (given !== undefined) return authorityGiven(planned, given);
  const key = await makeKey(planned.id, planned.algorithm);
  const {certificate, facts} = await makeCertificate(
    {...planned, subject: encodeName(planned.subject), publicKey: key.publicKey, isAuthority: true, usages: []},
    planned.signedBy === undefined ? {itself: key.signingKey} : await issuerOf(planned.signedBy, authorities),
    now,
  );
  tell({kind: 'certificate-issued', name: planned.id, facts});
  return {
    issued: {planned, certificate, key: key.privateKey, facts},
    issuer: issuerFrom(certificate, key.signingKey),
  };
}

function authorityGiven(planned: PlannedAuthority, {certificate, key}: BroughtPair): ReadyAuthority {
  const inspected = inspectCertificate(certificate, planned.id);
  const pair = key === undefined ? undefined : readPrivateKey(key, undefined, `the key of ${planned.id}`);
  return {
    issued: {planned, certificate: inspected.pem, key: pair?.privateKey, facts: factsOf(inspected)},
    issuer: pair === undefined ? undefined : issuerFrom(inspected.pem, pair.signingKey),
  };
}

async function issueLeaf(
  planned: PlannedCertificate,
  authorities: ReadonlyMap<AuthorityId, Promise<ReadyAuthority>>,
  {signed, now}: IssueOptions,
  {makeKey, tell}: Workshop,
): Promise<IssuedCertificate> {
  const given = signed?.get(planned.name);
  if (given !== undefined) {
    const inspected = inspectCertificate(given.certificate, planned.name);
    const {privateKey} = readPrivateKey(given.key, undefined, `the key of ${planned.name}`);
    return {planned, certificate: inspected.pem, key: privateKey, facts: factsOf(inspected)};
  }
  const key = await makeKey(planned.name, planned.algorithm);
  const {certificate, facts} = await makeCertificate(
    {...planned, subject: encodeName(planned.subject), publicKey: key.publicKey, isAuthority: false},
    await issuerOf(planned.authority, authorities),
    now,
  );
  tell({kind: 'certificate-issued', name: planned.name, facts});
  return {planned, certificate, key: key.privateKey, facts};
}

async function issueKeyPair(planned: PlannedKeyPair, {makeKey}: Workshop): Promise<[string, IssuedKeyPair]> {
  const key = await makeKey(planned.id, planned.algorithm);
  return [planned.id, {privateKey: key.privateKey, publicKey: publicKeyPem(key.publicKey)}];
}

async function issuerOf(
  id: AuthorityId,
  authorities: ReadonlyMap<AuthorityId, Promise<ReadyAuthority>>,
): Promise<Issuer> {
  const issuer = (await authorities.get(id))?.issuer;
  if (issuer === undefined) throw new TypeError(`the blueprint has no authority ${id} above what it signs`);
  return issuer;
}

function factsOf({serial, notBefore, notAfter, fingerprint}: CertificateFacts): CertificateFacts {
  return {serial, notBefore, notAfter, fingerprint};
}

function needsToken({kubeconfigs, files}: Blueprint): boolean {
  const holders = new Set(['token-secret', 'cluster-info', 'join-command']);
  return (
    kubeconfigs.some(({credential}) => credential.kind === 'bootstrap-token') ||
    files.some(({content}) => holders.has(content.kind))
  );
}

import {hash} from 'node:crypto';
import type {Usage} from '../pki/blueprint-types.ts';
import {remembered} from './bundle-view.ts';
import type {ShownFiles, TrustedFile} from './ends.ts';
import {chainRefusal, leafRefusal, type Chain, type Refusal} from './go-verify.ts';
import {shakeHands, type CallerEnd, type Complaint, type Handshake, type ProviderEnd, type Wire} from './handshake.ts';
import type {SeenCertificate} from './seen-certificate.ts';

/**
 * Two ends and what each holds against the other: Go's rules, decided for the very certificates, and a real handshake,
 * made once for each class of ends that no verifier could tell apart.
 */

interface MeetingProvider {
  readonly shown: ShownFiles;
  /** undefined = callers are not verified. */
  readonly trusted: TrustedFile | undefined;
  readonly clientCertificate: ProviderEnd['clientCertificate'];
}

interface MeetingCaller {
  readonly shown: ShownFiles | undefined;
  /** undefined = the provider is not verified. */
  readonly trusted: TrustedFile | undefined;
  /** Left out = OpenSSL is not asked about names. */
  readonly dials?: string | undefined;
}

/** What one end makes of the other's certificate. */
export type Opinion =
  /** It asks for none, is shown none, or verifies with nothing. */
  | {readonly kind: 'not-asked'}
  /** `butOpenssl`: what clients on OpenSSL would object to, where Go does not. */
  | {readonly kind: 'accepts'; readonly butOpenssl: string | undefined}
  | {
      readonly kind: 'refuses';
      /** Go's refusal; undefined when only OpenSSL has one. */
      readonly refusal: Refusal | undefined;
      /** Go's words, which stand in a component's log, and OpenSSL's, which the handshake gave. */
      readonly words: string;
    };

export interface Meeting {
  readonly handshake: Handshake;
  /** The caller's opinion of the provider, names left out: they differ from connection to connection. */
  readonly caller: Opinion;
  readonly provider: Opinion;
}

export type Meet = (provider: MeetingProvider, caller: MeetingCaller) => Promise<Meeting>;

/**
 * @param now the clock of both ends; OpenSSL's own is the system's, so its word on dates does not count
 * @param wire left out = in memory
 */
export function meetings(now: Date, signal: AbortSignal | undefined, wire?: Wire): Meet {
  const handshakes = new Map<string, Promise<Handshake>>();
  const verdicts = new Map<string, Verified>();
  const verify = (
    shown: ShownFiles | undefined,
    trusted: TrustedFile | undefined,
    usage: Usage,
  ): Verified | undefined =>
    shown === undefined || trusted === undefined
      ? undefined
      : remembered(verdicts, fingerprintOf(shown, trusted, usage), () => verified(shown, trusted, usage, now));
  return async (provider, caller) => {
    const asksForCertificate = provider.clientCertificate !== 'unused';
    const ofProvider = verify(provider.shown, caller.trusted, 'server auth');
    const ofCaller = asksForCertificate ? verify(caller.shown, provider.trusted, 'client auth') : undefined;
    const kind = [
      provider.clientCertificate,
      classOf(provider.shown, ofProvider),
      classOf(caller.shown, ofCaller),
      digest(provider.trusted?.pem),
      digest(caller.trusted?.pem),
      caller.dials ?? '',
    ].join('\n');
    const handshake = await remembered(handshakes, kind, () =>
      shakeHands(asEnd(provider), asCaller(caller), signal, wire),
    );
    const heard = handshake.kind === 'met' ? handshake : undefined;
    return {
      handshake,
      caller: opinion(ofProvider, heard && {says: heard.callerSays}),
      provider: opinion(ofCaller, heard && {says: heard.providerSays}),
    };
  };
}

/** What Go makes of a certificate: the chain it finds, or why it refuses. */
type Verified = {readonly chain: Chain} | {readonly refusal: Refusal};

function verified(shown: ShownFiles, trusted: TrustedFile, usage: Usage, now: Date): Verified {
  const refusal = leafRefusal(shown.leaf, now);
  return refusal === undefined
    ? chainRefusal(shown.leaf, {anchors: trusted.anchors, along: shown.along, now}, usage)
    : {refusal};
}

/** @param openssl undefined = the handshake did not come to a verdict of OpenSSL's */
function opinion(go: Verified | undefined, openssl: {readonly says: Complaint | undefined} | undefined): Opinion {
  if (go === undefined) return {kind: 'not-asked'};
  const complaint = openssl?.says;
  if ('refusal' in go) {
    const {words} = go.refusal;
    const also = openssl === undefined ? '' : ` (OpenSSL: ${complaint?.words ?? 'nothing against it'})`;
    return {kind: 'refuses', refusal: go.refusal, words: `${words}${also}`};
  }
  if (complaint === undefined || datesOnly.includes(complaint.code)) return {kind: 'accepts', butOpenssl: undefined};
  if (issuerNotFound.includes(complaint.code) && identifierDiffers(go.chain)) {
    return {kind: 'accepts', butOpenssl: complaint.words};
  }
  return {kind: 'refuses', refusal: undefined, words: `${complaint.words} (OpenSSL; Go has nothing against it)`};
}

/** OpenSSL measures dates against the system's clock; ours are measured against `now`. */
const datesOnly: readonly string[] = ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'];
const issuerNotFound: readonly string[] = ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'];

/** Whether a certificate points to another key than that of the one above it, which did sign it. Go does not mind. */
function identifierDiffers(chain: Chain): boolean {
  return chain.some((certificate, index) => {
    const pointsTo = certificate.authorityKeyIdentifier;
    const calledBy = chain[index + 1]?.subjectKeyIdentifier;
    return pointsTo !== undefined && calledBy !== undefined && pointsTo !== calledBy;
  });
}

function asEnd({shown, trusted, clientCertificate}: MeetingProvider): ProviderEnd {
  return {shows: shown, trusts: trusted?.pem, clientCertificate};
}

function asCaller({shown, trusted, dials}: MeetingCaller): CallerEnd {
  return {
    shows: shown === undefined ? undefined : {certificate: shown.certificate, key: shown.key},
    trusts: trusted?.pem,
    dials,
  };
}

function fingerprintOf(shown: ShownFiles, trusted: TrustedFile, usage: Usage): string {
  return [usage, digest(trusted.pem), ...[shown.leaf, ...shown.along].map(({fingerprint}) => fingerprint)].join(' ');
}

/**
 * What a verifier can see of an end, so that ends of one class meet with one handshake. Left out is only what has been
 * decided for this very certificate: its signature and its dates (`verified`), its key (`keyFits`), its names, its
 * serial number. With name constraints anywhere in play names count, and every certificate is a class of its own.
 */
function classOf(shown: ShownFiles | undefined, go: Verified | undefined): string {
  if (shown === undefined) return 'none';
  const {leaf, along, keyFits} = shown;
  const found = go === undefined ? [] : 'chain' in go ? go.chain.slice(1) : [];
  if ([leaf, ...along, ...found].some(({unread}) => unread.includes(nameConstraints))) return leaf.fingerprint;
  const refusal = go !== undefined && 'refusal' in go ? go.refusal : undefined;
  return JSON.stringify([
    keyFits,
    along.map(({fingerprint}) => fingerprint),
    found.map(({fingerprint}) => fingerprint),
    refusal === undefined ? null : [refusal.kind, refusal.about === leaf ? 'leaf' : refusal.about.fingerprint],
    refusal?.namesake?.fingerprint ?? null,
    shapeOf(leaf),
  ]);
}

const nameConstraints = '2.5.29.30';

function shapeOf(leaf: SeenCertificate): readonly unknown[] {
  return [
    leaf.issuer.der.toString('hex'),
    leaf.authorityKeyIdentifier,
    leaf.isSelfIssued,
    leaf.isAuthority,
    leaf.pathLength,
    leaf.keyUsage,
    leaf.usages,
    leaf.otherUsages,
    leaf.limitsUsages,
    leaf.critical,
    leaf.unread,
    leaf.key.name,
    leaf.signatureAlgorithm,
    leaf.hasPositiveSerial,
    // OpenSSL looks at its own clock; certificates of one day are early or late together.
    day(leaf.notBefore),
    day(leaf.notAfter),
  ];
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function digest(text: string | undefined): string {
  return text === undefined ? 'nothing' : hash('sha256', text, 'hex');
}

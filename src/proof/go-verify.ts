import type {Usage} from '../pki/blueprint-types.ts';
import type {SeenCertificate} from './seen-certificate.ts';

/**
 * Whether a certificate is accepted, as Go's `crypto/x509` decides it (`Certificate.Verify`), because every component
 * of Kubernetes does. OpenSSL decides otherwise in four places: it wants an authority's key identifier to fit where Go
 * looks at name and signature alone; it takes SHA-1; its clock is the system's, not the one given here; and of an
 * intermediate it wants the root too, unless it is told not to.
 *
 * Signatures are checked one by one, so what is found for one certificate holds for it and no other.
 */
type RefusalKind =
  | 'expired'
  | 'not-yet-valid'
  | 'critical-extension'
  | 'unknown-authority'
  | 'path-too-long'
  | 'wrong-usage';

export interface Refusal {
  readonly kind: RefusalKind;
  /** Go's own. */
  readonly words: string;
  /** The certificate at fault: the one shown, or an authority above it. */
  readonly about: SeenCertificate;
  /** An anchor or intermediate with the name of the issuer, which nevertheless did not sign. */
  readonly namesake?: SeenCertificate;
}

export interface Anchors {
  /** The certificates of the file that callers or servers are verified with. */
  readonly anchors: readonly SeenCertificate[];
  /** What was sent along after the leaf. */
  readonly along: readonly SeenCertificate[];
  readonly now: Date;
}

export type Chain = readonly SeenCertificate[];

/** What is wrong with the certificate itself; Go looks at this before it looks at names, and at names before chains. */
export function leafRefusal(leaf: SeenCertificate, now: Date): Refusal | undefined {
  const strange = leaf.critical.find((id) => leaf.unread.includes(id) && !understood.includes(id));
  if (strange !== undefined) {
    return {kind: 'critical-extension', words: 'x509: unhandled critical extension', about: leaf};
  }
  return dateRefusal(leaf, now);
}

/** What is wrong above the certificate; the chain that was found when nothing is. */
export function chainRefusal(
  leaf: SeenCertificate,
  surroundings: Anchors,
  usage: Usage,
): {readonly chain: Chain} | {readonly refusal: Refusal} {
  const search: Search = {...surroundings, signaturesLeft: mostSignatures};
  const found: Found = surroundings.anchors.some(({fingerprint}) => fingerprint === leaf.fingerprint)
    ? {chains: [[leaf]]}
    : chainsAbove([leaf], search);
  const [first] = found.chains;
  if (first === undefined) return {refusal: found.refusal ?? unknownAuthority(leaf, undefined)};
  const fitting = found.chains.find((chain) => chain.every((certificate) => allows(certificate, usage)));
  return fitting === undefined
    ? {
        refusal: {
          kind: 'wrong-usage',
          words: 'x509: certificate specifies an incompatible key usage',
          about: first.find((certificate) => !allows(certificate, usage)) ?? leaf,
        },
      }
    : {chain: fitting};
}

/** Extensions that Go handles and `inspectCertificate` leaves unread. */
const understood: readonly string[] = ['2.5.29.30', '2.5.29.31', '2.5.29.32', '2.5.29.33', '2.5.29.36', '2.5.29.54'];
const anyUsage = '2.5.29.37.0';
/** Go's limit against certificates that are many by design. */
const mostSignatures = 100;
const tooMany = 'x509: signature check attempts limit reached while verifying certificate chain';

interface Search extends Anchors {
  signaturesLeft: number;
}

interface Found {
  readonly chains: readonly Chain[];
  readonly refusal?: Refusal;
}

function chainsAbove(below: Chain, search: Search): Found {
  const child = below.at(-1);
  if (child === undefined) return {chains: []};
  const chains: Chain[] = [];
  let refusal: Refusal | undefined;
  let namesake: SeenCertificate | undefined;
  const consider = (candidate: SeenCertificate, isAnchor: boolean): void => {
    if (!candidate.subject.der.equals(child.issuer.der) || below.some((known) => isSame(known, candidate))) return;
    search.signaturesLeft -= 1;
    if (search.signaturesLeft < 0) {
      refusal = {kind: 'unknown-authority', words: tooMany, about: child};
      return;
    }
    if (!maySign(candidate) || isWeak(child) || !isSignedBy(child, candidate)) {
      namesake ??= candidate;
      return;
    }
    const wrong = authorityRefusal(candidate, below.length - 1, search.now);
    if (wrong !== undefined) {
      refusal = wrong;
      return;
    }
    if (isAnchor) {
      chains.push([...below, candidate]);
      return;
    }
    const above = chainsAbove([...below, candidate], search);
    chains.push(...above.chains);
    if (above.chains.length === 0) refusal = above.refusal;
  };
  for (const anchor of likelyFirst(child, search.anchors)) consider(anchor, true);
  for (const intermediate of likelyFirst(child, search.along)) consider(intermediate, false);
  return chains.length > 0 ? {chains} : {chains, refusal: refusal ?? unknownAuthority(child, namesake)};
}

/** A key identifier that fits is a hint to Go and no more: such an authority is tried before its namesakes. */
function likelyFirst(child: SeenCertificate, candidates: readonly SeenCertificate[]): readonly SeenCertificate[] {
  const rank = ({subjectKeyIdentifier: calledBy}: SeenCertificate): number => {
    const pointsTo = child.authorityKeyIdentifier;
    return calledBy === undefined || pointsTo === undefined ? 1 : calledBy === pointsTo ? 0 : 2;
  };
  return candidates.toSorted((one, other) => rank(one) - rank(other));
}

function unknownAuthority(child: SeenCertificate, namesake: SeenCertificate | undefined): Refusal {
  const words = 'x509: certificate signed by unknown authority';
  if (namesake === undefined) return {kind: 'unknown-authority', words, about: child};
  const because = signatureFault(child, namesake);
  const candidate = namesake.subject.commonName || namesake.subject.organizations[0] || `serial:${namesake.serial}`;
  return {
    kind: 'unknown-authority',
    words: `${words} (possibly because of ${JSON.stringify(because)} while trying to verify candidate authority certificate ${JSON.stringify(candidate)})`,
    about: child,
    namesake,
  };
}

function signatureFault(child: SeenCertificate, namesake: SeenCertificate): string {
  if (!maySign(namesake)) return 'x509: invalid signature: parent certificate cannot sign this kind of certificate';
  if (isWeak(child)) return 'x509: cannot verify signature: insecure algorithm';
  const wanted = /rsa/i.test(child.signatureAlgorithm) ? 'RSA' : 'ECDSA';
  if (namesake.key.type !== wanted) {
    return `x509: signature algorithm specifies an ${wanted} public key, but have public key of type *${namesake.key.type.toLowerCase()}.PublicKey`;
  }
  return wanted === 'RSA' ? 'crypto/rsa: verification error' : 'x509: ECDSA verification failure';
}

function authorityRefusal(authority: SeenCertificate, between: number, now: Date): Refusal | undefined {
  const wrong = leafRefusal(authority, now);
  if (wrong !== undefined) return wrong;
  return authority.pathLength !== undefined && between > authority.pathLength
    ? {kind: 'path-too-long', words: 'x509: too many intermediates for path length constraint', about: authority}
    : undefined;
}

function dateRefusal(certificate: SeenCertificate, now: Date): Refusal | undefined {
  const words = 'x509: certificate has expired or is not yet valid: current time';
  if (now < certificate.notBefore) {
    return {
      kind: 'not-yet-valid',
      words: `${words} ${rfc3339(now)} is before ${rfc3339(certificate.notBefore)}`,
      about: certificate,
    };
  }
  return now > certificate.notAfter
    ? {
        kind: 'expired',
        words: `${words} ${rfc3339(now)} is after ${rfc3339(certificate.notAfter)}`,
        about: certificate,
      }
    : undefined;
}

function rfc3339(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

function allows({limitsUsages, usages, otherUsages}: SeenCertificate, usage: Usage): boolean {
  return !limitsUsages || usages.includes(usage) || otherUsages.includes(anyUsage);
}

function maySign({isAuthority, keyUsage}: SeenCertificate): boolean {
  return isAuthority && (keyUsage === undefined || keyUsage.includes('keyCertSign'));
}

/** Of an anchor nobody checks the signature, so this is asked of what stands below one. */
function isWeak({signatureAlgorithm}: SeenCertificate): boolean {
  return /^(md2|md5|sha1|ecdsa-with-SHA1)/i.test(signatureAlgorithm);
}

function isSignedBy(child: SeenCertificate, authority: SeenCertificate): boolean {
  try {
    return child.x509.verify(authority.x509.publicKey);
  } catch {
    // The signature is of another kind than the key.
    return false;
  }
}

/** One authority certified twice (a cross-signed one, say) is still one. */
function isSame(one: SeenCertificate, other: SeenCertificate): boolean {
  return (
    one.fingerprint === other.fingerprint ||
    (one.subject.der.equals(other.subject.der) && one.x509.publicKey.equals(other.x509.publicKey))
  );
}

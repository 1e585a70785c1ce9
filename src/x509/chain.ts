import {X509Certificate} from 'node:crypto';
import {Failure} from '../base/failure.ts';
import {type Problem, problem, warning} from '../base/problem.ts';
import type {Secret} from '../base/secret.ts';
import type {PlannedAuthority, PlannedCertificate} from '../pki/blueprint-types.ts';
import type {AuthorityId} from '../pki/plan.ts';
import {type InspectedCertificate, inspectCertificate, publicKeyOf} from './inspect.ts';
import {readPrivateKey, samePublicKey} from './keys.ts';
import {checkContent} from './content.ts';

/** What a certificate is held against. */
export interface Surroundings {
  /** The private key that lies beside it; undefined = it is kept elsewhere, and nothing is said about it. */
  readonly key: Secret | undefined;
  /** The authorities' certificates, PEM. A self-signed one need not be in it when it is the one that is checked. */
  readonly authorities: ReadonlyMap<AuthorityId, string>;
  readonly now: Date;
  /** Where problems are said to be: a path in a bundle. The planned name if left out. */
  readonly path?: string;
}

/**
 * Judges a certificate that somebody else may have made against what was planned: its key, who signed it (by the
 * signature, never by the name), what it may be used for, whom it names, and its dates. A warning is something that
 * works today and costs something; an error is something that a component refuses.
 *
 * @param pem the certificate, first in its file; what follows it is not looked at
 */
export function checkIssued(
  planned: PlannedCertificate | PlannedAuthority,
  pem: string,
  surroundings: Surroundings,
): Problem[] {
  const at = surroundings.path ?? nameOf(planned);
  let certificate: InspectedCertificate;
  try {
    certificate = inspectCertificate(pem, at);
  } catch (error) {
    return [asProblem(error, at)];
  }
  return [
    ...checkKey(certificate, surroundings.key, at),
    ...checkSignature(planned, certificate, surroundings.authorities, at),
    ...checkContent(planned, certificate, at),
    ...checkDates(planned, certificate, surroundings.now, at),
  ];
}

/** The name that a planned certificate or authority has in events, problems and files. */
export function nameOf(planned: PlannedCertificate | PlannedAuthority): string {
  return 'name' in planned ? planned.name : planned.id;
}

function checkKey(certificate: InspectedCertificate, key: Secret | undefined, at: string): Problem[] {
  if (key === undefined) return [];
  try {
    const {publicKey} = readPrivateKey(key, undefined, `the key of ${at}`);
    return samePublicKey(publicKey, publicKeyOf(certificate.pem))
      ? []
      : [
          problem(
            'key-does-not-match',
            at,
            `the key of ${at} does not belong to this certificate`,
            'put certificate and key of one pair together; both may be fine, each beside the wrong other',
          ),
        ];
  } catch (error) {
    return [asProblem(error, at)];
  }
}

function checkSignature(
  planned: PlannedCertificate | PlannedAuthority,
  certificate: InspectedCertificate,
  authorities: Surroundings['authorities'],
  at: string,
): Problem[] {
  const signer = 'authority' in planned ? planned.authority : planned.signedBy;
  if (signer === undefined) return checkSelfSigned(planned, certificate, at);
  const text = authorities.get(signer);
  if (text === undefined) {
    return [problem('authority-missing', at, `the certificate of ${signer}, which must have signed ${at}, is missing`)];
  }
  let authority: InspectedCertificate;
  try {
    authority = inspectCertificate(text, signer);
  } catch (error) {
    return [asProblem(error, at)];
  }
  if (!isSignedWith(certificate.pem, authority.pem)) {
    return [strangeSigner(certificate, signer, authorities, at)];
  }
  return checkLink(planned, certificate, authority, signer, at);
}

function checkSelfSigned(
  planned: PlannedCertificate | PlannedAuthority,
  certificate: InspectedCertificate,
  at: string,
): Problem[] {
  if (isSignedWith(certificate.pem, certificate.pem)) return [];
  // A company's own intermediate, brought as a root: Go takes any certificate as an anchor, OpenSSL wants its root too.
  if ('brought' in planned && planned.brought !== undefined && !certificate.isSelfIssued) {
    return [
      warning(
        'not-a-root',
        at,
        `${at} is signed by ${certificate.issuer.text}, not by itself`,
        'Kubernetes trusts it as it is; for OpenSSL and Node.js clients put the root behind it',
      ),
    ];
  }
  return [
    problem('signature-wrong', at, `${at} is not signed by itself`, 'take the certificate from its source again'),
  ];
}

/** Who signed it then: another authority of the cluster, one of the same name, or nobody known. */
function strangeSigner(
  certificate: InspectedCertificate,
  wanted: AuthorityId,
  authorities: Surroundings['authorities'],
  at: string,
): Problem {
  const [other] = [...authorities].find(([, pem]) => isSignedWith(certificate.pem, pem)) ?? [];
  const signer =
    other ?? (isSignedWith(certificate.pem, certificate.pem) ? 'itself' : `${certificate.issuer.text}, another key`);
  return problem('wrong-authority', at, `${at} is signed by ${signer}, not by ${wanted}`, `have ${wanted} sign it`);
}

/** The signature is right; now what else a verifier looks at between a certificate and the one above it. */
function checkLink(
  planned: PlannedCertificate | PlannedAuthority,
  certificate: InspectedCertificate,
  authority: InspectedCertificate,
  signer: AuthorityId,
  at: string,
): Problem[] {
  const problems: Problem[] = [];
  if (!certificate.issuer.der.equals(authority.subject.der)) {
    problems.push(
      problem(
        'issuer-name-differs',
        at,
        `${at} names ${certificate.issuer.text} as its issuer, but ${signer} is ${authority.subject.text}, to the byte`,
        `sign it with the certificate of ${signer} that is in use`,
      ),
    );
  }
  const {authorityKeyIdentifier: pointsTo} = certificate;
  const {subjectKeyIdentifier: calledBy} = authority;
  if (pointsTo !== undefined && calledBy !== undefined && pointsTo !== calledBy) {
    problems.push(
      problem(
        'authority-identifier-differs',
        at,
        `${at} points to an authority key ${pointsTo}, but ${signer} calls its key ${calledBy}: OpenSSL and Node.js refuse it, Go does not`,
        'sign it again with a tool that copies the identifier out of the authority instead of computing it',
      ),
    );
  }
  if (!('authority' in planned) && authority.pathLength === 0) {
    problems.push(
      problem(
        'path-too-long',
        at,
        `${signer} allows no authority below itself (path length 0), so nothing that ${at} signs is valid`,
        `have an authority without that limit sign ${at}`,
      ),
    );
  }
  if ('authority' in planned && authority.limitsUsages && !authority.otherUsages.includes(anyUsage)) {
    const forbidden = planned.usages.filter((usage) => !authority.usages.includes(usage));
    if (forbidden.length > 0) {
      problems.push(
        problem(
          'usage-forbidden',
          at,
          `${signer} may sign only for ${authority.usages.join(', ') || 'other uses'}, not for ${forbidden.join(', ')}`,
          'use an authority without an extended key usage',
        ),
      );
    }
  }
  if (certificate.notAfter > authority.notAfter) {
    problems.push(
      warning(
        'outlives-authority',
        at,
        `${at} ends on ${day(certificate.notAfter)}, after ${signer}, which ends on ${day(authority.notAfter)}: from then on it is refused`,
        'choose a shorter validity, or renew the authority first',
      ),
    );
  }
  return problems;
}

const anyUsage = '2.5.29.37.0';
const hour = 3_600_000;

function checkDates(
  planned: PlannedCertificate | PlannedAuthority,
  {notBefore, notAfter}: InspectedCertificate,
  now: Date,
  at: string,
): Problem[] {
  if (now > notAfter) {
    return [problem('expired', at, `${at} ended on ${notAfter.toISOString()}`, 'renew it')];
  }
  if (now < notBefore) {
    return [
      problem(
        'not-yet-valid',
        at,
        `${at} begins on ${notBefore.toISOString()}`,
        'check the clocks: of this machine, and of the one that signed',
      ),
    ];
  }
  const isBrought = 'brought' in planned && planned.brought !== undefined;
  const lifetime = (notAfter.getTime() - notBefore.getTime()) / hour;
  if (isBrought || lifetime > planned.validity - 1) return [];
  return [
    warning(
      'shorter-than-planned',
      at,
      `${at} is valid for ${Math.floor(lifetime / 24)} days, ${Math.floor(planned.validity / 24)} were planned`,
      'renew it that much earlier',
    ),
  ];
}

function isSignedWith(pem: string, authority: string): boolean {
  try {
    return new X509Certificate(pem).verify(publicKeyOf(authority));
  } catch {
    // A key or signature of a kind that OpenSSL does not have: not signed with this one.
    return false;
  }
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function asProblem(error: unknown, at: string): Problem {
  if (error instanceof Failure) return problem(error.code, at, error.message, error.nextSteps[0]);
  throw error;
}

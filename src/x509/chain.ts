import {Failure} from '../base/failure.ts';
import {type Problem, problem, warning} from '../base/problem.ts';
import type {Secret} from '../base/secret.ts';
import type {PlannedAuthority, PlannedCertificate} from '../pki/blueprint-types.ts';
import type {AuthorityId} from '../pki/plan.ts';
import {type InspectedCertificate, openCertificate, type OpenCertificate} from './inspect.ts';
import {openPrivateKey} from './keys.ts';
import {checkLink} from './link.ts';
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
  let certificate: OpenCertificate;
  try {
    certificate = openCertificate(pem, at);
  } catch (error) {
    return [asProblem(error, at)];
  }
  return [
    ...checkKey(certificate, surroundings.key, at),
    ...checkSignature(planned, certificate, surroundings.authorities, at),
    ...checkContent(planned, certificate.inspected, at),
    ...checkDates(planned, certificate.inspected, surroundings.now, at),
  ];
}

/** The name that a planned certificate or authority has in events, problems and files. */
export function nameOf(planned: PlannedCertificate | PlannedAuthority): string {
  return 'name' in planned ? planned.name : planned.id;
}

function checkKey({x509}: OpenCertificate, key: Secret | undefined, at: string): Problem[] {
  if (key === undefined) return [];
  try {
    return x509.checkPrivateKey(openPrivateKey(key, undefined, `the key of ${at}`))
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
  certificate: OpenCertificate,
  authorities: Surroundings['authorities'],
  at: string,
): Problem[] {
  const signer = 'authority' in planned ? planned.authority : planned.signedBy;
  if (signer === undefined) return checkSelfSigned(planned, certificate, at);
  const text = authorities.get(signer);
  if (text === undefined) {
    return [problem('authority-missing', at, `the certificate of ${signer}, which must have signed ${at}, is missing`)];
  }
  let authority: OpenCertificate;
  try {
    authority = openCertificate(text, signer);
  } catch (error) {
    return [asProblem(error, at)];
  }
  if (!isSignedWith(certificate, authority)) {
    return [strangeSigner(certificate, signer, authorities, at)];
  }
  return checkLink(planned, certificate.inspected, authority.inspected, signer, at);
}

function checkSelfSigned(
  planned: PlannedCertificate | PlannedAuthority,
  certificate: OpenCertificate,
  at: string,
): Problem[] {
  if (isSignedWith(certificate, certificate)) return [];
  const {isSelfIssued, issuer} = certificate.inspected;
  // A company's own intermediate, brought as a root: Go takes any certificate as an anchor, OpenSSL wants its root too.
  if ('brought' in planned && planned.brought !== undefined && !isSelfIssued) {
    return [
      warning(
        'not-a-root',
        at,
        `${at} is signed by ${issuer.text}, not by itself`,
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
  certificate: OpenCertificate,
  wanted: AuthorityId,
  authorities: Surroundings['authorities'],
  at: string,
): Problem {
  const [other] = [...authorities].find(([id, pem]) => id !== wanted && isSignedWithPem(certificate, pem)) ?? [];
  const stranger = `${certificate.inspected.issuer.text}, another key`;
  const signer = other ?? (isSignedWith(certificate, certificate) ? 'itself' : stranger);
  return problem('wrong-authority', at, `${at} is signed by ${signer}, not by ${wanted}`, `have ${wanted} sign it`);
}

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

function isSignedWith({x509}: OpenCertificate, authority: OpenCertificate): boolean {
  try {
    return x509.verify(authority.x509.publicKey);
  } catch {
    // A key or signature of a kind that OpenSSL does not have: not signed with this one.
    return false;
  }
}

function isSignedWithPem(certificate: OpenCertificate, authority: string): boolean {
  try {
    return isSignedWith(certificate, openCertificate(authority));
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

function asProblem(error: unknown, at: string): Problem {
  if (error instanceof Failure) return problem(error.code, at, error.message, error.nextSteps[0]);
  throw error;
}

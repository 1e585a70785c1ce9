import {type Problem, problem, warning} from '../base/problem.ts';
import type {PlannedAuthority, PlannedCertificate} from '../pki/blueprint-types.ts';
import type {AuthorityId} from '../pki/plan.ts';
import {anyUsage} from './extensions.ts';
import type {InspectedCertificate} from './inspect.ts';

/** The signature is right; now what else a verifier looks at between a certificate and the one above it. */
export function checkLink(
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
    const said = day(certificate.notAfter) === day(authority.notAfter) ? second : day;
    problems.push(
      warning(
        'outlives-authority',
        at,
        `${at} ends on ${said(certificate.notAfter)}, after ${signer}, which ends on ${said(authority.notAfter)}: from then on it is refused`,
        'choose a shorter validity, or renew the authority first',
      ),
    );
  }
  return problems;
}

function second(date: Date): string {
  return date.toISOString().slice(0, 19).replace('T', ' ');
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

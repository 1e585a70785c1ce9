import {type Problem, problem, warning} from '../base/problem.ts';
import type {PlannedAuthority, PlannedCertificate, Subject} from '../pki/blueprint-types.ts';
import {anyUsage, type NameOfSubject} from './extensions.ts';
import type {InspectedCertificate} from './inspect.ts';

/** Compares what a certificate says of itself with what was planned: kind, key, uses, subject, names. */
export function checkContent(
  planned: PlannedCertificate | PlannedAuthority,
  certificate: InspectedCertificate,
  at: string,
): Problem[] {
  const ofItsKind =
    'authority' in planned ? checkLeaf(planned, certificate, at) : checkAuthority(planned, certificate, at);
  return [...ofItsKind, ...checkForm(certificate, at)];
}

function checkAuthority(planned: PlannedAuthority, certificate: InspectedCertificate, at: string): Problem[] {
  const problems: Problem[] = [];
  if (!certificate.isAuthority) {
    problems.push(
      problem(
        'not-an-authority',
        at,
        `${at} is no authority (CA:FALSE)`,
        'have it signed with CA:TRUE, or bring another',
      ),
    );
  }
  if (certificate.keyUsage !== undefined && !certificate.keyUsage.includes('keyCertSign')) {
    problems.push(
      problem('key-usage-missing', at, `${at} may not sign certificates`, 'its key usage must have keyCertSign'),
    );
  }
  if (certificate.unread.includes(nameConstraints)) {
    problems.push(
      warning(
        'names-constrained',
        at,
        `${at} limits the names that it may sign for; Go refuses every name outside`,
        'see that node names, Service names and addresses of the plan are inside',
      ),
    );
  }
  // What a brought authority is called, and what else it is called, was never ours to plan.
  if (planned.brought !== undefined) return problems;
  const missing = missingNames(planned.sans, certificate.sans);
  if (missing.length > 0) {
    problems.push(warning('name-missing', at, `${at} lacks the names ${missing.join(', ')}, which kubeadm gives it`));
  }
  return [...problems, ...checkSubject(planned.subject, certificate.subject, at)];
}

function checkLeaf(planned: PlannedCertificate, certificate: InspectedCertificate, at: string): Problem[] {
  return [
    ...checkSubject(planned.subject, certificate.subject, at),
    ...checkLeafUsages(planned, certificate, at),
    ...checkLeafNames(planned, certificate, at),
  ];
}

function checkSubject(planned: Subject, found: Subject & {readonly text: string}, at: string): Problem[] {
  const same =
    planned.commonName === found.commonName &&
    planned.organizations.toSorted().join('\0') === found.organizations.toSorted().join('\0');
  if (same) return [];
  const organizations = planned.organizations.map((organization) => `O=${organization}, `).join('');
  return [
    problem(
      'subject-differs',
      at,
      `${at} is for ${found.text === '' ? 'nobody by name' : found.text}, not for ${organizations}CN=${planned.commonName}`,
      'Kubernetes takes the user from CN and the groups from O: sign the request with its subject unchanged',
    ),
  ];
}

function checkLeafUsages(planned: PlannedCertificate, certificate: InspectedCertificate, at: string): Problem[] {
  const problems: Problem[] = [];
  if (certificate.isAuthority) {
    problems.push(
      problem(
        'leaf-is-authority',
        at,
        `${at} is an authority (CA:TRUE): whoever holds its key can sign certificates that the cluster trusts`,
        'have it signed with CA:FALSE',
      ),
    );
  }
  const missing = planned.usages.filter((usage) => !certificate.usages.includes(usage));
  if (certificate.limitsUsages && missing.length > 0 && !certificate.otherUsages.includes(anyUsage)) {
    problems.push(
      problem(
        'usage-missing',
        at,
        `${at} may not be used for ${missing.join(' and ')}`,
        'sign it with the extended key usages of the request; `openssl x509 -req` needs `-copy_extensions copy` for that',
      ),
    );
  }
  const unplanned = certificate.usages.filter((usage) => !planned.usages.includes(usage));
  if (unplanned.length > 0) {
    problems.push(
      warning('usage-unplanned', at, `${at} may also be used for ${unplanned.join(' and ')}, which nothing needs`),
    );
  }
  if (certificate.keyUsage !== undefined && !certificate.keyUsage.includes('digitalSignature')) {
    problems.push(
      problem(
        'key-usage-missing',
        at,
        `the key of ${at} may not make signatures, and TLS needs one`,
        'its key usage must have digitalSignature',
      ),
    );
  }
  return problems;
}

function checkLeafNames(planned: PlannedCertificate, certificate: InspectedCertificate, at: string): Problem[] {
  const problems: Problem[] = [];
  const missing = missingNames(planned.sans, certificate.sans);
  if (missing.length > 0) {
    problems.push(
      problem(
        'name-missing',
        at,
        `${at} is not valid for ${missing.join(', ')}`,
        'sign it with the subject alternative names of the request; a common name does not count',
      ),
    );
  }
  const unplanned = [
    ...certificate.sans.filter(({value}) => !planned.sans.some((san) => normal(san.value) === value)).map(textOf),
    ...certificate.otherNames,
  ];
  if (unplanned.length > 0) {
    problems.push(
      warning('name-unplanned', at, `${at} is also valid for ${unplanned.join(', ')}, which was not asked`),
    );
  }
  return problems;
}

/** What no verifier takes, whatever was planned. */
function checkForm(certificate: InspectedCertificate, at: string): Problem[] {
  const problems: Problem[] = [];
  const {key, signatureAlgorithm} = certificate;
  if (key.type === 'other') {
    problems.push(
      problem('key-unsupported', at, `${at} has a key of kind ${key.name}, which Kubernetes does not take`, rightKeys),
    );
  } else if (key.type === 'RSA' && key.bits < 2048) {
    problems.push(problem('key-weak', at, `${at} has an RSA key of ${key.bits} bits: OpenSSL refuses it`, rightKeys));
  }
  // A root's own signature is looked at by nobody.
  if (/^(md5|sha1|ecdsa-with-SHA1)/.test(signatureAlgorithm) && !certificate.isSelfIssued) {
    problems.push(
      problem(
        'signature-weak',
        at,
        `${at} is signed with ${signatureAlgorithm}: Go refuses it`,
        'sign it with SHA-256',
      ),
    );
  }
  if (!certificate.hasPositiveSerial) {
    problems.push(
      problem(
        'serial-not-positive',
        at,
        `the serial number of ${at} is not above zero: Go refuses it`,
        'sign it again',
      ),
    );
  }
  const unknown = certificate.critical.filter((id) => certificate.unread.includes(id) && !knownToGo.has(id));
  if (unknown.length > 0) {
    problems.push(
      problem(
        'extension-unknown',
        at,
        `${at} has critical extensions that Go does not know and therefore refuses: ${unknown.join(', ')}`,
        'sign it without them, or not as critical',
      ),
    );
  }
  return problems;
}

const nameConstraints = '2.5.29.30';
/** Name constraints, CRL distribution points, and the four about policies (Go's crypto/x509, parser.go). */
const knownToGo = new Set([nameConstraints, '2.5.29.31', '2.5.29.32', '2.5.29.33', '2.5.29.36', '2.5.29.54']);
const rightKeys = 'use RSA with 2048 bits or more, or ECDSA on P-256, P-384 or P-521';

/** As text; a wildcard covers one label, as verifiers read it. */
function missingNames(planned: readonly NameOfSubject[], found: readonly NameOfSubject[]): string[] {
  const values = new Set(found.map(({value}) => value));
  return planned
    .filter(({type, value}) => {
      const wildcard = type === 'dns' ? normal(value).replace(/^[^.]+/, '*') : value;
      return !values.has(normal(value)) && !values.has(wildcard);
    })
    .map(textOf);
}

function normal(name: string): string {
  return name.toLowerCase();
}

function textOf({value}: NameOfSubject): string {
  return value;
}

import {createPrivateKey} from 'node:crypto';
import {problem, warning, type Problem} from '../base/problem.ts';
import {Secret} from '../base/secret.ts';
import type {PlannedAuthority, PlannedCertificate} from '../pki/blueprint-types.ts';
import type {AuthorityId} from '../pki/plan.ts';
import {checkIssued} from '../x509/chain.ts';
import {publicHalf, type Bench} from './bench.ts';
import type {SeenCertificate} from './seen-certificate.ts';

/** Certificates, keys and trust files, each held against the plan and against the rest of the bundle. */

/** Days left when it is time to say so. */
const soon = 30;
const day = 86_400_000;

export function checkCertificateFile(path: string, name: string, text: string, bench: Bench): readonly Problem[] {
  const seen = bench.view.certificates(text);
  if ('says' in seen) return [unreadable(path, seen.says)];
  return checkCertificate(path, name, seen, bench);
}

/** A leaf with what is sent along, wherever it lies. */
export function checkCertificate(
  path: string,
  name: string,
  [leaf, ...along]: readonly SeenCertificate[],
  bench: Bench,
): readonly Problem[] {
  const planned = bench.planned.certificates.get(name);
  if (leaf === undefined || planned === undefined) return [unreadable(path, 'there is none')];
  return [...checkOne(path, planned, leaf, bench), ...checkAlong(path, planned, along, bench)];
}

function checkOne(
  path: string,
  planned: PlannedCertificate | PlannedAuthority,
  certificate: SeenCertificate,
  {authorities, now}: Bench,
): readonly Problem[] {
  const pems = new Map([...authorities].map(([id, {pem}]) => [id, pem]));
  const problems = checkIssued(planned, certificate.pem, {key: undefined, authorities: pems, now, path});
  const days = Math.floor((certificate.notAfter.getTime() - now.getTime()) / day);
  return days >= soon || now > certificate.notAfter
    ? problems
    : [
        ...problems,
        warning(
          'ends-soon',
          path,
          `${path} ends on ${dayOf(certificate)}, in ${days} days`,
          'renew it before that day',
        ),
      ];
}

/** What is sent along must be there for verifiers that hold only the root, and nothing else should be. */
function checkAlong(
  path: string,
  {chain}: PlannedCertificate,
  along: readonly SeenCertificate[],
  bench: Bench,
): readonly Problem[] {
  const found = namesOf(along, bench);
  const missing = chain.filter((id) => !found.includes(id));
  if (missing.length > 0) {
    return [
      problem(
        'chain-missing',
        path,
        `${path} lacks ${missing.join(', ')} after the certificate: who trusts only what stands above cannot verify it`,
        'put the intermediates behind the certificate, nearest first',
      ),
    ];
  }
  return found.join(' ') === chain.join(' ')
    ? []
    : [
        warning(
          'chain-differs',
          path,
          `${path} sends along ${found.join(', ') || 'nothing'}; planned is ${chain.join(', ') || 'nothing'}`,
          'leave only the planned intermediates behind the certificate, nearest first',
        ),
      ];
}

export function checkAuthoritiesFile(
  path: string,
  ids: readonly AuthorityId[],
  text: string,
  bench: Bench,
): readonly Problem[] {
  const seen = bench.view.certificates(text);
  if ('says' in seen) return [unreadable(path, seen.says)];
  const [id] = ids;
  const planned = id === undefined ? undefined : bench.planned.authorities.get(id);
  const [certificate] = seen;
  // Elsewhere the same certificate would have the same faults: they are told once, where it is kept.
  const itself =
    path === `authorities/${id ?? ''}.crt` && planned !== undefined && certificate !== undefined
      ? checkOne(path, planned, certificate, bench)
      : [];
  return [...itself, ...checkTrusted(path, ids, seen, bench)];
}

/** Whoever trusts more than planned lets in more than planned; whoever trusts less refuses what must come in. */
export function checkTrusted(
  path: string,
  ids: readonly AuthorityId[],
  seen: readonly SeenCertificate[],
  bench: Bench,
): readonly Problem[] {
  const found = namesOf(seen, bench);
  const missing = ids.filter((id) => !found.includes(id));
  const unplanned = found.filter((name) => !ids.includes(name));
  if (missing.length > 0) {
    const instead = unplanned.length === 0 ? '' : `, but ${unplanned.join(', ')}`;
    return [
      problem(
        'authority-missing',
        path,
        `${path} does not hold ${missing.join(', ')}${instead}: what that authority signed is refused`,
        `put authorities/${missing[0] ?? ''}.crt into it`,
      ),
    ];
  }
  if (unplanned.length > 0) {
    return [
      problem(
        'authority-unplanned',
        path,
        `${path} also holds ${unplanned.join(', ')}: what is verified with it trusts more than planned`,
        'take out what is not planned',
      ),
    ];
  }
  return found.join(' ') === ids.join(' ')
    ? []
    : [
        warning(
          'authority-order',
          path,
          `${path} holds ${found.join(', ')}; planned is ${ids.join(', ')}, and some tools read only the first`,
          'put them into the planned order',
        ),
      ];
}

/** An authority's id, or what a certificate that is none of ours says of itself. */
function namesOf(certificates: readonly SeenCertificate[], {authorities}: Bench): readonly string[] {
  return certificates.map(({fingerprint, subject}) => {
    const [id] = [...authorities].find(([, known]) => known.fingerprint === fingerprint) ?? [];
    return id ?? `${subject.text} (not of this bundle)`;
  });
}

export function checkCertificateKey(path: string, name: string, text: string, bench: Bench): readonly Problem[] {
  return checkKey(path, new Secret(text), bench.certificates.get(name), name);
}

export function checkAuthorityKey(path: string, id: AuthorityId, text: string, bench: Bench): readonly Problem[] {
  return checkKey(path, new Secret(text), bench.authorities.get(id), id);
}

/** Nothing is said of a key whose certificate is missing or damaged: that has been said there. */
export function checkKey(
  path: string,
  key: Secret,
  certificate: SeenCertificate | undefined,
  name: string,
): readonly Problem[] {
  try {
    const privateKey = createPrivateKey(key.reveal());
    return certificate === undefined || certificate.x509.checkPrivateKey(privateKey)
      ? []
      : [
          problem(
            'key-does-not-match',
            path,
            `the key in ${path} does not belong to the certificate of ${name}`,
            'put certificate and key of one pair together; both may be fine, each beside the wrong other',
          ),
        ];
  } catch {
    // OpenSSL's message could quote what it has read.
    return [
      problem('key-unreadable', path, `${path} holds no private key that can be read`, 'bring the right file back'),
    ];
  }
}

export function checkKeyPair(
  path: string,
  half: 'private' | 'public',
  text: string,
  {keyPair}: Bench,
): readonly Problem[] {
  const key = publicHalf(text);
  if (key === undefined || (half === 'private') !== text.includes('PRIVATE KEY-----')) {
    return [problem('key-unreadable', path, `${path} holds no ${half} key that can be read`, 'bring the file back')];
  }
  return keyPair === undefined || key.equals(keyPair)
    ? []
    : [
        problem(
          'key-pair-differs',
          path,
          `${path} is of another service-account key pair than the first one in the bundle: tokens of one are refused by the other`,
          'give every control-plane node the same pair',
        ),
      ];
}

function unreadable(path: string, says: string): Problem {
  return problem(
    'certificate-unreadable',
    path,
    `${path} holds no certificate that can be read: ${says}`,
    'bring the file back',
  );
}

function dayOf({notAfter}: SeenCertificate): string {
  return notAfter.toISOString().slice(0, 10);
}

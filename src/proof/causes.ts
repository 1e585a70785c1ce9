import type {Trust} from '../pki/blueprint-types.ts';
import {pathOnNode} from '../pki/files.ts';
import type {Refusal} from './go-verify.ts';
import type {SeenCertificate} from './seen-certificate.ts';

/** What the sentence about a refusal needs to know. */
export interface Circumstances {
  /** What the certificate is called: `etcd-server`. */
  readonly certificate: string;
  readonly trust: Trust;
  readonly anchors: readonly SeenCertificate[];
  /** What else signs in this cluster: an intermediate that was not sent along is found among them. */
  readonly authorities: ReadonlyMap<string, SeenCertificate>;
  readonly now: Date;
}

/** The likely cause of a refusal in plain words, with what to do. */
export function causeOf(refusal: Refusal, circumstances: Circumstances): string {
  const {certificate, now} = circumstances;
  const {about} = refusal;
  const isAuthority = about.isAuthority;
  const subject = isAuthority ? `the authority ${nameOf(about)}` : certificate;
  switch (refusal.kind) {
    case 'expired':
      return `${subject} ended on ${dayOf(about.notAfter)}, ${daysBetween(about.notAfter, now)} ago: ${isAuthority ? 'replace' : 'renew'} it`;
    case 'not-yet-valid':
      return `${subject} begins on ${dayOf(about.notBefore)}, in ${daysBetween(now, about.notBefore)}: a clock is wrong, here or where it was signed`;
    case 'critical-extension':
      return `${subject} has a critical extension that Go does not know: have it signed without`;
    case 'path-too-long':
      return `the authority ${nameOf(about)} allows fewer authorities below itself than there are: sign with another`;
    case 'wrong-usage':
      return isAuthority
        ? `the authority ${nameOf(about)} may sign only for ${usagesOf(about)}: use one without an extended key usage`
        : `${certificate} may be used for ${usagesOf(about)} only: it was taken for another, or must be issued anew with the right usage`;
    case 'unknown-authority':
      return unknownAuthority(refusal, circumstances);
    default:
      return refusal.kind satisfies never;
  }
}

function unknownAuthority(
  {about, namesake}: Refusal,
  {certificate, trust, anchors, authorities}: Circumstances,
): string {
  const subject = about.isAuthority && !about.isSelfIssued ? `the authority ${nameOf(about)}` : certificate;
  const file = `${trust.by} (${pathOnNode(trust.from.path)})`;
  if (namesake !== undefined) {
    if (/^(md|sha1|ecdsa-with-SHA1)/i.test(about.signatureAlgorithm)) {
      return `${subject} is signed with ${about.signatureAlgorithm}, which Go refuses: have it signed with SHA-256`;
    }
    return namesake.isAuthority
      ? `${file} holds an authority of the right name, ${nameOf(namesake)}, but with another key: it is from another cluster or an older issue`
      : `${nameOf(namesake)}, which signed ${subject}, is no authority: sign it with one`;
  }
  const held = anchors.map(nameOf).join(' and ');
  const [signerId, signer] = [...authorities].find(([, each]) => each.subject.der.equals(about.issuer.der)) ?? [];
  const above = anchors.find((anchor) => signer !== undefined && anchor.subject.der.equals(signer.issuer.der));
  if (signer !== undefined && signerId !== undefined && above !== undefined) {
    return `${subject} is signed by ${signerId}, which is not sent along, and ${file} holds only what stands above it, ${nameOf(above)}: put ${signerId} after the certificate in its file, or into the trust`;
  }
  const issuer = about.isSelfIssued ? 'itself' : (signerId ?? about.issuer.text);
  return `${subject} is signed by ${issuer}, and ${file} holds ${held}: one of the two is the wrong file`;
}

function nameOf({subject}: SeenCertificate): string {
  return subject.text === '' ? 'without a name' : subject.text;
}

function usagesOf({usages, otherUsages}: SeenCertificate): string {
  return [...usages, ...otherUsages].join(', ') || 'nothing';
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function daysBetween(from: Date, to: Date): string {
  const hours = Math.floor((to.getTime() - from.getTime()) / 3_600_000);
  if (hours < 48) return hours === 1 ? '1 hour' : `${hours} hours`;
  return `${Math.floor(hours / 24)} days`;
}

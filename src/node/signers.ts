import type {KeyObject} from 'node:crypto';
import {type InspectedCertificate, publicKeyOf} from '../x509/inspect.ts';
import {isIssuedWith} from '../x509/issued-by.ts';

/** Who signed what, by verifying signatures: names alone prove nothing, for every kubeadm cluster's CA has the same. */
export interface Signers {
  /**
   * The authority that signed a certificate; itself for a self-signed one; undefined = none of those known.
   * Of several with the same key (a CA signed anew) the one that ends last.
   */
  readonly of: (certificate: InspectedCertificate) => InspectedCertificate | undefined;
  /** Whether this authority's key made that signature, and its name is the issuer's. */
  readonly signed: (certificate: InspectedCertificate, authority: InspectedCertificate) => boolean;
}

/** @param known every certificate of the node; each is taken apart for its key once */
export function signersAmong(known: Iterable<InspectedCertificate>): Signers {
  const authorities = Map.groupBy(
    new Map([...known].filter(({isAuthority}) => isAuthority).map((each) => [each.fingerprint, each])).values(),
    ({subject}) => subject.der.toString('hex'),
  );
  const keys = new Map<string, KeyObject | undefined>();
  const keyOf = ({pem, fingerprint}: InspectedCertificate): KeyObject | undefined => {
    if (!keys.has(fingerprint)) keys.set(fingerprint, publicKeyIn(pem));
    return keys.get(fingerprint);
  };
  const answers = new Map<string, boolean>();

  function signed(certificate: InspectedCertificate, authority: InspectedCertificate): boolean {
    if (!certificate.issuer.der.equals(authority.subject.der)) return false;
    const question = `${certificate.fingerprint} ${authority.fingerprint}`;
    const before = answers.get(question);
    if (before !== undefined) return before;
    const key = keyOf(authority);
    const answer = key !== undefined && isIssuedWith(key, certificate);
    answers.set(question, answer);
    return answer;
  }

  const signers = new Map<string, InspectedCertificate | undefined>();

  function latestSigner(certificate: InspectedCertificate): InspectedCertificate | undefined {
    return (authorities.get(certificate.issuer.der.toString('hex')) ?? [])
      .filter((authority) => signed(certificate, authority))
      .toSorted((one, other) => other.notAfter.getTime() - one.notAfter.getTime())[0];
  }

  return {
    signed,
    of: (certificate) => {
      if (certificate.isSelfIssued && signed(certificate, certificate)) return certificate;
      const {fingerprint} = certificate;
      if (!signers.has(fingerprint)) signers.set(fingerprint, latestSigner(certificate));
      return signers.get(fingerprint);
    },
  };
}

/** undefined = of a kind that OpenSSL does not have. */
function publicKeyIn(pem: string): KeyObject | undefined {
  try {
    return publicKeyOf(pem);
  } catch {
    return undefined;
  }
}

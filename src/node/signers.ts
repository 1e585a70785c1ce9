import {X509Certificate} from 'node:crypto';
import type {InspectedCertificate} from '../x509/inspect.ts';

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
  const opened = new Map<string, X509Certificate>();
  const open = ({pem, fingerprint}: InspectedCertificate): X509Certificate => {
    const before = opened.get(fingerprint);
    if (before !== undefined) return before;
    const x509 = new X509Certificate(pem);
    opened.set(fingerprint, x509);
    return x509;
  };
  const answers = new Map<string, boolean>();

  function signed(certificate: InspectedCertificate, authority: InspectedCertificate): boolean {
    if (!certificate.issuer.der.equals(authority.subject.der)) return false;
    const question = `${certificate.fingerprint} ${authority.fingerprint}`;
    const before = answers.get(question);
    if (before !== undefined) return before;
    const answer = verifies(open(certificate), open(authority));
    answers.set(question, answer);
    return answer;
  }

  return {
    signed,
    of: (certificate) => {
      if (certificate.isSelfIssued && signed(certificate, certificate)) return certificate;
      return (authorities.get(certificate.issuer.der.toString('hex')) ?? [])
        .filter((authority) => signed(certificate, authority))
        .toSorted((one, other) => other.notAfter.getTime() - one.notAfter.getTime())[0];
    },
  };
}

function verifies(certificate: X509Certificate, authority: X509Certificate): boolean {
  try {
    return certificate.verify(authority.publicKey);
  } catch {
    // A key of a kind that OpenSSL does not have.
    return false;
  }
}

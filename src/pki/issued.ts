import type {Secret} from '../base/secret.ts';
import type {PlannedAuthority, PlannedCertificate} from './blueprint-types.ts';
import type {AuthorityId} from './plan.ts';

/** What the issuer made of a blueprint. Keys are `Secret`s: no log, error, frame or JSON can show one by accident. */
export interface Issued {
  readonly authorities: ReadonlyMap<AuthorityId, IssuedAuthority>;
  /** By `PlannedCertificate.name`. */
  readonly certificates: ReadonlyMap<string, IssuedCertificate>;
  readonly keyPairs: ReadonlyMap<string, IssuedKeyPair>;
  /** `abcdef.0123456789abcdef`, made from a secure source; undefined when no node bootstraps. */
  readonly bootstrapToken: Secret | undefined;
}

/** Facts of a certificate as it is, whoever made it. */
export interface CertificateFacts {
  /** Lower-case hex without separators. */
  readonly serial: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SHA-256 of the DER, lower-case hex without separators. */
  readonly fingerprint: string;
}

export interface IssuedAuthority {
  readonly planned: PlannedAuthority;
  /** One PEM certificate. */
  readonly certificate: string;
  /** PKCS#1 or SEC1 PEM; undefined = external CA. */
  readonly key: Secret | undefined;
  readonly facts: CertificateFacts;
}

export interface IssuedCertificate {
  readonly planned: PlannedCertificate;
  /** One PEM certificate, without its chain. */
  readonly certificate: string;
  readonly key: Secret;
  readonly facts: CertificateFacts;
}

export interface IssuedKeyPair {
  /** PKCS#1 or SEC1 PEM. */
  readonly privateKey: Secret;
  /** PKIX PEM, `BEGIN PUBLIC KEY`. */
  readonly publicKey: string;
}

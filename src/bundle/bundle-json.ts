import type {Subject, SubjectAlternativeName, Usage} from '../pki/blueprint-types.ts';
import type {AuthorityId, KeyAlgorithm, NodeRole} from '../pki/plan.ts';

/**
 * `bundle.json`: the index of a bundle, and the mark of a complete one. No secret is in it. Top-level keys stand in this
 * order; dates are RFC 3339 in UTC; serials and fingerprints are lower-case hex without separators; paths are the
 * bundle's.
 */
export interface BundleJson {
  readonly bundleVersion: 1;
  readonly clusterName: string;
  /** `host:port`, brackets around IPv6. */
  readonly controlPlaneEndpoint: string;
  /** `1.36.2` */
  readonly kubernetesVersion: string;
  readonly nodes: readonly {
    readonly name: string;
    readonly addresses: readonly string[];
    readonly roles: readonly NodeRole[];
  }[];
  readonly authorities: readonly AuthorityEntry[];
  readonly certificates: readonly CertificateEntry[];
  readonly keyPairs: readonly KeyPairEntry[];
  readonly kubeconfigs: readonly KubeconfigEntry[];
  /** Node → component → its flags as in the flags file, each `--name=value`. */
  readonly flags: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly connections: readonly ConnectionEntry[];
}

/** What every certificate's entry says. */
interface CertificateFactsEntry {
  readonly serial: string;
  readonly notBefore: string;
  readonly notAfter: string;
  /** SHA-256 of the DER. */
  readonly fingerprint: string;
}

export interface AuthorityEntry extends CertificateFactsEntry {
  readonly id: AuthorityId;
  /** As in the certificate, which for a brought one may be anything. */
  readonly subject: Subject;
  /** The authority above; its own id when it signed itself; null when one outside the bundle signed it. */
  readonly issuer: AuthorityId | null;
  readonly brought: boolean;
  /** Files that hold its certificate, then those that hold its key. */
  readonly files: readonly string[];
}

export interface CertificateEntry extends CertificateFactsEntry {
  /** The catalogue row: `apiserver`. */
  readonly id: string;
  /** Unique in the bundle: `cp-1/apiserver`. */
  readonly name: string;
  /** null = it belongs to no node (a person's). */
  readonly node: string | null;
  readonly subject: Subject;
  readonly issuer: AuthorityId;
  readonly sans: readonly SubjectAlternativeName[];
  readonly usages: readonly Usage[];
  /** Files that hold it, then those that hold its key, then kubeconfigs, which hold both. */
  readonly files: readonly string[];
}

export interface KeyPairEntry {
  readonly id: string;
  readonly algorithm: KeyAlgorithm;
  /** SHA-256 of the public key (SubjectPublicKeyInfo, DER). */
  readonly fingerprint: string;
  /** Files of the private half, then of the public one. */
  readonly files: readonly string[];
}

export interface KubeconfigEntry {
  readonly id: string;
  readonly name: string;
  readonly node: string | null;
  readonly server: string;
  readonly cluster: string;
  readonly user: string;
  readonly context: string;
  /** Embedded to verify the server with, in this order. */
  readonly trusts: readonly AuthorityId[];
  /** The certificate's `name`; null = it holds the bootstrap token instead. */
  readonly certificate: string | null;
  readonly files: readonly string[];
}

/** Who calls whom, what each shows and what each verifies it with. */
export interface ConnectionEntry {
  readonly id: string;
  readonly caller: EndEntry;
  readonly provider: EndEntry;
  readonly host: string;
  readonly port: number;
  /** A certificate's `name`, or why the provider's is not one of ours. */
  readonly presents: {readonly certificate: string} | {readonly notOurs: string};
  readonly callerTrusts: TrustEntry;
  readonly shows: {readonly certificate: string} | {readonly token: string} | {readonly none: string};
  readonly providerTrusts: TrustEntry;
  readonly clientCertificate: 'demanded' | 'requested' | 'unused';
  readonly why: string;
}

export interface EndEntry {
  readonly component: string;
  readonly node: string | null;
}

/** Authorities and the file that holds them; or verified by nothing, and why. */
export type TrustEntry =
  | {readonly authorities: readonly AuthorityId[]; readonly by: string; readonly file: string}
  | {readonly notVerified: string};

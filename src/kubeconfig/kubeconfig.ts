import type {Problem} from '../base/problem.ts';
import type {Secret} from '../base/secret.ts';

/** What a kubeconfig says. Nothing in it is dropped in silence: what could not be read is in `problems`. */
export interface Kubeconfig {
  readonly clusters: readonly KubeconfigCluster[];
  readonly users: readonly KubeconfigUser[];
  readonly contexts: readonly KubeconfigContext[];
  /** undefined = none is named. */
  readonly currentContext: string | undefined;
  readonly problems: readonly Problem[];
}

/** Certificates as PEM, each on its own, in file order; or the path of the file that holds them. */
export type KubeconfigCertificates =
  | {readonly kind: 'embedded'; readonly certificates: readonly string[]}
  | {readonly kind: 'file'; readonly path: string};

export type KubeconfigSecret =
  | {readonly kind: 'embedded'; readonly secret: Secret}
  | {readonly kind: 'file'; readonly path: string};

export interface KubeconfigCluster {
  readonly name: string;
  /** As written; undefined = left out. */
  readonly server: string | undefined;
  /** Every CA of the bundle; undefined = the system's own CAs. */
  readonly certificateAuthority: KubeconfigCertificates | undefined;
  /** `insecure-skip-tls-verify: true`. */
  readonly skipsVerification: boolean;
  /** `tls-server-name`: the name looked for in the serving certificate instead of the server's host. */
  readonly tlsServerName: string | undefined;
}

export interface KubeconfigUser {
  readonly name: string;
  /** The leaf, then the intermediates that go along. */
  readonly certificate: KubeconfigCertificates | undefined;
  readonly key: KubeconfigSecret | undefined;
  /** With both `token` and `tokenFile`, the file: it is what client-go prefers. */
  readonly token: KubeconfigSecret | undefined;
  /** Ways in that need another program or a password: named, not read. */
  readonly otherWays: readonly string[];
}

export interface KubeconfigContext {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string | undefined;
}

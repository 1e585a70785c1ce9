import type {Problem} from '../base/problem.ts';

/** What the files of a brought authority hold, found out before anything is issued. */
export interface ExaminedAuthority {
  /** undefined = it cannot be read; `problems` says why. */
  readonly certificate: AuthorityFacts | undefined;
  readonly key: KeyFinding;
  /** What is wrong or dangerous with it in this plan, each at its plan key. */
  readonly problems: readonly Problem[];
}

export interface AuthorityFacts {
  /** `CN=corporate-root, O=Example`. */
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** `RSA-2048`. */
  readonly key: string;
  /** CA:TRUE. */
  readonly isAuthority: boolean;
  /** Whether its key usage lets it sign certificates; a certificate without key usages may. */
  readonly maySign: boolean;
}

/**
 * `fits`: it belongs to the certificate. `locked`: it is encrypted, and the passphrase is asked for when it is needed.
 * `elsewhere`: the plan names none. `unfit`: `problems` says what is wrong. `unknown`: there is no certificate to hold
 * it against.
 */
export type KeyFinding = 'fits' | 'locked' | 'elsewhere' | 'unfit' | 'unknown';

import type {Problem} from '../base/problem.ts';
import type {PlannedConnection, PlannedIntrusion} from './blueprint-types.ts';

/** What the proof found for one connection. */
export type Verdict =
  | {readonly kind: 'proved'; readonly how: 'mutual' | 'server + token' | 'server only'; readonly why: string}
  | {readonly kind: 'unverified-by-design'; readonly why: string}
  | {readonly kind: 'not-provable'; readonly why: string}
  | {
      readonly kind: 'failed';
      /** Which side refuses. */
      readonly side: 'caller' | 'provider';
      /** Both sides' own words, as OpenSSL or Node said them. */
      readonly said: string;
      /** The likely cause in plain words. */
      readonly why: string;
    };

export interface JudgedConnection {
  readonly connection: PlannedConnection;
  readonly verdict: Verdict;
}

export interface JudgedIntrusion {
  readonly intrusion: PlannedIntrusion;
  /** `not-tried`: a file that the attempt needs is missing or broken; the findings say which. */
  readonly outcome: 'refused' | 'let-in' | 'not-tried';
  /** What the provider said, `''` when it let the caller in; why it was not tried. */
  readonly said: string;
}

/** `certwright verify`: the files, then the connections, then the doors that must stay shut (of a bundle). */
export interface Proof {
  /** Of files: chain, key match, usages, names, dates, modes; `at.path` is the bundle's path. */
  readonly findings: readonly Problem[];
  readonly connections: readonly JudgedConnection[];
  readonly intrusions: readonly JudgedIntrusion[];
  /** ok 0, warning 1, critical 2, unknown 3: the monitoring plugins' convention; unknown = not all of it may be read. */
  readonly state: 'ok' | 'warning' | 'critical' | 'unknown';
}

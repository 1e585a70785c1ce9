import type {ChangeStep} from '../node/change/change.ts';
import type {Restart} from '../report/renewal-text.ts';

/** What a rotation tells while it goes on, in this order. */
export type RotationEvent =
  /** A step of the journal is done. */
  | {readonly kind: 'change-step'; readonly step: ChangeStep; readonly path: string}
  /** The files are the new ones. */
  | {readonly kind: 'changed'; readonly backup: string}
  | {readonly kind: 'restart-begun'; readonly restart: Restart}
  /** What is being waited for, in words: `its process to end`, `an answer on 6443`. */
  | {readonly kind: 'restart-waits'; readonly restart: Restart; readonly what: string}
  | {readonly kind: 'restarted'; readonly restart: Restart}
  /** It did not come back, and was left as it is. */
  | {readonly kind: 'restart-failed'; readonly restart: Restart; readonly why: string}
  /** The files are the old ones again; what had been restarted is restarted with them. */
  | {readonly kind: 'rolled-back'; readonly backup: string}
  | {readonly kind: 'judged'; readonly evidence: Evidence}
  | {readonly kind: 'finished'; readonly outcome: RotationOutcome};

/** Something that was looked at to prove the rotation. */
export interface Evidence {
  /** What was looked at: `kube-apiserver on 127.0.0.1:6443`, `/etc/kubernetes/scheduler.conf`. */
  readonly of: string;
  /** What it is to show: `shows the new certificate`, `is system:kube-scheduler`. */
  readonly claim: string;
  /** `not-asked`: it could not be looked at, and that is no fault: `because` says why. */
  readonly verdict: 'proved' | 'failed' | 'not-asked';
  readonly because: string;
}

export interface RotationOutcome {
  /** `partly`: the files are new, and something was not restarted or not proved. */
  readonly state: 'done' | 'partly' | 'rolled-back';
  /** The backup to go back to. */
  readonly backup: string;
  /** What is still to be restarted. */
  readonly left: readonly Restart[];
  /** What remains on other nodes and elsewhere, each in a sentence. */
  readonly remains: readonly string[];
}

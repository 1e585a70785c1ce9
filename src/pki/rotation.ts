import type {ComponentId} from './blueprint-types.ts';

/** What a rotation does to a running node, and what it comes to. Plain data. */

/** How a component is restarted, by what starts it. */
export type Restart =
  | {readonly component: ComponentId; readonly kind: 'static-pod'; readonly path: string}
  | {readonly component: ComponentId; readonly kind: 'unit'; readonly unit: string}
  | {readonly component: ComponentId; readonly kind: 'unknown'};

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

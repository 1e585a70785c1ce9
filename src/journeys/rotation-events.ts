import type {ChangeStep} from '../node/change/stage.ts';
import type {Evidence, Restart, RotationOutcome} from '../pki/rotation.ts';

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
  | {
      readonly kind: 'restart-failed';
      readonly restart: Restart;
      readonly why: string;
      /** Where to look. */
      readonly nextSteps: readonly string[];
    }
  /** The files are the old ones again; what had been restarted is restarted with them. */
  | {readonly kind: 'rolled-back'; readonly backup: string}
  | {readonly kind: 'judged'; readonly evidence: Evidence}
  | {readonly kind: 'finished'; readonly outcome: RotationOutcome};

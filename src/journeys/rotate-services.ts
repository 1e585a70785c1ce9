import type {Diagnosis} from '../pki/inventory.ts';
import type {Restart} from '../pki/rotation.ts';
import type {ShownRecovery} from '../report/recovered-text.ts';
import type {ShownPlan} from '../report/renewal-text.ts';
import type {RotationEvent} from './rotation-events.ts';

/** What a front-end of Rotate needs of the world. `src/commands` gives the real ones, a test its own. */
export interface RotateServices {
  /**
   * What is on a node, what is wrong with it and what can be renewed. Reads only. Throws a `Failure` where no sign of
   * Kubernetes is, `Cancelled` after `signal`.
   *
   * @param root the node's `/`, as typed; `/` is this machine
   */
  readonly lookAtNode: (root: string, signal: AbortSignal) => Promise<NodeView>;
  /** Works the difference out and issues in memory; nothing is written. Throws a `Failure`, or `Cancelled`. */
  readonly prepareRenewal: (root: string, wish: RotationWish, signal: AbortSignal) => Promise<PreparedRotation>;
  /** Finishes or undoes what an interrupted run has left; undefined = nothing was left. Throws a `Failure`. */
  readonly recover: (root: string) => Promise<ShownRecovery | undefined>;
}

export interface NodeView {
  /** As it was looked at, absolute. */
  readonly root: string;
  /** Whether it is this machine's own: only then can anything be restarted and asked. */
  readonly isLive: boolean;
  readonly diagnosis: Diagnosis;
  /** Every leaf that somebody shows, in the order of their paths. */
  readonly items: readonly ShownItem[];
  /** What an interrupted run was about to do: `recover` comes before anything else. */
  readonly interrupted: string | undefined;
}

/** A leaf of the node, and what can be done with it here. */
export interface ShownItem {
  /** What a person calls it: `apiserver`, `admin.conf`, a path. */
  readonly name: string;
  /** Of the leaf among `diagnosis.inventory.certificates`. */
  readonly fingerprint: string;
  readonly path: string;
  /** Why it cannot be renewed here, and how to go on; undefined = it can. */
  readonly blocked: {readonly why: string; readonly wayOn: string} | undefined;
  /** It has ended, ends soon, or has a fault that a renewal mends: chosen until somebody says otherwise. */
  readonly isNeeded: boolean;
}

/** What is to be renewed, and how. */
export interface RotationWish {
  /** `ShownItem.name`. */
  readonly names: readonly string[];
  readonly keepsKeys: boolean;
  /** As typed: `8760h`, `365d`. */
  readonly validity: string;
  /** By item: names to add and to take away, as typed. */
  readonly sans: Readonly<Record<string, {readonly add: readonly string[]; readonly remove: readonly string[]}>>;
}

/** A renewal that is worked out. The keys in it are its own business. */
export interface PreparedRotation {
  readonly shown: ShownPlan;
  /** Components that read a renewed file only when they start, in the order in which they are restarted. */
  readonly restarts: readonly Restart[];
  /**
   * Changes the files, restarts what was chosen, one after the other, and proves that the new certificates are shown.
   * Throws a `Failure` when the files could not be changed (then nothing is), `Cancelled` after `signal`.
   */
  readonly rotate: (options: RotateOptions) => AsyncIterable<RotationEvent>;
}

export interface RotateOptions {
  /** Components to restart; empty = none, and the commands are only told. */
  readonly restart: readonly Restart[];
  /** Asked when a component does not come back. */
  readonly decide: (question: RestartQuestion) => Promise<'wait' | 'roll-back' | 'leave'>;
  /** After the files are changed it stops before the next restart: a component is never left stopped. */
  readonly signal: AbortSignal;
}

export interface RestartQuestion {
  readonly restart: Restart;
  /** What was waited for and did not come, in a sentence. */
  readonly why: string;
  /** Where to look, while it is waited for longer. */
  readonly nextSteps: readonly string[];
}

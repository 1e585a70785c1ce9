import type {FaultId} from '../lessons/faults.ts';
import type {Blueprint} from '../pki/blueprint-types.ts';
import type {Broken, Mended, RealWords, Trial} from '../pki/experiment.ts';

/** What the lab's screen needs of the world; the commands give the real one, a test its own. */
export interface LabServices {
  /** In the order to learn them. */
  readonly faults: () => Promise<readonly OfferedFault[]>;
  /** The version of the real etcd and kube-apiserver of this machine; undefined = they are not there. */
  readonly findReal: (signal: AbortSignal) => Promise<string | undefined>;
  /** Makes a throw-away cluster; nothing of it is left once it is closed. */
  readonly open: (preset: string, signal: AbortSignal) => Promise<Bench>;
  /**
   * Starts real etcd and kube-apiserver with files that are broken in this way, on loopback; they are gone afterwards.
   *
   * @throws Failure; Cancelled
   */
  readonly hearReal: (fault: OfferedFault, signal: AbortSignal) => Promise<readonly RealWords[]>;
}

export interface OfferedFault {
  readonly id: FaultId;
  /** A cluster that can have it. */
  readonly preset: string;
}

/** A cluster that is broken and mended as often as one likes; `Lab` is one. */
export interface Bench {
  readonly prepare: (id: FaultId) => Promise<Broken>;
  readonly try: () => Promise<readonly Trial[]>;
  readonly canHearReal: () => boolean;
  /** Of what was broken last. */
  readonly blueprint: () => Blueprint;
  readonly mend: (id: FaultId) => Promise<Mended>;
  readonly close: () => void;
}

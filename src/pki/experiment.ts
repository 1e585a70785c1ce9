import type {ConnectionEnd, EndId} from './blueprint-types.ts';
import type {Proof} from './verdict.ts';

/** What the lab finds when something is broken: as `verdict.ts` is for the proof. No secret in it. */

/** Who refuses; `does-not-start`: a component ends before anybody calls it. */
export type Outcome = 'caller' | 'provider' | 'nobody' | 'does-not-start';

/** What one end of a connection holds against the other. */
export type EndWord =
  /** Nothing: it has verified the other. */
  | {readonly kind: 'accepts'}
  /** It verifies nobody, or is shown nothing. */
  | {readonly kind: 'not-asked'}
  /** The other end was never there. */
  | {readonly kind: 'not-reached'}
  /** It has heard from the other that it is refused. */
  | {readonly kind: 'is-told'; readonly openssl: string}
  | {
      readonly kind: 'refuses' | 'does-not-start';
      /** What OpenSSL said at this end, in the handshake; undefined = it had nothing against it. */
      readonly openssl: string | undefined;
      /** What Go says of the same files; undefined = Go's rules were not asked. */
      readonly go: string | undefined;
      /** What was found where there is no handshake. */
      readonly checked?: Finding;
    };

export type Finding =
  /** Whether the signature of a token fits this file. */
  | {readonly kind: 'token'; readonly fits: boolean; readonly file: string}
  /** How many certificates a file holds that must hold one. */
  | {readonly kind: 'certificates'; readonly certificates: number; readonly file: string}
  /** As the real component says it. */
  | {readonly kind: 'words'; readonly words: string};

export interface BothWords {
  readonly caller: EndWord;
  readonly provider: EndWord;
}

/** What a real component prints for the same fault; `…` stands for what differs from time to time. */
export interface ComponentWords {
  readonly component: EndId;
  readonly words: string;
}

/** One thing that can be tried in a cluster. */
export interface Attempt {
  /** `door`: somebody knocks who should be refused. `token`: shown inside a connection. `start`: a component reads its files. */
  readonly kind: 'connection' | 'door' | 'token' | 'start';
  /** The catalogue's row: `apiserver-to-etcd`; of a start, the component. */
  readonly id: string;
  readonly caller: ConnectionEnd;
  readonly provider: ConnectionEnd;
  /** The certificate that the caller shows: `users/viewer`; undefined = a token, or nothing. */
  readonly shows: string | undefined;
  /** What is dialled; undefined where nobody dials. */
  readonly host: string | undefined;
  readonly port: number | undefined;
}

/** What came of it in the broken cluster. */
export interface Trial extends Attempt {
  /** Whether this is the one that the question is about. */
  readonly isAsked: boolean;
  /** From the catalogue and what the fault declares, before anything is tried; once mended, what should be. */
  readonly predicted: Outcome;
  readonly happened: Outcome;
  readonly said: BothWords;
  /** The likely cause in plain words. */
  readonly why: string;
  /** As documented for the real component; nothing is started here. */
  readonly components: readonly ComponentWords[];
}

/** What a real component has printed, started with the broken files. */
export interface RealWords extends ComponentWords {
  /** The line that says it, as it came; undefined = it said nothing of the kind while it was waited for. */
  readonly line: string | undefined;
}

/** A cluster with a fault in it, before anything is tried. */
export interface Broken {
  readonly fault: string;
  /** Files that differ from the whole cluster's, as the nodes name them: `cp-1:/etc/kubernetes/pki/ca.crt`. */
  readonly changed: readonly string[];
  /** What the question is about. */
  readonly asked: Attempt;
}

export interface Experiment extends Broken {
  /** The one that the question is about comes first, then the blueprint's order. */
  readonly trials: readonly Trial[];
}

/** What is found once the fault is taken out again. */
export interface Mended {
  /** The same tried once more, in the same order. */
  readonly trials: readonly Trial[];
  /** The whole cluster. */
  readonly proof: Proof;
  /** Whether every trial went as it should, and nothing is wrong with the cluster. */
  readonly isWhole: boolean;
}

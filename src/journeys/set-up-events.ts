import type {Blueprint} from '../pki/blueprint-types.ts';
import type {CertificateFacts} from '../pki/issued.ts';
import type {JudgedConnection, JudgedIntrusion, Proof} from '../pki/verdict.ts';

/** What is known of the pace before a run has measured its own. */
export interface FirstGuess {
  /** Milliseconds from one key to the next, on all processors together. */
  readonly perKey: number;
  /** How many keys it was measured with. */
  readonly measured: number;
}

/** What happens while a plan becomes a proved bundle. The last event is `finished` or `requests-written`. */
export type SetUpEvent =
  | {
      readonly kind: 'started';
      readonly blueprint: Blueprint;
      readonly keys: number;
      readonly certificates: number;
      readonly files: number;
      /** Left out where nothing was measured before. */
      readonly guess?: FirstGuess | undefined;
    }
  /** A key exists; `name` is an authority's id, a certificate's name or a key pair's id. */
  | {readonly kind: 'key-made'; readonly name: string}
  | {readonly kind: 'certificate-issued'; readonly name: string; readonly facts: CertificateFacts}
  | {readonly kind: 'file-written'; readonly path: string}
  | {readonly kind: 'bundle-placed'; readonly directory: string}
  | {readonly kind: 'requests-written'; readonly directory: string; readonly requests: readonly string[]}
  | {readonly kind: 'connection-judged'; readonly judged: JudgedConnection}
  | {readonly kind: 'intrusion-judged'; readonly judged: JudgedIntrusion}
  | {readonly kind: 'finished'; readonly directory: string; readonly proof: Proof | undefined};

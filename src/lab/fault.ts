import type {FaultId} from '../lessons/faults.ts';
import type {EndId, Usage} from '../pki/blueprint-types.ts';

/**
 * The words in which faults are written. A fault is data: what it breaks, and which connection a person is asked about.
 * What follows from it is predicted from the catalogue (`predict.ts`) and made with real keys (`break.ts`), and neither
 * looks at the other.
 */

export interface Fault {
  readonly id: FaultId;
  /** Changed together; what each does is predicted on its own. */
  readonly breaks: readonly Break[];
  readonly tries: Tries;
}

/** What is done with the broken cluster. */
export type Tries =
  /** Every connection that uses a file which differs; the question is about the first of this row. */
  | {readonly kind: 'connections'; readonly asked: string}
  /** A door of the blueprint that must stay shut. */
  | {readonly kind: 'door'; readonly intrusion: string}
  /** A client of this authority and name asks the API server to believe its headers. */
  | {
      readonly kind: 'front-proxy';
      readonly signedBy: 'kubernetes-ca' | 'front-proxy-ca';
      readonly name: string;
      readonly by: EndId;
    }
  /** A service account's token, signed by the control plane, shown to the API server of the broken node. */
  | {readonly kind: 'token'; readonly asked: string}
  /** The controller manager reads what it signs with. */
  | {readonly kind: 'signing-file'};

/** Where nodes matter, it is the first that has such a thing. */
export type Break =
  | {readonly kind: 'certificate'; readonly row: string; readonly as: Wrong}
  /** What this end of the connection verifies the other with holds something else. */
  | {
      readonly kind: 'trust';
      readonly connection: string;
      readonly of: 'caller' | 'provider';
      readonly holds: 'a namesake' | 'a stranger' | 'the root alone';
    }
  /** `sa.pub` is of another pair. */
  | {readonly kind: 'service-account'}
  /** The file that the controller manager signs with holds a second authority. */
  | {readonly kind: 'signing-file'}
  /** `--requestheader-allowed-names` is empty. */
  | {readonly kind: 'allowed-names'}
  /** The whole cluster has one authority. */
  | {readonly kind: 'one-authority'};

/** How a certificate is wrong; all else of it is as planned. */
export type Wrong =
  | {readonly kind: 'expired' | 'not-yet-valid'}
  /** Signed by an authority that nobody knows. */
  | {readonly kind: 'of-a-stranger'}
  /** For everything but the name that the connection asked about dials. */
  | {readonly kind: 'without-name'}
  | {readonly kind: 'without-any-name'}
  | {readonly kind: 'for'; readonly usages: readonly Usage[]}
  /** The key beside it is another's. */
  | {readonly kind: 'swapped-key'}
  | {readonly kind: 'without-intermediate'};

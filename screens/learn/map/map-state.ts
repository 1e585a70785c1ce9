import type {MapChoice} from '../../../src/journeys/map-choice.ts';
import type {PlannedConnection} from '../../../src/pki/blueprint-types.ts';
import type {MapSpot} from '../../../src/pki/cluster-map.ts';
import type {MappedCluster} from '../../../src/pki/mapped-cluster.ts';
import type {JudgedConnection, Verdict} from '../../../src/pki/verdict.ts';
import type {RunFailure} from '../../../src/wizard/wizard-state.ts';
import type {ListState} from '../../parts/list-state.ts';
import type {TextFieldState} from '../../parts/text-field-state.ts';

/** What is drawn, what is picked out on it, and what is open over it. */
export interface MapView {
  /** What is drawn, or is to be. */
  readonly choice: MapChoice;
  readonly drawn: Drawn;
  readonly at: MapTab;
  /** What the command line named, until the map is there; undefined = nothing. */
  readonly wanted: string | undefined;
  /** Where one stands on the figure; the list of connections follows it. */
  readonly spot: MapSpot;
  /** The row of the certificate that is chosen; undefined = the first. */
  readonly certificate: string | undefined;
  /** All of the chosen thing, from this line on; undefined = it is shut. */
  readonly details: number | undefined;
  /** Where another map is chosen; undefined = it is shut. */
  readonly choosing: Choosing | undefined;
}

export const mapTabs = ['map', 'connections', 'certificates'] as const;
export type MapTab = (typeof mapTabs)[number];

export type Drawn =
  | {readonly kind: 'none' | 'reading'}
  | {
      readonly kind: 'drawn';
      readonly name: string;
      readonly cluster: MappedCluster;
      /** Files that this user may not read. */
      readonly unread: number;
      readonly verdicts: ReadonlyMap<PlannedConnection, Verdict>;
      /** Connections are being tried. */
      readonly isTrying: boolean;
    }
  | {readonly kind: 'failed'; readonly failure: RunFailure};

export interface Choosing {
  readonly list: ListState;
  /** The path that is typed for what is chosen; undefined = none is asked. */
  readonly field: TextFieldState | undefined;
}

export type MapAsk =
  | {readonly kind: 'open'; readonly choice: MapChoice}
  /** Whatever goes on. */
  | {readonly kind: 'stop'};

export type MapTell =
  | {
      readonly kind: 'opened';
      readonly name: string;
      readonly cluster: MappedCluster;
      readonly unread: number;
      readonly isTrying: boolean;
    }
  | {readonly kind: 'judged'; readonly judged: readonly JudgedConnection[]}
  | {readonly kind: 'tried'}
  | {readonly kind: 'failed'; readonly failure: RunFailure};

export const mapStart: MapView = {
  choice: {kind: 'preset', text: 'kubeadm-single'},
  drawn: {kind: 'none'},
  at: 'map',
  wanted: undefined,
  spot: {kind: 'component', id: 'kube-apiserver'},
  certificate: undefined,
  details: undefined,
  choosing: undefined,
};

import type {OfferedFault} from '../../../src/journeys/lab-services.ts';
import type {FaultId} from '../../../src/lessons/faults.ts';
import type {ClusterMap} from '../../../src/pki/cluster-map.ts';
import type {Broken, Mended, Outcome, RealWords, Trial} from '../../../src/pki/experiment.ts';
import {guessesFor} from '../../../src/report/lab-outcomes.ts';
import type {RunFailure} from '../../../src/wizard/wizard-state.ts';

/** The lab: faults, and the one that is being looked at. No key is in it: the cluster stays with the worker. */
export interface LabView {
  /** undefined = it is being found out. */
  readonly offered: readonly OfferedFault[] | undefined;
  /** The version of the real programs; undefined = they are not there. */
  readonly realVersion: string | undefined;
  /** In the list. */
  readonly cursor: number;
  /** In former runs of the program too. */
  readonly mended: ReadonlySet<string>;
  readonly place: LabPlace;
}

export type LabPlace =
  /** `given`: what is broken as soon as it is known what can be; `failure`: why the last could not. */
  | {readonly at: 'list'; readonly given: string | undefined; readonly failure: RunFailure | undefined}
  | {readonly at: 'breaking'; readonly fault: OfferedFault}
  | {readonly at: 'question'; readonly stage: BrokenStage; readonly choice: number; readonly top: number}
  | {readonly at: 'trying'; readonly stage: BrokenStage; readonly guess: Outcome | undefined}
  | {
      readonly at: 'told';
      readonly told: Told;
      readonly real: Real;
      readonly pane: Pane;
      /** First visible line of the text. */
      readonly top: number;
    }
  | {readonly at: 'mending'; readonly told: Told}
  /** `isMap`: the map alone is looked at. */
  | {
      readonly at: 'mended';
      readonly told: Told;
      readonly mended: Mended;
      readonly top: number;
      readonly isMap: boolean;
    };

export type PlaceAt<At extends LabPlace['at']> = LabPlace & {readonly at: At};

/** What has been broken, and where it stands. */
export interface BrokenStage {
  readonly fault: OfferedFault;
  readonly broken: Broken;
  readonly map: ClusterMap;
}

export interface Told extends BrokenStage {
  readonly guess: Outcome | undefined;
  /** The one that was asked about comes first. */
  readonly trials: readonly Trial[];
  /** Whether the real programs can show it. */
  readonly canHearReal: boolean;
}

export type Real =
  | {readonly kind: 'not-asked'}
  | {readonly kind: 'starting'}
  | {readonly kind: 'heard'; readonly words: readonly RealWords[]}
  | {readonly kind: 'failed'; readonly failure: RunFailure};

/** What of it is looked at. */
export type Pane =
  | {readonly kind: 'text'}
  | {readonly kind: 'others'; readonly cursor: number}
  | {readonly kind: 'other'; readonly cursor: number; readonly top: number}
  | {readonly kind: 'map'};

export type LabAsk =
  | {readonly kind: 'find'}
  | {readonly kind: 'break'; readonly fault: OfferedFault}
  /** What was broken last. */
  | {readonly kind: 'try'}
  | {readonly kind: 'mend'; readonly fault: FaultId}
  /** That it is mended. */
  | {readonly kind: 'remember'; readonly fault: FaultId}
  | {readonly kind: 'hear-real'; readonly fault: OfferedFault}
  /** Whatever goes on. */
  | {readonly kind: 'stop'}
  /** The cluster is done with. */
  | {readonly kind: 'close'};

export type LabTell =
  | {
      readonly kind: 'found';
      readonly offered: readonly OfferedFault[];
      readonly realVersion: string | undefined;
      /** In former runs. */
      readonly mended: ReadonlySet<string>;
    }
  | {readonly kind: 'broken'; readonly stage: BrokenStage}
  | {readonly kind: 'tried'; readonly trials: readonly Trial[]; readonly canHearReal: boolean}
  | {readonly kind: 'mended'; readonly mended: Mended}
  | {readonly kind: 'heard'; readonly words: readonly RealWords[]}
  | {readonly kind: 'not-heard'; readonly failure: RunFailure}
  | {readonly kind: 'failed'; readonly failure: RunFailure};

export const labStart: LabView = {
  offered: undefined,
  realVersion: undefined,
  cursor: 0,
  mended: new Set(),
  place: {at: 'list', given: undefined, failure: undefined},
};

/** What a person can say, in the order of the digits; undefined = they would rather be shown. */
export function answersOf({broken}: BrokenStage): readonly (Outcome | undefined)[] {
  return [...guessesFor(broken.asked), undefined];
}

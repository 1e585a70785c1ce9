import type {NodeView} from '../../src/journeys/rotate-services.ts';
import type {Restart} from '../../src/pki/rotation.ts';
import type {ShownPlan, ShownRenewal} from '../../src/report/renewal-text.ts';
import type {ShownKubeletChange} from '../../src/report/kubelet-text.ts';
import {count} from '../../src/report/words.ts';
import type {Difference} from './rotate-state.ts';
import type {Choice} from './wish.ts';

export type DifferenceRow =
  | {readonly isHeading: true; readonly title: string}
  | {readonly isHeading: false; readonly kind: 'renewed'; readonly renewal: ShownRenewal}
  /** What else changes for the node's kubelet. */
  | {readonly isHeading: false; readonly kind: 'kubelet'; readonly change: ShownKubeletChange}
  /** What one should know before it is done. */
  | {readonly isHeading: false; readonly kind: 'note'; readonly name: string; readonly lines: readonly string[]}
  | {readonly isHeading: false; readonly kind: 'blocked'; readonly blocked: ShownPlan['blocked'][number]}
  | {readonly isHeading: false; readonly kind: 'restart'; readonly restart: Restart}
  /** Where Enter does it. */
  | {readonly isHeading: false; readonly kind: 'go'};

export function differenceRows({shown, restarts}: Difference, {isLive}: NodeView): readonly DifferenceRow[] {
  const headed = (title: string, rows: readonly DifferenceRow[]): readonly DifferenceRow[] =>
    rows.length === 0 ? [] : [{isHeading: true, title}, ...rows];
  const restartTitle = isLive
    ? 'Restarted afterwards, one after the other'
    : 'To be restarted on the node itself: these are another machine’s files';
  const kubelet = shown.kubelet ?? [];
  return [
    ...headed(`Renewed ${changeCount(shown)}`, [
      ...shown.renewed.map((renewal): DifferenceRow => ({isHeading: false, kind: 'renewed', renewal})),
      ...kubelet.map((change): DifferenceRow => ({isHeading: false, kind: 'kubelet', change})),
    ]),
    ...headed('Worth knowing', [
      ...(shown.warnings ?? []).map(({at, message, fix}): DifferenceRow => ({
        isHeading: false,
        kind: 'note',
        name: at.path,
        lines: [message, ...(fix === undefined ? [] : [fix])],
      })),
      ...(shown.remarks ?? []).map((remark): DifferenceRow => ({isHeading: false, kind: 'note', ...remark})),
    ]),
    ...headed(
      `Chosen, and stays as it is ${shown.blocked.length}`,
      shown.blocked.map((blocked) => ({isHeading: false, kind: 'blocked', blocked})),
    ),
    ...headed(
      restartTitle,
      restarts.map((restart) => ({isHeading: false, kind: 'restart', restart})),
    ),
    ...(changeCount(shown) === 0 ? [] : headed('The last step', [{isHeading: false, kind: 'go'}])),
  ];
}

/** How many certificates become other ones. */
export function changeCount({renewed, kubelet = []}: ShownPlan): number {
  return renewed.length + kubelet.length;
}

/** Components that are restarted when it is done. */
export function chosenRestarts({restarts}: Difference, {isLive}: NodeView, {spared}: Choice): readonly Restart[] {
  return isLive ? restarts.filter(({component, kind}) => kind !== 'unknown' && !spared.has(component)) : [];
}

/** What the last key does: `renew 3 certificates and restart 2 components`. */
export function goWords(difference: Difference, view: NodeView, choice: Choice): string {
  const restarts = chosenRestarts(difference, view, choice).length;
  const renew = `renew ${count(changeCount(difference.shown), 'certificate')}`;
  return restarts === 0 ? `${renew}, restart nothing` : `${renew} and restart ${count(restarts, 'component')}`;
}

export function nameOfDifference(row: DifferenceRow): string {
  if (row.isHeading) return '';
  switch (row.kind) {
    case 'renewed':
      return row.renewal.name;
    case 'kubelet':
      return row.change.name;
    case 'note':
      return row.name;
    case 'blocked':
      return row.blocked.name;
    case 'restart':
      return row.restart.component;
    case 'go':
      return '';
    default:
      return row satisfies never;
  }
}

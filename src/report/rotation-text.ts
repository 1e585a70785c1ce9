import type {Evidence, Restart, RotationOutcome} from '../pki/rotation.ts';
import {restartLines} from './renewal-text.ts';

/** Nothing but their first letters tells the three apart where there is no colour, so they are words. */
const evidenceWords: Readonly<Record<Evidence['verdict'], string>> = {
  proved: 'proved',
  failed: 'FAILED',
  'not-asked': 'not asked',
};

/** `proved     kube-scheduler is well: it says so itself`. */
export function evidenceLine({of, claim, verdict, because}: Evidence): string {
  return `${evidenceWords[verdict].padEnd(9)}  ${of} ${claim}: ${because}`;
}

/** `kube-apiserver (static pod /etc/kubernetes/manifests/kube-apiserver.yaml)`. */
export function restartText(restart: Restart): string {
  switch (restart.kind) {
    case 'static-pod':
      return `${restart.component} (static pod ${restart.path})`;
    case 'unit':
      return `${restart.component} (unit ${restart.unit})`;
    case 'unknown':
      return restart.component;
    default:
      return restart satisfies never;
  }
}

/** What the files are after a change: new ones, or those of a backup. */
export type ChangedTo = 'new' | 'backup';

const changedWords = {
  new: {inUse: 'the new certificates', are: 'new', old: 'the old ones'},
  backup: {inUse: 'the certificates of the backup', are: 'those of the backup', old: 'those from before'},
} as const satisfies Record<ChangedTo, unknown>;

/** How it ended, and what is left to a person. */
export function outcomeLines(
  {state, backup, left, remains}: RotationOutcome,
  evidence: readonly Evidence[],
  changedTo: ChangedTo = 'new',
): string[] {
  const failed = evidence.filter(({verdict}) => verdict === 'failed').length;
  const {inUse, are, old} = changedWords[changedTo];
  const heads: Readonly<Record<RotationOutcome['state'], string>> = {
    done: `Done: ${inUse} are in use.`,
    partly:
      failed > 0
        ? `The files are ${are}, but not everything works: see what FAILED above.`
        : `The files are ${are}; not everything is restarted.`,
    'rolled-back': `Rolled back: the files are ${old} again.`,
  };
  return [
    heads[state],
    ...(left.length === 0
      ? []
      : ['Still to be restarted, one after the other:', ...restartLines(left).map((line) => `  ${line}`)]),
    ...(state === 'rolled-back' ? [] : [`What was there is backup ${backup}: certwright restore ${backup}`]),
    ...(remains.length === 0 ? [] : ['What remains:', ...remains.map((each) => `  ${each}`)]),
  ];
}

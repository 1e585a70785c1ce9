import {eventsOf} from '../base/event-channel.ts';
import {Cancelled, Failure} from '../base/failure.ts';
import type {Backup} from '../node/change/backup.ts';
import {restore} from '../node/change/change.ts';
import {explained} from '../node/change/failure.ts';
import type {Change} from '../node/change/stage.ts';
import type {Keeping} from '../node/change/journal.ts';
import type {RunMarks} from '../node/change/lock.ts';
import {flagOf} from '../node/found-component.ts';
import {homesOf} from '../node/homes.ts';
import {lookAtNode, type NodeFound} from '../node/inventory.ts';
import {openRoot} from '../node/root.ts';
import type {Restart} from '../pki/rotation.ts';
import {keepingOn} from './keeping.ts';
import {proveRotation} from './prove-rotation.ts';
import {changeFiles, lockNode, type RenewalPlan} from './renew.ts';
import type {LiveNode} from './component-health.ts';
import {restartAll, restartBack, type RestartOptions} from './restart-all.ts';
import {usualPatience} from './waiting.ts';
import type {Evidence, RotationOutcome} from '../pki/rotation.ts';
import type {RotationEvent} from './rotation-events.ts';

export interface RotationOptions extends RestartOptions {
  readonly marks: RunMarks;
  readonly now: () => Date;
  readonly sudoUser: string | undefined;
}

type Tell = (event: RotationEvent) => void;

/** Files of a node that are to be changed, and who has to be restarted after it. */
export interface NodeChange {
  /** The node's `/`, absolute. */
  readonly root: string;
  /** Who reads a changed file only when it starts. */
  readonly restarts: readonly Restart[];
  /** Changes all of them or none, under the lock that is held. */
  readonly changeFiles: (keeping: Keeping, now: Date, observe: NonNullable<Change['observe']>) => Backup;
  /** What is left to be done elsewhere, in sentences. */
  readonly remains: (found: NodeFound) => readonly string[];
}

/** The files of a renewal. */
export function renewing(plan: RenewalPlan): NodeChange {
  return {
    root: plan.root,
    restarts: plan.restarts,
    changeFiles: (keeping, now, observe) => changeFiles(plan, keeping, now, observe),
    remains: (found) => remainsAfter(plan, found),
  };
}

/**
 * Changes files, restarts components one after the other, and looks whether the new certificates are in
 * use. From the first change on nothing is thrown for what a component does: the outcome says how far it came. Only a
 * node that is this machine can be restarted and looked at.
 *
 * @throws Failure when the files could not be changed, and then nothing is, or when the backup could not be brought back;
 * Cancelled before that
 */
export function rotate(change: NodeChange, options: RotationOptions): AsyncGenerator<RotationEvent, void, void> {
  return eventsOf<RotationEvent, void>(
    (tell, signal) => carryThrough(change, {...options, signal}, tell),
    options.signal,
  );
}

async function carryThrough(change: NodeChange, options: RotationOptions, tell: Tell): Promise<void> {
  const {now, marks, signal} = options;
  if (signal.aborted) throw new Cancelled();
  const keeping = keepingOn(change.root);
  using lock = lockNode(keeping, marks);
  const {id: backup} = change.changeFiles(keeping, now(), (step, path) => tell({kind: 'change-step', step, path}));
  tell({kind: 'changed', backup});
  if (change.root !== '/') {
    tell({kind: 'finished', outcome: {state: 'done', backup, left: change.restarts, remains: []}});
    return;
  }
  const look = (): LiveNode => {
    const root = openRoot(change.root);
    return {root, keeping, now, found: lookAtNode(root, {isLive: true, homes: homesOf(root, options.sudoUser)})};
  };
  const {done, failed} = await restartAll(look(), options, tell);
  const isRolledBack = failed?.decision === 'roll-back';
  if (isRolledBack) {
    bringBack(keeping, backup, now());
    tell({kind: 'rolled-back', backup});
  }
  const again = isRolledBack ? await restartBack(look(), [...done, failed.restart], options, tell) : [];
  const evidence = signal.aborted ? [] : await prove(look(), options, tell);
  const restarted = new Set(done);
  const left = isRolledBack ? again : mergedLeft(change.restarts, options.restart, restarted);
  tell({
    kind: 'finished',
    outcome: {
      state: isRolledBack
        ? 'rolled-back'
        : left.length === 0 && evidence.every(({verdict}) => verdict !== 'failed') && !signal.aborted
          ? 'done'
          : 'partly',
      backup,
      left,
      remains: isRolledBack ? [] : change.remains(look().found),
    },
  });
}

/**
 * What was there, after a component did not come back with what is there now.
 *
 * @throws Failure with the way on: the files are as far as the change came, and the backup is where it was
 */
function bringBack(keeping: Keeping, backup: string, now: Date): void {
  try {
    explained(() => restore(keeping, backup, now), 'the files are the new ones');
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(error.code, `backup ${backup} could not be brought back: ${error.message}`, {
      nextSteps: [`once that is mended: certwright restore ${backup}`, ...error.nextSteps],
      cause: error,
    });
  }
}

async function prove(node: LiveNode, {signal}: RotationOptions, tell: Tell): Promise<readonly Evidence[]> {
  const evidence: Evidence[] = [];
  try {
    for await (const one of proveRotation(node, usualPatience, signal)) {
      evidence.push(one);
      tell({kind: 'judged', evidence: one});
    }
  } catch (error) {
    // It was stopped: what has been looked at stands.
    if (!(error instanceof Cancelled)) throw error;
  }
  return evidence;
}

/** What must be restarted and was not. */
function mergedLeft(
  needed: readonly Restart[],
  chosen: readonly Restart[],
  restarted: ReadonlySet<Restart>,
): RotationOutcome['left'] {
  const done = new Set([...restarted].map(({component}) => component));
  const all = [...needed, ...chosen.filter(({component}) => !needed.some((each) => each.component === component))];
  return all.filter(({component}) => !done.has(component));
}

/** What a renewal on one node leaves to be done elsewhere. */
function remainsAfter(
  {renewed, kubeadmNames}: RenewalPlan,
  {components}: Pick<NodeFound, 'components'>,
): readonly string[] {
  const etcd = components.find(({component}) => component === 'etcd');
  const own = etcd === undefined ? undefined : flagOf(etcd, '--name');
  const members = (etcd === undefined ? '' : (flagOf(etcd, '--initial-cluster') ?? ''))
    .split(',')
    .flatMap((member) => member.split('=')[0] ?? [])
    .filter((name) => name !== '' && name !== own);
  const admin = renewed.find(({item}) => item.name === 'admin.conf' || item.name === 'super-admin.conf');
  return [
    ...(kubeadmNames === undefined
      ? []
      : [
          `kubeadm's stored configuration may not know the API server's new names: kubectl -n kube-system edit configmap kubeadm-config, under apiServer.certSANs${wordsOf(kubeadmNames)}.`,
        ]),
    ...(members.length === 0
      ? []
      : [`${members.join(', ')}: each has certificates of its own; renew them there, one node after the other.`]),
    ...(admin === undefined
      ? []
      : [
          `Copies of ${admin.item.name} elsewhere (laptops, CI) still hold the old certificate, which ends ${admin.item.held.certificate.notAfter.toISOString().slice(0, 10)}: replace them before that day.`,
        ]),
  ];
}

function wordsOf({added, removed}: NonNullable<RenewalPlan['kubeadmNames']>): string {
  return [
    ...(added.length === 0 ? [] : [`, add ${added.join(', ')}`]),
    ...(removed.length === 0 ? [] : [`, take away ${removed.join(', ')}`]),
  ].join('');
}

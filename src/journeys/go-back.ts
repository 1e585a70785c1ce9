import {Failure} from '../base/failure.ts';
import {type Backup, damagedBackups, listBackups} from '../node/change/backup.ts';
import {recover, type Recovered, restore} from '../node/change/change.ts';
import {explained} from '../node/change/failure.ts';
import {type Keeping, keepingUnder, type OpenChange, openChange, readJournal} from '../node/change/journal.ts';
import {type RunMarks, withLock} from '../node/change/lock.ts';
import {homesOf} from '../node/homes.ts';
import {lookAtNode} from '../node/inventory.ts';
import {certificateFolders} from '../node/kubelet-places.ts';
import {openRoot} from '../node/root.ts';
import {pickUpOf} from '../pki/restarts.ts';
import type {Restart} from '../pki/rotation.ts';
import type {Change} from '../node/change/stage.ts';
import {keepingOn} from './keeping.ts';
import type {NodeChange} from './rotate.ts';
import {restartsOf} from './restart-order.ts';

/** Backups of a node, newest first. */
export function backupsOf(root: string): readonly Backup[] {
  return listBackups(keepingUnder(root));
}

/** Ids of backups that are there and whose list cannot be read. */
export function damagedBackupsOf(root: string): readonly string[] {
  return damagedBackups(keepingUnder(root));
}

/** A change that is under way, or was cut off; undefined = none, or it may not be looked at. Reads only. */
export function interruptedOn(root: string): OpenChange | undefined {
  return openChange(openRoot(root));
}

/**
 * Brings a backup back; what is there now is backed up first. What an interrupted run has left is finished or undone
 * before, but for a change that cannot be finished and whose own backup this is.
 *
 * @param onRecovered told of such a run
 * @returns the backup of what was there
 * @throws Failure `no-such-backup`, `backup-damaged`, `locked`
 */
export function goBackTo(
  root: string,
  id: string,
  marks: RunMarks,
  now: Date,
  onRecovered?: (recovered: Recovered) => void,
): Backup {
  const keeping = keepingOn(root);
  return explained(() => withLock(keeping, marks, () => bringBack(keeping, id, now, onRecovered)));
}

function bringBack(
  keeping: Keeping,
  id: string,
  now: Date,
  onRecovered?: (recovered: Recovered) => void,
  observe?: Change['observe'],
): Backup {
  const recovered = recoverBefore(keeping, id);
  if (recovered !== undefined) onRecovered?.(recovered);
  return restore(keeping, id, now, observe);
}

/**
 * The same as a change that restarts may follow.
 *
 * @param restarts who has to be restarted after it
 */
export function goingBack(
  root: string,
  id: string,
  restarts: readonly Restart[],
  onRecovered: (recovered: Recovered) => void,
): NodeChange {
  return {
    root,
    restarts,
    changeFiles: (keeping, now, observe) => explained(() => bringBack(keeping, id, now, onRecovered, observe)),
    remains: () => [],
  };
}

function recoverBefore(keeping: Keeping, id: string): Recovered | undefined {
  try {
    return recover(keeping);
  } catch (error) {
    const isGivenUp = error instanceof Failure && error.code === 'swap-differs' && readJournal(keeping)?.id === id;
    if (isGivenUp) return undefined;
    throw error;
  }
}

/**
 * Finishes or undoes what an interrupted run has left; undefined = nothing was left.
 *
 * @throws Failure `locked`, `journal-unreadable`
 */
export function finishInterrupted(root: string, marks: RunMarks): Recovered | undefined {
  const keeping = keepingOn(root);
  return explained(() => withLock(keeping, marks, () => recover(keeping)));
}

/**
 * Who has read these files when it started, and does so only then: it goes on with what was there before. `all`: every
 * component of the node.
 *
 * @param paths absolute on the node, links followed
 */
export function restartsAfter(
  root: string,
  paths: readonly string[],
  sudoUser: string | undefined,
): {readonly needed: readonly Restart[]; readonly all: readonly Restart[]} {
  const node = openRoot(root);
  const {holdings, components} = lookAtNode(node, {isLive: root === '/', homes: homesOf(node, sudoUser)});
  const changed = new Set(paths);
  const readers = holdings
    .filter(({path, real}) => changed.has(real ?? path))
    .flatMap(({users}) =>
      users.filter(({component, flag, use}) => pickUpOf(component, flag, use, undefined) === 'after a restart'),
    )
    .map(({component}) => component);
  // What it renews itself it reads from there when it starts, and then never again.
  const folders = [
    '/var/lib/kubelet',
    ...certificateFolders(
      components,
      holdings.map(({path}) => path),
    ),
  ].map((folder) => node.real(folder) ?? folder);
  const isKubelets = paths.some((path) => folders.some((folder) => path.startsWith(`${folder}/`)));
  return {
    needed: restartsOf(new Set([...readers, ...(isKubelets ? ['kubelet' as const] : [])]), components),
    all: restartsOf(new Set(components.map(({component}) => component)), components),
  };
}

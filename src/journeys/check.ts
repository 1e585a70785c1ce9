import type {Diagnosis, ServedCertificate} from '../pki/inventory.ts';
import {diagnose} from '../node/diagnose.ts';
import {lookAtNode, type NodeFound} from '../node/inventory.ts';
import {doorsOf, type SilentDoor} from '../node/doors.ts';
import {homesOf} from '../node/homes.ts';
import {type NodeRoot, openRoot} from '../node/root.ts';
import {usualFolder} from '../node/kubelet-places.ts';
import {kubeconfigFolders, kubeletDefaults, wellKnownFolders} from '../node/well-known.ts';
import {Cancelled, Failure} from '../base/failure.ts';
import {inspectCertificate} from '../x509/inspect.ts';

/** Hours before its end from which a certificate counts as ending, where nobody says it: thirty days. */
export const soonHours = 720;

export interface CheckOptions {
  /** The node's `/` as it lies here; `/` is this machine, whose processes and ports are asked too. */
  readonly root: string;
  /** Hours before its end from which a certificate counts as ending. */
  readonly warnWithin: number;
  readonly now: Date;
  /** Who called sudo: that home's kubeconfig counts beside root's. */
  readonly sudoUser: string | undefined;
  /** This machine's own, the one that others dial first. */
  readonly addresses: readonly string[];
  readonly signal?: AbortSignal;
}

/**
 * What is on a node and what is wrong with it. Reads only.
 *
 * @throws Failure `nothing-found` where no sign of Kubernetes is; Cancelled
 */
export async function check(options: CheckOptions): Promise<Diagnosis> {
  return (await examineNode(options)).diagnosis;
}

/** What `check` says, with what it was found in. */
export async function examineNode({
  warnWithin,
  now,
  signal,
  ...place
}: CheckOptions): Promise<{readonly found: NodeFound; readonly diagnosis: Diagnosis}> {
  const found = findNode(place);
  const {served, silent} = place.root === '/' ? await askedDoors(found, signal) : {served: undefined, silent: []};
  return {found, diagnosis: diagnose(found, {now, warnWithin, served, silent})};
}

/**
 * The node's files and components alone: no port is asked.
 *
 * @throws Failure as `check`
 */
export function findNode({
  root,
  sudoUser,
  addresses,
}: Pick<CheckOptions, 'root' | 'sudoUser' | 'addresses'>): NodeFound {
  const isLive = root === '/';
  const node = openRoot(root);
  const found = lookAtNode(node, {isLive, homes: homesOf(node, sudoUser), addresses: isLive ? addresses : []});
  if (found.components.length === 0 && found.holdings.every(({found: file}) => !file.ok))
    throw nothingFound(found, node, root);
  return found;
}

function nothingFound({holdings}: NodeFound, {isFolder}: NodeRoot, root: string): Failure {
  if (!isFolder()) {
    return new Failure('no-such-folder', `${root} is no folder, or is not there`, {
      nextSteps: ['check the path behind --root'],
    });
  }
  const refused = holdings.map(({path}) => path);
  if (refused.length > 0) {
    return new Failure('not-permitted', `nothing of Kubernetes on ${root} may be read by this user`, {
      nextSteps: [`run it again with sudo; not to be read: ${refused.join(', ')}`],
    });
  }
  return new Failure('nothing-found', `no component, certificate or kubeconfig of Kubernetes is on ${root}`, {
    nextSteps: [
      root === '/'
        ? 'run it on a node, or give --root DIR, a copy of a node’s files'
        : 'give the folder that holds the node’s etc/ and var/',
      `looked at: units of systemd, ${kubeletDefaults.manifests}, ${[...kubeconfigFolders, ...wellKnownFolders, usualFolder].join(', ')}`,
    ],
  });
}

/** What the ports of this node's components show now, and those that show nothing. */
async function askedDoors(
  found: NodeFound,
  signal: AbortSignal | undefined,
): Promise<{readonly served: readonly ServedCertificate[]; readonly silent: readonly SilentDoor[]}> {
  // TLS alone takes as long to load as all the rest; the files of another machine need none of it.
  const {servedAt} = await import('../proof/served.ts');
  const answers = await Promise.all(
    doorsOf(found.components).map(async (door): Promise<ServedCertificate | SilentDoor> => {
      const {component, host, port} = door;
      try {
        const {chain} = await servedAt({host, port}, signal);
        const {fingerprint, serial, notAfter} = inspectCertificate(chain);
        return {component, host, port, fingerprint, serial, notAfter};
      } catch (error) {
        if (error instanceof Cancelled || !(error instanceof Failure)) throw error;
        return {...door, why: error.message};
      }
    }),
  );
  return {
    served: answers.flatMap((answer) => ('why' in answer ? [] : [answer])),
    silent: answers.flatMap((answer) => ('why' in answer ? [answer] : [])),
  };
}

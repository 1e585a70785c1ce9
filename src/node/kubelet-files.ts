import {basename, dirname} from 'node:path';
import {Failure} from '../base/failure.ts';
import {Secret} from '../base/secret.ts';
import {writeKubeconfig} from '../kubeconfig/write-kubeconfig.ts';
import type {FileWrite} from './change/stage.ts';
import type {NodeFound} from './inventory.ts';
import {doorIn, type FoundDoor, sharedDoor} from './kubelet-door.ts';
import {currentPem, type KubeletPlaces, pemName} from './kubelet-places.ts';
import type {NodeRoot} from './root.ts';
import {seenAt, seenLinkAt} from './seen.ts';

/** A file of a node, with a key or a way in: 0600. Absolute on the node. */
export type KubeletFile =
  | {readonly path: string; readonly text: Secret}
  /** A symbolic link. */
  | {readonly path: string; readonly link: string};

/**
 * A pair, and the link that leads to it, as the kubelet itself puts them: a file of its own for every pair, so that
 * what was there before stays beside it, and a link that names the whole path.
 */
export function pemFiles(places: Pick<KubeletPlaces, 'folder'>, pem: string, now: Date): readonly KubeletFile[] {
  const path = `${places.folder}/${pemName(now)}`;
  return [
    {path, text: new Secret(pem)},
    {path: currentPem(places), link: path},
  ];
}

/** It names the pair by the link, so that it stays right when the kubelet renews. */
export function kubeconfigFor(places: KubeletPlaces, door: FoundDoor, user: string): Secret {
  const {clusterName, server, certificateAuthority, tlsServerName} = door;
  const pem = currentPem(places);
  return new Secret(
    writeKubeconfig({
      clusterName,
      server,
      certificateAuthority,
      tlsServerName,
      user,
      contextName: `${user}@${clusterName}`,
      credential: {kind: 'files', certificate: pem, key: pem},
    }),
  );
}

/**
 * Where this node's kubelet reaches the API server when its kubeconfig has to be written anew, because it is not there or
 * does not name the link: as it has it now, else as administrators do.
 *
 * @returns undefined = it is right as it is
 * @throws Failure `no-kubeconfig`
 */
export function doorToWrite(found: NodeFound, places: KubeletPlaces): FoundDoor | undefined {
  const config = found.holdings.find(({path}) => path === places.kubeconfig)?.kubeconfig;
  if (config?.names.includes(currentPem(places)) === true) return undefined;
  const door = doorIn(found, places.kubeconfig) ?? sharedDoor(found);
  if (door !== undefined) return door;
  throw noDoor(places.kubeconfig);
}

export function noDoor(wanted: string): Failure {
  return new Failure(
    'no-kubeconfig',
    `no admin.conf of this node says where the API server is, so ${wanted} cannot be written`,
    {nextSteps: ['put the admin.conf of another control-plane node there, then run it again']},
  );
}

/**
 * As files of this node. Only folders' links are followed for what is a link itself.
 *
 * @throws Failure `no-such-folder`
 */
export function writesOf(root: NodeRoot, files: readonly KubeletFile[]): readonly FileWrite[] {
  return files.map((file): FileWrite => {
    const folder = root.real(dirname(file.path));
    if (folder === undefined) {
      throw new Failure('no-such-folder', `${dirname(file.path)} is not there`, {
        nextSteps: [`make it first: mkdir -p ${dirname(file.path)}`],
      });
    }
    const access = {mode: 0o600, owner: 0, group: 0};
    const path = `${folder === '/' ? '' : folder}/${basename(file.path)}`;
    if ('link' in file) {
      return {path, bytes: undefined, link: file.link, access, replaces: seenLinkAt(root, path)};
    }
    const bytes = Buffer.from(file.text.reveal());
    return {path: root.real(file.path) ?? path, bytes, access, replaces: seenAt(root, file.path)};
  });
}

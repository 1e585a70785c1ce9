import {basename, dirname} from 'node:path';
import {Failure} from '../base/failure.ts';
import {Secret} from '../base/secret.ts';
import {writeKubeconfig} from '../kubeconfig/write-kubeconfig.ts';
import {issuerFrom, makeCertificate} from '../x509/certificate.ts';
import {type InspectedCertificate, inspectCertificate} from '../x509/inspect.ts';
import {generateKeys, openPrivateKey} from '../x509/keys.ts';
import {encodeName} from '../x509/names.ts';
import type {FileWrite} from './change/stage.ts';
import type {NodeFound} from './inventory.ts';
import {clientAuthority, doorIn, type FoundAuthority, type FoundDoor, sharedDoor} from './kubelet-door.ts';
import {currentPem, type KubeletPlaces, nodeUser, pemName} from './kubelet-places.ts';
import type {NodeRoot} from './root.ts';
import {seenAt, seenLinkAt} from './seen.ts';

/** A file of a node, with a key or a way in: 0600. Absolute on the node. */
export type KubeletFile =
  | {readonly path: string; readonly text: Secret}
  /** A symbolic link. */
  | {readonly path: string; readonly link: string};

/** What lets a kubelet in: its certificate, and everything that its node needs for it. */
export interface KubeletClient {
  readonly node: string;
  readonly certificate: InspectedCertificate;
  /** Path of the one that signed it. */
  readonly authority: string;
  /** In the order in which they are put there. */
  readonly files: readonly KubeletFile[];
}

export interface KubeletClientWish {
  /** As `kubectl get nodes` shows it. */
  readonly node: string;
  readonly places: KubeletPlaces;
  /** undefined = its kubeconfig stays as it is. */
  readonly door: FoundDoor | undefined;
  /** Hours; it ends with its authority at the latest. */
  readonly validity: number;
  readonly now: Date;
}

const hour = 3_600_000;

/**
 * Makes it in memory, with the cluster's authority on this node.
 *
 * @throws Failure `not-permitted`, `authority-key-missing`, `authority-expired`, and what keeps its key from being read
 */
export async function makeKubeletClient(
  root: NodeRoot,
  found: NodeFound,
  {node, places, door, validity, now}: KubeletClientWish,
): Promise<KubeletClient> {
  const {held, key: keyPath} = signingAuthority(found, [node]);
  const left = (held.certificate.notAfter.getTime() - now.getTime()) / hour;
  if (left <= 0) {
    throw new Failure('authority-expired', `${held.at.path} has ended itself: what it signs is refused everywhere`, {
      nextSteps: ['sign the authority anew with its key first'],
    });
  }
  const file = root.read(keyPath);
  if (!file.ok) {
    throw new Failure('cannot-read', `${keyPath} is ${file.why}`, {nextSteps: ['run it again with sudo']});
  }
  const signingKey = openPrivateKey(new Secret(file.bytes.toString('utf8')), undefined, keyPath);
  // As the kubelet makes its own.
  const key = await generateKeys('ECDSA-P256');
  const made = await makeCertificate(
    {
      subject: encodeName({commonName: nodeUser(node), organizations: ['system:nodes']}),
      publicKey: key.publicKey,
      isAuthority: false,
      usages: ['client auth'],
      sans: [],
      validity: Math.min(validity, left),
    },
    issuerFrom(held.certificate.pem, signingKey),
    now,
  );
  return {
    node,
    certificate: inspectCertificate(made.certificate),
    authority: held.at.path,
    files: [
      ...pemFiles(places, made.certificate + key.privateKey.reveal(), now),
      ...(door === undefined ? [] : [{path: places.kubeconfig, text: kubeconfigFor(places, door, nodeUser(node))}]),
    ],
  };
}

/**
 * The authority that is to sign for these nodes.
 *
 * @throws Failure `not-permitted`, `authority-key-missing`
 */
export function signingAuthority(found: NodeFound, nodes: readonly string[]): FoundAuthority {
  const authority = clientAuthority(found);
  if (authority !== undefined) return authority;
  const closed = found.holdings.find((holding) => !holding.found.ok && holding.found.why === 'not permitted');
  if (closed !== undefined) {
    throw new Failure('not-permitted', `${closed.path} may not be read by this user`, {
      nextSteps: ['run it again with sudo'],
    });
  }
  throw new Failure('authority-key-missing', "the cluster's CA does not lie on this node with its key", {
    nextSteps: [
      `on a control-plane node that has the key: certwright renew ${nodes.map((node) => `--kubelet ${node}`).join(' ')} --out DIR`,
      'where the key is kept elsewhere: with a new bootstrap token a kubelet asks for a certificate itself',
    ],
  });
}

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

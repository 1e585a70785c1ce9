import {Failure} from '../base/failure.ts';
import {Secret} from '../base/secret.ts';
import {issuerFrom, makeCertificate} from '../x509/certificate.ts';
import {type InspectedCertificate, inspectCertificate} from '../x509/inspect.ts';
import {generateKeys, openPrivateKey} from '../x509/keys.ts';
import {encodeName} from '../x509/names.ts';
import {refuseEarlyClock} from './clock-behind.ts';
import type {NodeFound} from './inventory.ts';
import {clientAuthority, type FoundAuthority, type FoundDoor} from './kubelet-door.ts';
import {type KubeletFile, kubeconfigFor, pemFiles} from './kubelet-files.ts';
import {type KubeletPlaces, nodeUser} from './kubelet-places.ts';
import type {NodeRoot} from './root.ts';

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
 * @throws Failure `not-permitted`, `authority-key-missing`, `authority-expired`, `clock-behind`, and what keeps its key from being read
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
  refuseEarlyClock(held, now);
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

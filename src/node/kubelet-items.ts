import {dirname} from 'node:path';
import type {Held} from './held.ts';
import type {NodeFound} from './inventory.ts';
import {clientAuthority} from './kubelet-door.ts';
import {doorToWrite, type KubeletFile, kubeconfigFor, pemFiles} from './kubelet-files.ts';
import {isCurrentPem, kubeletPlaces, nodeUser} from './kubelet-places.ts';
import type {Judgement, RenewalItem} from './renewal-items.ts';

/**
 * What the kubelet makes and renews itself is judged with that in mind; anything else stays as it was judged.
 */
export function asKubeletHasIt(found: NodeFound, held: Held, judgement: Judgement): Judgement {
  const {at, certificate} = held;
  if (isCurrentPem(at.path)) {
    if (judgement.kind !== 'blocked') return judgement;
    const node = certificate.subject.commonName.replace(nodeUser(''), '');
    const other = clientAuthority(found);
    if (other !== undefined) {
      return {...judgement, wayOn: `another, signed by ${other.held.at.path}: certwright renew kubelet-client`};
    }
    return {
      kind: 'blocked',
      why: 'the kubelet renews it itself, as long as it holds and the API server answers',
      wayOn: `once it has ended, on a control-plane node with the CA's key: certwright renew --kubelet ${node} --out DIR`,
    };
  }
  if (at.path.endsWith('/kubelet-server-current.pem')) {
    return {
      kind: 'blocked',
      why: 'the kubelet asks the cluster for another itself',
      wayOn: 'once it has ended: remove it, restart the kubelet, and approve its request: certwright approve',
    };
  }
  return isMadeByKubelet(found, held) ? {kind: 'remade', keyPath: keyPathOf(at.path)} : judgement;
}

/**
 * The serving certificate that a kubelet without another makes for itself at its start: an authority of its own, whose
 * key it throws away, signed it, and lies behind it in the file. It is good for a year and never made again while it is
 * there (pkg/kubelet, `InitializeTLS`). One that a setting names is not made again at all.
 */
function isMadeByKubelet({signers, components}: NodeFound, {at, certificate, holding}: Held): boolean {
  if (!at.path.endsWith('/kubelet.crt') || at.entry !== undefined) return false;
  if (holding.users.length > 0 || components.some(({settings}) => settings.get('serverTLSBootstrap') === 'true')) {
    return false;
  }
  const signer = signers.of(certificate);
  return signer === undefined
    ? certificate.isSelfIssued
    : holding.material.some(
        (each) => each.kind === 'certificate' && each.certificate.fingerprint === signer.fingerprint,
      );
}

function keyPathOf(path: string): string {
  return path.replace(/\.crt$/, '.key');
}

/** Whether the kubelet can still have renewed it itself: it does between 70 % and 90 % of its life (client-go). */
export function isLeftToKubelet({held, ...item}: RenewalItem, now: Date): boolean {
  if (item.kind !== 'renewable' || item.key.kind !== 'rotating') return false;
  const {notBefore, notAfter} = held.certificate;
  return now.getTime() < notBefore.getTime() + 0.9 * (notAfter.getTime() - notBefore.getTime());
}

/**
 * The files of a pair that takes the place of the one in use. A kubeconfig that embeds a certificate, and so would go on
 * showing that one at the next start, is written anew to name the link.
 *
 * The link is swung to a new file rather than the file replaced that it leads to: so it is what the kubelet does itself,
 * a link that is missing or is a plain file is mended by the same change, and going back is swinging it back.
 *
 * @throws Failure `no-kubeconfig`
 */
export function rotatedFiles(
  found: NodeFound,
  {at, certificate}: Held,
  pem: string,
  now: Date,
): readonly KubeletFile[] {
  const folder = dirname(at.path);
  const places = kubeletPlaces(found);
  const door = places?.folder === folder ? doorToWrite(found, places) : undefined;
  return [
    ...pemFiles({folder}, pem, now),
    ...(places === undefined || door === undefined
      ? []
      : [{path: places.kubeconfig, text: kubeconfigFor(places, door, certificate.subject.commonName)}]),
  ];
}

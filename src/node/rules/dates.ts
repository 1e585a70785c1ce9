import type {Problem} from '../../base/problem.ts';
import {isPutAside} from '../../pki/inventory.ts';
import {identify} from '../identify.ts';
import type {Held} from '../held.ts';
import {doubtful, type Examination, placeText, wrong} from './rule.ts';

/** Ended, about to end, not begun, or outliving the authority; one problem a certificate and place. */
export function* dates(examined: Examination): Iterable<Problem> {
  const {certificates, now, warnWithin, signers} = examined;
  for (const held of certificates) {
    const {at, certificate} = held;
    if (isPutAside(at)) continue;
    const {notBefore, notAfter} = certificate;
    const left = notAfter.getTime() - now.getTime();
    const signer = signers.of(certificate);
    if (left < 0) {
      yield wrong('expired', at, `${placeText(at)} ended on ${utc(notAfter)}: it is refused everywhere`, remedy(held));
    } else if (now < notBefore) {
      yield wrong(
        'not-yet-valid',
        at,
        `${placeText(at)} begins on ${utc(notBefore)}, which is still to come here`,
        'compare the clocks (`date -u`) of this machine and of the one that made it',
      );
    } else if (left < warnWithin * 3_600_000) {
      yield doubtful('expiring', at, `${placeText(at)} ends on ${utc(notAfter)}`, remedy(held));
    } else if (signer !== undefined && signer !== certificate && signer.notAfter < notAfter) {
      yield doubtful(
        'outlives-authority',
        at,
        `${placeText(at)} ends on ${utc(notAfter)}, after its authority, which ends on ${utc(signer.notAfter)}`,
        'renew the authority before that day',
      );
    }
  }
}

/** Ids that `kubeadm certs renew` takes; kubeconfigs are called by their file there. */
const renewable: Readonly<Record<string, string>> = {
  apiserver: 'apiserver',
  'apiserver-kubelet-client': 'apiserver-kubelet-client',
  'apiserver-etcd-client': 'apiserver-etcd-client',
  'front-proxy-client': 'front-proxy-client',
  'etcd-server': 'etcd-server',
  'etcd-peer': 'etcd-peer',
  'etcd-healthcheck-client': 'etcd-healthcheck-client',
  admin: 'admin.conf',
  'super-admin': 'super-admin.conf',
  'controller-manager': 'controller-manager.conf',
  scheduler: 'scheduler.conf',
};

function remedy(held: Held): string {
  const {at, certificate} = held;
  if (certificate.isAuthority) {
    return at.entry === undefined
      ? 'sign the authority anew with the same key: what it signed stays valid, and only this file is replaced'
      : 'put the authority that is in use now into the kubeconfig';
  }
  const id = identify(held);
  if (id === 'kubelet-client') return 'the kubelet renews it while it can still reach the API server; see its log';
  if (id === 'kubelet-serving') {
    return 'remove it with its key and restart the kubelet, which makes another, or approve its request';
  }
  const name = id === undefined ? undefined : renewable[id];
  if (name === undefined || !at.path.startsWith('/etc/kubernetes/')) return 'issue it anew with its authority';
  return `kubeadm certs renew ${name}, then restart what reads it`;
}

function utc(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

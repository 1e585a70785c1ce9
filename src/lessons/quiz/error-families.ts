import type {ErrorId} from '../errors.ts';

/**
 * What an error is about. Two errors that share a family may have one cause, so that neither is a wrong answer to a question
 * about the other. `hidden`: the text does not say its reason, which may be any that a certificate can have.
 */
export type Family =
  | 'ends'
  | 'begins'
  | 'authority'
  | 'names'
  | 'usage'
  | 'pair'
  | 'file'
  | 'front-proxy'
  | 'join'
  | 'nobody'
  | 'reach'
  | 'request'
  | 'rights'
  | 'token'
  | 'hidden';

export const errorFamilies: Readonly<Record<ErrorId, readonly Family[]>> = {
  'requestheader-overlap': ['front-proxy'],
  'signing-file-has-two': ['pair'],
  'signing-pair-mismatch': ['pair'],
  'root-ca-unreadable': ['file'],
  'parent-key-mismatch': ['pair'],
  'join-wrong-pin': ['join', 'authority'],
  'join-no-signature': ['join', 'token'],
  'bootstrap-kubeconfig-missing': ['file', 'ends', 'join'],
  'certificate-key-gone': ['join', 'token'],
  'certificate-key-wrong': ['join', 'pair'],
  'certificates-not-copied': ['file', 'join'],
  'external-authority': ['file', 'authority'],
  'leaf-of-other-authority': ['authority', 'pair'],
  'csr-other-node': ['request', 'names'],
  'csr-masters': ['request', 'rights'],
  'csr-no-names': ['request', 'names'],
  'csr-too-short': ['request'],
  'kubelet-not-signed-yet': ['request'],
  'token-flags-missing': ['token', 'file'],
  'ca-bundle-wrong': ['authority'],
  'etcd-peer-address': ['names'],
  'front-proxy-name': ['front-proxy', 'authority', 'names'],
  'service-account-key': ['token', 'pair'],
  'service-account-token-ended': ['token', 'ends', 'begins'],
  'bearer-token-unknown': ['token', 'ends'],
  'kubelet-client-expired': ['ends', 'file'],
  'loopback-expired': ['ends'],
  'no-names': ['names'],
  'no-address-names': ['names'],
  'name-mismatch': ['names'],
  'etcd-client-expired': ['ends'],
  'etcd-client-wrong-usage': ['usage'],
  'etcd-client-unknown-authority': ['authority'],
  'client-shows-nothing': ['nobody'],
  'caller-refused-etcd': ['hidden'],
  'caller-refused-apiserver': ['hidden'],
  'etcd-refused-caller': ['hidden'],
  'etcd-server-unknown-authority': ['authority'],
  'client-expired': ['ends'],
  'client-wrong-usage': ['usage'],
  'client-not-yet-valid': ['begins'],
  'client-unknown-authority': ['authority'],
  'not-yet-valid': ['begins'],
  'certificate-expired': ['ends'],
  'wrong-usage': ['usage'],
  'authority-namesake': ['authority'],
  'signer-is-no-authority': ['authority', 'usage'],
  'unknown-authority': ['authority'],
  'other-end-refused': ['hidden'],
  'pair-mid-change': ['pair', 'file'],
  'key-mismatch': ['pair'],
  'pem-broken': ['file'],
  'kubelet-not-configured': ['file', 'join'],
  'file-missing': ['file'],
  'file-not-permitted': ['file'],
  'forbidden-admin': ['rights'],
  'forbidden-kubelet-api': ['rights'],
  'forbidden-anonymous': ['rights', 'nobody'],
  'node-name-differs': ['rights', 'names'],
  'forbidden-node': ['rights'],
  'forbidden-token': ['rights'],
  forbidden: ['rights'],
  'handshake-noise': ['hidden', 'reach'],
  'plain-http': ['reach'],
  'kubelet-refuses-apiserver': ['hidden'],
  unauthorized: ['hidden'],
  'etcd-unreachable': ['hidden'],
  'no-kubeconfig': ['reach', 'nobody'],
  'connection-refused': ['hidden', 'reach'],
};

/** What no certificate's trouble looks like. */
const apart: readonly Family[] = ['rights', 'request', 'join'];

/** Whether both may be said of the same trouble. */
export function mayBeTheSame(one: ErrorId, other: ErrorId): boolean {
  const [these, those] = [errorFamilies[one], errorFamilies[other]];
  if (these.some((family) => those.includes(family))) return true;
  const covers = (hiding: readonly Family[], said: readonly Family[]): boolean =>
    hiding.includes('hidden') && said.some((family) => !apart.includes(family));
  return covers(these, those) || covers(those, these);
}

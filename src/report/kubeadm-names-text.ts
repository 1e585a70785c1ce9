/** Names of the API server's certificate that kubeadm's stored configuration may not know. */
export interface ChangedNames {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/**
 * What is left to do on a kubeadm cluster whose API server has got other names. The ConfigMap is edited in its place:
 * before 1.22 `kubeadm init phase upload-config` also notes down an address of this node, as it guesses it.
 */
export function kubeadmNameLines({added, removed}: ChangedNames): readonly string[] {
  return [
    "kubeadm's stored configuration may not know the new names. kubeadm certs renew",
    'and kubeadm upgrade keep them, but an API server certificate that kubeadm makes',
    'anew has what is stored: after init phase certs, and on a control-plane node',
    'that joins. It is stored under apiServer.certSANs in this ConfigMap:',
    '  kubectl --kubeconfig /etc/kubernetes/admin.conf \\',
    '    -n kube-system edit configmap kubeadm-config',
    ...(added.length === 0 ? [] : [`  add:        ${added.join(', ')}`]),
    ...(removed.length === 0 ? [] : [`  take away:  ${removed.join(', ')}`]),
  ];
}
